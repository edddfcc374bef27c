import { annotations, dockerLabels, stated } from "./labels.ts";
import { containersOf, podTemplates } from "./pod.ts";
import { at, given, list, text, texts, type Told, UNKNOWN } from "./read.ts";
import { none, type Resource, see, type View } from "./view.ts";

/** A port at which something answers from outside its networks. */
export interface Exposure {
  /** Who publishes it, with its name. */
  readonly title: string;
  /** What is published, in words. */
  readonly what: string;
  /** The published port, where one is stated. */
  readonly port: Told<string> | undefined;
  /** The address at which it listens, or which addresses those are in words. */
  readonly address: Told<string>;
  /** Why it is published, by the label or annotation `keelson.exposure`. */
  readonly reason: Told<string> | undefined;
}

const view: View<Exposure> = {
  "docker:index/container:Container": dockerPorts,
  "docker:index/network:Network": none,
  "docker:index/volume:Volume": none,
  "kubernetes:apps/v1:DaemonSet": hostPorts,
  "kubernetes:apps/v1:Deployment": hostPorts,
  "kubernetes:apps/v1:StatefulSet": hostPorts,
  "kubernetes:batch/v1:CronJob": hostPorts,
  "kubernetes:batch/v1:Job": hostPorts,
  "kubernetes:core/v1:ConfigMap": none,
  "kubernetes:core/v1:Namespace": none,
  "kubernetes:core/v1:PersistentVolumeClaim": none,
  "kubernetes:core/v1:Pod": hostPorts,
  "kubernetes:core/v1:Secret": none,
  "kubernetes:core/v1:Service": servicePorts,
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute": httpRoute,
  "kubernetes:keda.sh/v1alpha1:ScaledObject": none,
  "kubernetes:networking.k8s.io/v1:Ingress": ingress,
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": none,
  "kubernetes:postgresql.cnpg.io/v1:Cluster": none,
};

/** The ports that a resource publishes. */
export function exposures(resource: Resource): readonly Exposure[] {
  return see(view, resource);
}

/** Docker publishes on every address of the host unless told otherwise. */
function dockerPorts({ name, props }: Resource): readonly Exposure[] {
  const facts: Pick<Exposure, "title" | "reason"> = {
    title: `container "${name}"`,
    reason: stated(dockerLabels(props), "keelson.exposure"),
  };
  const published = list(at(props, "ports")).map((port): Exposure => ({
    ...facts,
    ...stating(text(at(port, "external"))),
    address: text(at(port, "ip")) || "0.0.0.0",
  }));
  const all: Exposure = { ...facts, ...stating(undefined), address: "0.0.0.0" };
  return at(props, "publishAllPorts") === true ? [...published, all] : published;
}

function hostPorts(resource: Resource): readonly Exposure[] {
  return podTemplates(resource).flatMap((pod) =>
    containersOf(pod).flatMap(({ container }) =>
      list(at(container, "ports"))
        .filter((port) => at(port, "hostPort") !== undefined)
        .map((port) => ({
          title: `container "${String(text(at(container, "name")))}"`,
          ...stating(text(at(port, "hostPort"))),
          address: text(at(port, "hostIP")) || "every address of the node",
          reason: stated(annotations(pod.template), "keelson.exposure"),
        })),
    ),
  );
}

/** A published port; any free one where none is stated. */
function stating(port: Told<string> | undefined): Pick<Exposure, "what" | "port"> {
  return { what: port === undefined ? "a free port" : `port ${String(port)}`, port };
}

/** What a type of service publishes; the other types are reached inside the cluster only. */
const PUBLISHED: Readonly<Record<string, string>> = {
  LoadBalancer: "the address of a load balancer",
  NodePort: "every address of every node",
};

function servicePorts({ name, props }: Resource): readonly Exposure[] {
  const type = text(at(props, "spec", "type")) ?? "ClusterIP";
  const address = type === UNKNOWN ? UNKNOWN : PUBLISHED[type];
  if (address === undefined) return [];
  return list(at(props, "spec", "ports")).map((port) => ({
    title: `service "${name}"`,
    ...stating(text(at(port, "port"))),
    address,
    reason: reasonOf(props),
  }));
}

/** A route is led to by the entry of its cluster, which is published for that; a route for no host name takes all that comes. */
const EVERY_HOST = { what: "a route", port: undefined, address: "every host name" } as const;

function ingress({ name, props }: Resource): readonly Exposure[] {
  const rules = list(at(props, "spec", "rules"));
  const hosts = rules.map((rule) => text(at(rule, "host")));
  const takesAll = given(at(props, "spec", "defaultBackend")) === true || hosts.some(isAny);
  return takesAll ? [{ ...EVERY_HOST, title: `ingress "${name}"`, reason: reasonOf(props) }] : [];
}

function httpRoute({ name, props }: Resource): readonly Exposure[] {
  const hosts = texts(at(props, "spec", "hostnames"));
  const takesAll = hosts.length === 0 || hosts.some(isAny);
  return takesAll ? [{ ...EVERY_HOST, title: `route "${name}"`, reason: reasonOf(props) }] : [];
}

function isAny(host: Told<string> | undefined): boolean {
  return host === undefined || host === "" || host === "*";
}

function reasonOf(props: unknown): Told<string> | undefined {
  return stated(annotations(props), "keelson.exposure");
}

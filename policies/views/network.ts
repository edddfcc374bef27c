import { annotations, dockerLabels, stated } from "./labels.ts";
import { at, list, text, type Told, UNKNOWN } from "./read.ts";
import { none, type Resource, see, type View } from "./view.ts";

/** A way by which containers are reached. */
export interface Network {
  /** What it is, with its name. */
  readonly title: string;
  /** By whom its members can be reached that have no business with them; `undefined` where by nobody. */
  readonly opening: Told<string> | undefined;
  /** Why it is open, by its label or annotation `keelson.exposure`. */
  readonly reason: Told<string> | undefined;
}

const view: View<Network> = {
  "docker:index/container:Container": none,
  "docker:index/network:Network": dockerNetwork,
  "docker:index/volume:Volume": none,
  "kubernetes:apps/v1:DaemonSet": none,
  "kubernetes:apps/v1:Deployment": none,
  "kubernetes:apps/v1:StatefulSet": none,
  "kubernetes:batch/v1:CronJob": none,
  "kubernetes:batch/v1:Job": none,
  "kubernetes:core/v1:ConfigMap": none,
  "kubernetes:core/v1:Namespace": none,
  "kubernetes:core/v1:PersistentVolumeClaim": none,
  "kubernetes:core/v1:Pod": none,
  "kubernetes:core/v1:Secret": none,
  "kubernetes:core/v1:Service": none,
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute": none,
  "kubernetes:keda.sh/v1alpha1:ScaledObject": none,
  "kubernetes:networking.k8s.io/v1:Ingress": none,
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": networkPolicy,
  "kubernetes:postgresql.cnpg.io/v1:Cluster": none,
};

/** The networks that a resource declares. */
export function networks(resource: Resource): readonly Network[] {
  return see(view, resource);
}

/**
 * An internal network has no way in or out; one without communication between its members
 * (`com.docker.network.bridge.enable_icc=false`) only leads each of them outwards.
 */
function dockerNetwork({ name, props }: Resource): readonly Network[] {
  const internal = at(props, "internal");
  const between = at(props, "options", "com.docker.network.bridge.enable_icc");
  const facts: Pick<Network, "title" | "reason"> = {
    title: `network "${name}"`,
    reason: stated(dockerLabels(props), "keelson.exposure"),
  };
  if (internal === true || between === "false") return [{ ...facts, opening: undefined }];
  if (internal === UNKNOWN || between === UNKNOWN) return [{ ...facts, opening: UNKNOWN }];
  return [{ ...facts, opening: "is not internal, and lets its members reach each other" }];
}

function networkPolicy({ name, props }: Resource): readonly Network[] {
  const reason = stated(annotations(props), "keelson.exposure");
  return list(at(props, "spec", "ingress")).map((rule, index) => ({
    title: `ingress rule ${index} of network policy "${name}"`,
    opening: opening(rule),
    reason,
  }));
}

/** A rule without peers, or with a peer that fits every address or every namespace, admits anybody. */
function opening(rule: unknown): Told<string> | undefined {
  const peers = list(at(rule, "from"));
  if (rule === UNKNOWN || peers.includes(UNKNOWN)) return UNKNOWN;
  if (peers.length === 0) return "admits every peer";
  if (peers.some((peer) => EVERY_ADDRESS.has(text(at(peer, "ipBlock", "cidr")))))
    return "admits every address";
  return peers.some(everyPod) ? "admits every pod of every namespace" : undefined;
}

const EVERY_ADDRESS = new Set<unknown>(["0.0.0.0/0", "::/0"]);

function everyPod(peer: unknown): boolean {
  const namespaces = at(peer, "namespaceSelector");
  return (
    at(peer, "podSelector") === undefined &&
    typeof namespaces === "object" &&
    Object.keys(namespaces ?? {}).length === 0
  );
}

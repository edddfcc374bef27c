import Docker from "dockerode";
import { kubectl } from "../../embedded/cluster/control-plane/kubectl.ts";
import { obtainControlPlanePrograms } from "../../embedded/cluster/control-plane/programs.ts";
import { buildEmbedded } from "../../embedded/images/build.ts";
import { embeddedReference } from "../../embedded/images/recipes.ts";
import { keelsonHome } from "../../embedded/parts/home.ts";
import { loadImages } from "./cluster.ts";

const workshop = { docker: new Docker(), report: console.log, signal: new AbortController().signal };
const image = embeddedReference("busybox");
const context = { home: keelsonHome(), environment: process.env, progress: () => undefined };

/** What the restricted Pod Security Standard asks of a container. */
const securityContext = {
  runAsNonRoot: true,
  runAsUser: 1000,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};

/** A pod of the real node that runs a shell script, as strict as the restricted standard wants it. */
export function scriptPod(name: string, script: string, container: object = {}, spec: object = {}) {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels: { app: name } },
    spec: {
      nodeSelector: { "kubernetes.io/hostname": "keelson" },
      terminationGracePeriodSeconds: 0,
      restartPolicy: "Never",
      ...spec,
      containers: [{ name: "main", image, command: ["sh", "-ec", script], securityContext, ...container }],
    },
  };
}

/** A service of the pods with a label `app`, at port 8080. */
export function serviceFor(name: string) {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ port: 8080 }] },
  };
}

/** A test's namespace of the cluster, under the restricted Pod Security Standard. */
export class NodeNamespace {
  readonly name: string;
  readonly #kubectl: (args: readonly string[], input?: string) => Promise<string>;

  private constructor(name: string, asAdministrator: NodeNamespace["run"]) {
    this.name = name;
    this.#kubectl = (args, input) => asAdministrator([`--namespace=${name}`, ...args], input);
  }

  /** Makes an empty one, and has the image that its pods run on the node. */
  static async open(name: string): Promise<NodeNamespace> {
    await buildEmbedded(["busybox"], keelsonHome(), workshop);
    await loadImages([image]);
    const programs = await obtainControlPlanePrograms(context);
    const namespace = new NodeNamespace(name, (args, input) => kubectl(context, programs, args, input));
    await namespace.close();
    await namespace.run(["create", "namespace", name]);
    await namespace.run(["label", "namespace", name, "pod-security.kubernetes.io/enforce=restricted"]);
    return namespace;
  }

  async close(): Promise<void> {
    await this.run(["delete", "namespace", this.name, "--ignore-not-found"]);
  }

  /** Runs kubectl, and answers what it writes. */
  async run(args: readonly string[], input?: string): Promise<string> {
    return this.#kubectl(args, input);
  }

  async apply(...items: readonly object[]): Promise<void> {
    const list = { apiVersion: "v1", kind: "List", items };
    await this.run(["apply", "--server-side", "--filename=-"], JSON.stringify(list));
  }

  /** What a JSONPath finds in an object. */
  async read(object: string, path: string): Promise<string> {
    return this.run(["get", object, `--output=jsonpath={${path}}`]);
  }

  /** Waits for something that `kubectl wait --for` knows. */
  async waitFor(object: string, condition: string): Promise<void> {
    await this.run(["wait", object, `--for=${condition}`, "--timeout=60s"]);
  }

  /** Starts a pod, waits until it ended well, and answers its log. */
  async logOf(...pod: Parameters<typeof scriptPod>): Promise<string> {
    const [name] = pod;
    await this.apply(scriptPod(...pod));
    await this.waitFor(`pod/${name}`, "jsonpath={.status.phase}=Succeeded");
    return this.run(["logs", name]);
  }

  /** Starts pods that answer their own name at port 8080, and a service that leads to them. */
  async serve(name: string, copies: number): Promise<void> {
    const { metadata, spec } = scriptPod(
      name,
      "hostname > /www/index.html; exec httpd -f -p 8080 -h /www",
      {
        volumeMounts: [{ name: "www", mountPath: "/www" }],
        readinessProbe: { httpGet: { path: "/", port: 8080 }, periodSeconds: 1 },
      },
      { restartPolicy: "Always", volumes: [{ name: "www", emptyDir: {} }] },
    );
    const deployment = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name },
      spec: {
        replicas: copies,
        selector: { matchLabels: metadata.labels },
        template: { metadata: { labels: metadata.labels }, spec },
      },
    };
    await this.apply(deployment, serviceFor(name));
    await this.run(["rollout", "status", `deployment/${name}`, "--timeout=60s"]);
  }
}

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { KubeConfig, type Cluster } from "@kubernetes/client-node";

/** Which cluster is meant, by a kubeconfig and what overrides it. */
export interface KubeconfigChoice {
  /** Content or path; the user's own if left out. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly cluster: string | undefined;
}

/** Where Kubernetes puts the credentials of a pod that runs in a cluster. */
const serviceAccountToken = "/var/run/secrets/kubernetes.io/serviceaccount/token";

/** @throws Error when there is no such kubeconfig, context or cluster. Errors do not show the content, which holds credentials */
export function loadKubeconfig(choice: KubeconfigChoice): KubeConfig {
  const config = new KubeConfig();
  if (choice.kubeconfig === undefined) loadOwn(config);
  else loadGiven(config, choice.kubeconfig);
  override(config, choice);
  // The client library refuses plain HTTP unless it is told not to look for certificates; there are none.
  config.clusters = config.clusters.map((cluster) =>
    cluster.server.startsWith("http:") ? { ...cluster, skipTLSVerify: true } : cluster,
  );
  return config;
}

/** The cluster that the choice leads to, if it leads to one. */
export function activeCluster(choice: KubeconfigChoice): Cluster | undefined {
  try {
    return loadKubeconfig(choice).getCurrentCluster() ?? undefined;
  } catch {
    return undefined;
  }
}

function loadOwn(config: KubeConfig): void {
  const own = [process.env.KUBECONFIG, path.join(homedir(), ".kube", "config"), serviceAccountToken];
  const isThere = own
    .flatMap((files) => files?.split(path.delimiter) ?? [])
    .some((file) => file !== "" && existsSync(file));
  if (!isThere)
    throw new Error(
      "no kubeconfig is given, and there is none at $KUBECONFIG or ~/.kube/config: give the provider its kubeconfig, or set `kubernetes:kubeconfig`",
    );
  config.loadFromDefault();
}

function loadGiven(config: KubeConfig, given: string): void {
  const file = given === "~" || given.startsWith("~/") ? path.join(homedir(), given.slice(1)) : given;
  try {
    if (existsSync(file)) config.loadFromFile(file);
    else config.loadFromString(given);
  } catch {
    throw new Error(
      "`kubernetes:config:kubeconfig` is neither the content of a kubeconfig (YAML or JSON) nor the path of one",
    );
  }
}

function override(config: KubeConfig, { context, cluster }: KubeconfigChoice): void {
  if (context !== undefined) config.setCurrentContext(context);
  const current = config.getContextObject(config.getCurrentContext());
  if (!current) {
    const known = config.contexts.map(({ name }) => `"${name}"`).join(", ") || "none";
    throw new Error(
      `the kubeconfig has no context "${config.getCurrentContext() ?? ""}": it has ${known}; choose one by the provider's \`context\``,
    );
  }
  if (cluster !== undefined)
    config.contexts = config.contexts.map((each) => (each === current ? { ...each, cluster } : each));
  if (!config.getCurrentCluster())
    throw new Error(`the kubeconfig has no cluster "${cluster ?? current.cluster}"`);
}

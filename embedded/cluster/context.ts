import * as path from "node:path";

/** What the parts of the cluster share. */
export interface ClusterContext {
  /** The folder of caches and state of all of keelson; the cluster's own is in it. */
  readonly home: string;
  /** The variables of the calling process: `PATH`, and those that tell Go where modules come from. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Is told, line by line, what takes long. */
  readonly progress: (line: string) => void;
}

/** Where everything of the cluster is on this machine; there is one cluster to a machine. */
export const addresses = {
  /** A bridge without a port: it exists to hold an address that no other program listens on. */
  bridge: "keelson0",
  /** The control plane's address, and the node's. */
  host: "10.90.0.1",
  hostRange: "10.90.0.1/24",
  apiServerPort: 6443,
  apiServer: "https://10.90.0.1:6443",
  /** The addresses of services; the first one is the API server's. */
  serviceRange: "10.96.0.0/16",
  firstService: "10.96.0.1",
  /** The service of the cluster's name server. */
  nameServer: "10.96.0.10",
  /** The addresses of pods on the real node. */
  podRange: "10.244.200.0/24",
  /** The addresses of pods on simulated nodes, which nobody answers at. */
  simulatedPodRange: "10.245.0.0/16",
  domain: "cluster.local",
} as const;

/** The files and folders of the cluster. */
export function paths({ home }: Pick<ClusterContext, "home">) {
  const folder = path.join(home, "cluster");
  return {
    /** State, logs and credentials; of what is in it, only `programs` is still there after the cluster was stopped. */
    folder,
    /** Built programs and what else came from Go modules, by version. */
    programs: path.join(folder, "bin"),
    /** Downloaded modules and compiled packages; removed once everything is built. */
    caches: path.join(folder, "build"),
    logs: path.join(folder, "logs"),
    /** Which process each daemon is. */
    processes: path.join(folder, "processes"),
    credentials: path.join(folder, "credentials"),
    /** The administrator's, for people and programs outside the cluster. */
    kubeconfig: path.join(folder, "kubeconfig"),
  };
}

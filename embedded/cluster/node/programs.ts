import { requiredVersion } from "../../go/module.ts";
import type { ClusterContext } from "../context.ts";
import { moduleOf } from "../control-plane/programs.ts";
import { type ClusterPrograms, obtainPrograms } from "../programs.ts";

type Containerd = "containerd" | "containerd-shim-runc-v2" | "ctr";

/** containerd, which runs the containers of pods, its shim and its own client. */
const containerd: ClusterPrograms<Containerd> = {
  name: "containerd",
  module: moduleOf("containerd"),
  programs: {
    containerd: "github.com/containerd/containerd/v2/cmd/containerd",
    "containerd-shim-runc-v2": "github.com/containerd/containerd/v2/cmd/containerd-shim-runc-v2",
    ctr: "github.com/containerd/containerd/v2/cmd/ctr",
  },
  tags: ["urfave_cli_no_docs", "netgo", "osusergo", "static_build"],
  variables: {
    "github.com/containerd/containerd/v2/version.Version": `v${requiredVersion(moduleOf("containerd"), "github.com/containerd/containerd/v2")}`,
  },
};

type NetworkPlugin = "bridge" | "host-local" | "loopback" | "portmap";

/** What containerd calls to give a pod its network. */
const networkPlugins: ClusterPrograms<NetworkPlugin> = {
  name: "cni",
  module: moduleOf("cni"),
  programs: {
    bridge: "github.com/containernetworking/plugins/plugins/main/bridge",
    "host-local": "github.com/containernetworking/plugins/plugins/ipam/host-local",
    loopback: "github.com/containernetworking/plugins/plugins/main/loopback",
    portmap: "github.com/containernetworking/plugins/plugins/meta/portmap",
  },
};

type Sandbox = "pause" | "volume";

/** The programs of the node's own image: the only process of a pod's sandbox, and what makes the folders of volumes. */
const sandbox: ClusterPrograms<Sandbox> = {
  name: "sandbox",
  module: moduleOf("sandbox"),
  programs: {
    pause: "keelson/embedded/cluster/sandbox/pause",
    volume: "keelson/embedded/cluster/sandbox/volume",
  },
};

const nameServer: ClusterPrograms<"coredns"> = {
  name: "coredns",
  module: moduleOf("coredns"),
  programs: { coredns: "keelson/embedded/cluster/coredns" },
};

const volumes: ClusterPrograms<"local-path-provisioner"> = {
  name: "local-path",
  module: moduleOf("local-path"),
  programs: { "local-path-provisioner": "github.com/rancher/local-path-provisioner" },
};

const ingress: ClusterPrograms<"traefik"> = {
  name: "traefik",
  module: moduleOf("traefik"),
  programs: { traefik: "github.com/traefik/traefik/v3/cmd/traefik" },
  variables: {
    "github.com/traefik/traefik/v3/pkg/version.Version": requiredVersion(
      moduleOf("traefik"),
      "github.com/traefik/traefik/v3",
    ),
  },
};

/** Paths of the node's programs. */
export type NodePrograms = Readonly<
  Record<Containerd | NetworkPlugin | Sandbox | "coredns" | "local-path-provisioner" | "traefik", string>
>;

/** Builds containerd and its client, unless they are there already. */
export async function obtainContainerd(context: ClusterContext): Promise<Record<Containerd, string>> {
  return obtainPrograms(context, containerd);
}

/**
 * Builds what a node needs beside Kubernetes' own programs, unless it is there already.
 *
 * @throws Error if there is no Go, or a build fails
 */
export async function obtainNodePrograms(context: ClusterContext): Promise<NodePrograms> {
  return {
    ...(await obtainContainerd(context)),
    ...(await obtainPrograms(context, networkPlugins)),
    ...(await obtainPrograms(context, sandbox)),
    ...(await obtainPrograms(context, nameServer)),
    ...(await obtainPrograms(context, volumes)),
    ...(await obtainPrograms(context, ingress)),
  };
}

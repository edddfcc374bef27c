import { fileURLToPath } from "node:url";
import { requiredVersion } from "../../go/module.ts";
import type { ClusterContext } from "../context.ts";
import { type ClusterPrograms, obtainPrograms } from "../programs.ts";

/** Where the go.mod of a part of the cluster is. */
export function moduleOf(name: string): string {
  return fileURLToPath(new URL(`../modules/${name}`, import.meta.url));
}

/** The version of Kubernetes, without a leading `v`. */
export function kubernetesVersion(): string {
  return requiredVersion(moduleOf("kubernetes"), "k8s.io/kubernetes");
}

type KubernetesProgram =
  | "kube-apiserver"
  | "kube-controller-manager"
  | "kube-proxy"
  | "kube-scheduler"
  | "kubectl"
  | "kubelet";

const kubernetes = (): ClusterPrograms<KubernetesProgram> => ({
  name: "kubernetes",
  module: moduleOf("kubernetes"),
  programs: {
    "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
    "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
    "kube-proxy": "k8s.io/kubernetes/cmd/kube-proxy",
    "kube-scheduler": "k8s.io/kubernetes/cmd/kube-scheduler",
    kubectl: "k8s.io/kubernetes/cmd/kubectl",
    kubelet: "k8s.io/kubernetes/cmd/kubelet",
  },
  variables: versionVariables(kubernetesVersion()),
});

const etcd: ClusterPrograms<"etcd"> = {
  name: "etcd",
  module: moduleOf("etcd"),
  programs: { etcd: "go.etcd.io/etcd/server/v3" },
};

const kwok: ClusterPrograms<"kwok"> = {
  name: "kwok",
  module: moduleOf("kwok"),
  programs: { kwok: "sigs.k8s.io/kwok/cmd/kwok" },
};

/** Paths of the programs of the control plane, and of Kubernetes' programs of a node. */
export type ControlPlanePrograms = Readonly<Record<KubernetesProgram | "etcd" | "kwok", string>>;

/**
 * Builds Kubernetes, etcd and kwok, unless they are there already.
 *
 * @throws Error if there is no Go, or a build fails
 */
export async function obtainControlPlanePrograms(context: ClusterContext): Promise<ControlPlanePrograms> {
  return {
    ...(await obtainPrograms(context, kubernetes())),
    ...(await obtainPrograms(context, etcd)),
    ...(await obtainPrograms(context, kwok)),
  };
}

/** Without them a program takes itself for version 0: it refuses other programs, and is refused. */
function versionVariables(version: string): Record<string, string> {
  const [major = "", minor = ""] = version.split(".");
  const values = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor };
  const packages = ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"];
  return Object.fromEntries(
    packages.flatMap((name) => Object.entries(values).map(([key, value]) => [`${name}.${key}`, value])),
  );
}

import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import * as path from "node:path";
import { execa } from "execa";
import type { ClusterContext } from "../context.ts";
import { searchPath } from "../machine.ts";
import { startDaemon, until } from "../process.ts";
import { configurationFile } from "./configuration.ts";
import { nodeFolders } from "./folders.ts";
import type { NodePrograms } from "./programs.ts";

const name = "containerd";

/** What containerd has to know. */
export interface ContainerdSettings {
  readonly folders: ReturnType<typeof nodeFolders>;
  readonly programs: Pick<NodePrograms, "containerd-shim-runc-v2" | "bridge">;
  readonly runc: string;
  /** The image of the process that holds a pod's namespaces. */
  readonly sandboxImage: string;
}

/**
 * Starts containerd beside any other of the machine, Docker's included: it shares nothing with them.
 *
 * @throws Error if runc is missing, or containerd does not answer in time
 */
export async function startContainerd(
  context: ClusterContext,
  programs: NodePrograms,
  sandboxImage: string,
): Promise<void> {
  const folders = nodeFolders(context);
  const runc = findRunc();
  await mkdir(folders.runtime, { recursive: true, mode: 0o711 });
  const content = containerdConfiguration({ folders, programs, runc, sandboxImage });
  const file = await configurationFile(context, "containerd.toml", content);
  await startDaemon(context, { name, program: programs.containerd, args: ["--config", file] });
  await until(context, {
    what: "containerd answers",
    daemon: name,
    seconds: 30,
    isMet: async () =>
      !(await execa(programs.ctr, [...client(context), "version"], { reject: false })).failed,
  });
}

/** The arguments with which `ctr` speaks with the node's containerd, about what belongs to Kubernetes. */
export function client(context: Pick<ClusterContext, "home">): string[] {
  return ["--address", nodeFolders(context).containerdSocket, "--namespace", "k8s.io"];
}

/** containerd's configuration, in TOML. Its basic strings are written as JSON's are. */
export function containerdConfiguration(settings: ContainerdSettings): string {
  const { folders, programs, runc, sandboxImage } = settings;
  const text = (value: string) => JSON.stringify(value);
  return `version = 3
root = ${text(folders.containers)}
state = ${text(folders.running)}
# They would write to /opt/containerd and /run/nri, which another containerd may use.
disabled_plugins = ["io.containerd.internal.v1.opt", "io.containerd.nri.v1.nri"]

[grpc]
  address = ${text(folders.containerdSocket)}

[plugins.'io.containerd.cri.v1.images']
  snapshotter = "overlayfs"
  [plugins.'io.containerd.cri.v1.images'.pinned_images]
    sandbox = ${text(sandboxImage)}

[plugins.'io.containerd.cri.v1.runtime']
  # kubelet asks for scores below the one that containerd itself has, which takes a privilege that it may lack: runc would fail.
  restrict_oom_score_adj = true
  disable_apparmor = true
  netns_mounts_under_state_dir = true
  [plugins.'io.containerd.cri.v1.runtime'.cni]
    bin_dirs = [${text(path.dirname(programs.bridge))}]
    conf_dir = ${text(folders.networkPlugins)}
  [plugins.'io.containerd.cri.v1.runtime'.containerd]
    default_runtime_name = "runc"
    [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      runtime_path = ${text(programs["containerd-shim-runc-v2"])}
      [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
        BinaryName = ${text(runc)}
        Root = ${text(folders.runc)}
        SystemdCgroup = false
`;
}

function findRunc(): string {
  const places = searchPath.split(path.delimiter).map((folder) => path.join(folder, "runc"));
  const runc = places.find((file) => existsSync(file));
  if (runc === undefined) {
    throw new Error(
      'runc is missing, with which containers are run: install it (on Debian or Ubuntu with "apt-get install runc"), and run this again',
    );
  }
  return runc;
}

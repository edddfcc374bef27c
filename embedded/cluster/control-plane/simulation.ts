import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { stringify } from "yaml";
import { addresses, type ClusterContext, paths } from "../context.ts";
import { certificateFiles, kubeconfig } from "../credentials.ts";
import { isRunning, startDaemon } from "../process.ts";
import type { Definitions } from "./definitions.ts";
import { apply, kubectl } from "./kubectl.ts";
import type { ControlPlanePrograms } from "./programs.ts";
import { simulatedSelector } from "./simulated-nodes.ts";

const name = "kwok";

/** A storage class of its own: what is simulated must not take the claims of real pods. */
const storageClass = {
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: { name: "simulated" },
  provisioner: "kwok.x-k8s.io/volume",
  reclaimPolicy: "Delete",
  volumeBindingMode: "Immediate",
};

/** Starts kwok, which plays the simulated nodes, their pods and their volumes. */
export async function startSimulation(
  context: ClusterContext,
  programs: ControlPlanePrograms,
  definitions: Definitions,
): Promise<void> {
  if (!(await isRunning(context, name))) await forgetLeases(context, programs);
  const file = await configurationFile(context, configuration(definitions.stages));
  const user = await kubeconfig(context, name, { user: "kwok", group: "system:masters" });
  const serving = await certificateFiles(context, "kwok-server", "cluster", {
    user: "kwok",
    hosts: [addresses.host],
  });
  await startDaemon(context, {
    name,
    program: programs.kwok,
    args: [
      `--kubeconfig=${user}`,
      `--config=${file}`,
      `--manage-nodes-with-label-selector=${simulatedSelector}`,
      `--node-ip=${addresses.host}`,
      "--node-port=10247",
      `--server-address=${addresses.host}:10247`,
      `--tls-cert-file=${serving.certificate}`,
      `--tls-private-key-file=${serving.key}`,
      `--cidr=${addresses.simulatedPodRange}`,
      "--node-lease-duration-seconds=40",
    ],
  });
  await apply(context, programs, stringify(storageClass));
}

/** Its name changes with its content, which kwok reads once: with another one it is started anew. */
async function configurationFile(context: ClusterContext, content: string): Promise<string> {
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const file = path.join(paths(context).folder, `kwok-${digest}.yaml`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

/** Storage classes of the clouds' clusters: no driver runs here that would make their volumes. */
const cloudStorageClasses = ["gp3", "pd-balanced", "managed-csi"];

/** kwok's own stages, for the storage class above and those of imagined clouds. */
export function configuration(stages: string): string {
  const names = [storageClass.metadata.name, ...cloudStorageClasses].map((each) => `'${each}'`);
  return stages.replaceAll("== 'kwok-volume'", `in [${names.join(", ")}]`);
}

/** A kwok that was killed holds the leases of its nodes for 40 s, in which the next one would do nothing. */
async function forgetLeases(context: ClusterContext, programs: ControlPlanePrograms): Promise<void> {
  const nodes = await kubectl(context, programs, [
    "get",
    "nodes",
    `--selector=${simulatedSelector}`,
    "--output=name",
  ]);
  const names = nodes
    .split("\n")
    .filter(Boolean)
    .map((node) => node.replace("node/", "lease/"));
  if (names.length === 0) return;
  await kubectl(context, programs, ["delete", "--namespace=kube-node-lease", "--ignore-not-found", ...names]);
}

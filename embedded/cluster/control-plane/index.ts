import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { type ClusterContext, paths } from "../context.ts";
import { stopDaemon, until } from "../process.ts";
import { startApiServer } from "./api-server.ts";
import { startControllerManager, startScheduler } from "./controllers.ts";
import type { Definitions } from "./definitions.ts";
import { startEtcd } from "./etcd.ts";
import { apply, kubectl } from "./kubectl.ts";
import type { ControlPlanePrograms } from "./programs.ts";
import { startSimulation } from "./simulation.ts";

/** In the order in which they are stopped: each before what it depends on. */
const daemons = ["kwok", "kube-scheduler", "kube-controller-manager", "kube-apiserver", "etcd"] as const;

/** Starts what of the control plane doesn't run yet, and waits until it works. */
export async function startControlPlane(
  context: ClusterContext,
  programs: ControlPlanePrograms,
  definitions: Definitions,
): Promise<void> {
  await startApiServer(context, programs, await startEtcd(context, programs));
  await Promise.all([
    startControllerManager(context, programs),
    startScheduler(context, programs),
    startSimulation(context, programs, definitions),
  ]);
  await until(context, {
    what: "the controllers work: no pod can be made without a service account",
    daemon: "kube-controller-manager",
    seconds: 60,
    isMet: async () => (await kubectl(context, programs, ["get", "serviceaccount", "default"])) !== "",
  });
}

/** Makes the custom resources known to the API server, unless it knows them already. */
export async function defineResources(
  context: ClusterContext,
  programs: ControlPlanePrograms,
  { customResources, digest }: Definitions,
): Promise<void> {
  const applied = path.join(paths(context).folder, "definitions.applied");
  if (existsSync(applied) && (await readFile(applied, "utf8")) === digest) return;
  await Promise.all(customResources.map((document) => apply(context, programs, document)));
  await until(context, {
    what: "the API server serves the custom resources",
    daemon: "kube-apiserver",
    seconds: 60,
    isMet: async () => {
      const established = '{.items[*].status.conditions[?(@.type=="Established")].status}';
      const all = await kubectl(context, programs, ["get", "crd", `--output=jsonpath={.items[*].kind}`]);
      const ready = await kubectl(context, programs, ["get", "crd", `--output=jsonpath=${established}`]);
      return ready.split(" ").filter((status) => status === "True").length === all.split(" ").length;
    },
  });
  await writeFile(applied, digest);
}

/** Ends what of the control plane runs. */
export async function stopControlPlane(context: ClusterContext): Promise<void> {
  for (const name of daemons) await stopDaemon(context, name);
}

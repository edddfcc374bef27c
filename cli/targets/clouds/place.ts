import { bad, type Check, good } from "../../checks.ts";
import type { Engine } from "../../engine.ts";
import { plannedResources, recordedResources } from "../../resources.ts";
import { dataOn } from "../kubernetes/claims.ts";
import { planFacts } from "../kubernetes/doctor/facts.ts";
import { judgePlan } from "../kubernetes/doctor/judge.ts";
import { pulledImages } from "../kubernetes/images.ts";
import { onCluster } from "../kubernetes/objects.ts";
import { runningOn } from "../kubernetes/running.ts";
import type { Data, Place } from "../target.ts";
import { programFolder } from "./program-folder.ts";
import { clusterOf } from "./connection.ts";

/** What the command line knows of a cloud. */
export interface Cloud {
  /** What its clusters are called. */
  readonly title: string;
  /** The cloud's program that gets credentials for a cluster. */
  readonly program: string;
  /** How that program is had. */
  readonly remedy: string;
}

/** A cluster that a stack makes for itself: it is asked once it is there. */
export function cloudPlace({ title, program, remedy }: Cloud): Place {
  return {
    version: "the stack's own cluster",
    environment: {},
    obtainImages: async (engine, report) => pulledImages.obtain(engine, report),
    async running(engine) {
      const cluster = await clusterOf(engine);
      return cluster ? runningOn(cluster.client, onCluster(await recordedResources(engine))) : [];
    },
    data: dataOf,
    check: async () => [],
    checkPlan: async (engine) => [checkProgram(engine), ...(await checkObjects(engine))],
  };

  function checkProgram({ environment }: Engine): Check {
    const folder = programFolder(program, environment["PATH"] ?? "");
    return folder === undefined
      ? bad(title, program, "is not on the PATH, and gets the credentials for the cluster", remedy)
      : good(title, program, `in ${folder}`);
  }
}

/** What a plan asks of a cluster, judged by the cluster itself where it is there already. */
async function checkObjects(engine: Engine): Promise<readonly Check[]> {
  const wanted = onCluster(await plannedResources(engine));
  const cluster = await clusterOf(engine);
  if (!cluster) return [good("stack", "program", `${wanted.objects.length} objects on a cluster of its own`)];
  const recorded = onCluster(await recordedResources(engine));
  return judgePlan(await planFacts(cluster.client, wanted, recorded), false);
}

/** The data of a stack goes with its cluster, if not before. */
async function dataOf(engine: Engine): Promise<Data> {
  const cluster = await clusterOf(engine);
  if (!cluster) return { expected: [], present: async () => [], remove: async () => undefined };
  const data = dataOn(cluster.client, onCluster(await recordedResources(engine)));
  const isThere = async () => (await clusterOf(engine)) !== undefined;
  return { ...data, present: async () => ((await isThere()) ? data.present() : []) };
}

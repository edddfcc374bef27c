import { gkeAllocatable } from "../../../../components/clusters/node-types/index.ts";
import type { ImaginedPool } from "../../cloud/nodes.ts";
import { text, texts } from "../../cloud/values.ts";
import { isValues, type Value, type Values } from "../../provider/value.ts";
import { nameIn } from "../links.ts";
import { regionOf } from "../locations.ts";
import type { Place } from "../place.ts";

/** What GKE calls a taint's effect, and what Kubernetes does. */
const effects: Readonly<Record<string, "NoSchedule" | "PreferNoSchedule" | "NoExecute">> = {
  NO_EXECUTE: "NoExecute",
  NO_SCHEDULE: "NoSchedule",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
};

/** The path of the cluster that a pool names, which is in the pool's own location. */
export function clusterOf(cluster: string, { project, location }: Place): string {
  return `projects/${project}/locations/${location}/clusters/${nameIn(cluster)}`;
}

/** The pool's nodes, of what is known of the pool. */
export function imaginedPool(outputs: Values, id: string): ImaginedPool {
  const config = valuesIn(outputs["nodeConfig"]);
  const machine = text(config["machineType"]);
  const zones = texts(outputs["nodeLocations"]);
  const allocatable = gkeAllocatable(machine);
  const pool = nameIn(id);
  return {
    cluster: nameIn(text(outputs["cluster"])),
    pool,
    count: mostNodes(outputs, zones.length),
    machine,
    allocatable: { ...allocatable, pods: Math.min(allocatable.pods, Number(outputs["maxPodsPerNode"])) },
    region: regionOf(text(outputs["location"])),
    zones,
    labels: { ...textsIn(config["labels"]), ...ownLabels(pool, machine, config) },
    taints: listIn(config["taints"]).map(({ key, value, effect }) => ({
      key: text(key),
      value: text(value),
      effect: effects[text(effect)] ?? "NoSchedule",
    })),
  };
}

/** Limits count the nodes of all zones together, or those of each zone. */
function mostNodes({ autoscaling, nodeCount, initialNodeCount }: Values, zones: number): number {
  const { totalMaxNodeCount, maxNodeCount } = valuesIn(autoscaling);
  if (typeof totalMaxNodeCount === "number" && totalMaxNodeCount > 0) return totalMaxNodeCount;
  return Number(maxNodeCount ?? nodeCount ?? initialNodeCount ?? 0) * zones;
}

/** https://cloud.google.com/kubernetes-engine/docs/how-to/creating-managing-labels#automatically-applied-labels */
function ownLabels(pool: string, machine: string, config: Values): Record<string, string> {
  const [accelerator] = listIn(config["guestAccelerators"]);
  return {
    "cloud.google.com/gke-nodepool": pool,
    "cloud.google.com/gke-os-distribution": text(config["imageType"]).startsWith("UBUNTU") ? "ubuntu" : "cos",
    "cloud.google.com/machine-family": machine.slice(0, machine.indexOf("-")),
    ...(config["spot"] === true ? { "cloud.google.com/gke-spot": "true" } : {}),
    ...(accelerator ? { "cloud.google.com/gke-accelerator": text(accelerator["type"]) } : {}),
  };
}

function valuesIn(value: Value | undefined): Values {
  return isValues(value) ? value : {};
}

function listIn(value: Value | undefined): readonly Values[] {
  return Array.isArray(value) ? value.filter(isValues) : [];
}

function textsIn(value: Value | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(valuesIn(value)).map(([name, each]) => [name, text(each)]));
}

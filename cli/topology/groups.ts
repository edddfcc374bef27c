import type { Ungrouped } from "./facts.ts";
import type { Group, ReferenceFacts, WorkloadKind } from "./topology.ts";

/** Kinds that say by themselves what a workload is there for. */
const BY_KIND: Readonly<Record<WorkloadKind, Group | undefined>> = {
  service: undefined,
  replicated: "store",
  job: "job",
  schedule: "job",
};

/** What each workload is there for, by its name: told by its facts alone, so that no program has to be known here. */
export function groupsOf(
  workloads: readonly Ungrouped[],
  references: readonly ReferenceFacts[],
): ReadonlyMap<string, Group> {
  const observing = observersAmong(workloads, references);
  return new Map(
    workloads.map(({ name, kind, ports, volumes }) => {
      const keepsDataForOthers = volumes.length > 0 && ports.length > 0;
      const group = observing.has(name) ? "observability" : BY_KIND[kind];
      return [name, group ?? (keepsDataForOthers ? "store" : "application")];
    }),
  );
}

/** Names of the workloads that are there to observe the others. */
function observersAmong(
  workloads: readonly Ungrouped[],
  references: readonly ReferenceFacts[],
): ReadonlySet<string> {
  // Whoever reads others' metrics, and whoever is sent their telemetry.
  const readers = references.filter(({ purpose }) => purpose === "metrics").map(({ from }) => from);
  const receivers = references
    .filter(({ purpose, outside }) => purpose === "telemetry" && !outside)
    .map(({ to }) => to);
  const known = new Set([...readers, ...receivers]);
  const uses = references.filter(({ purpose }) => purpose === "use");
  for (let size = -1; size !== known.size;) {
    size = known.size;
    const more = workloads.filter((workload) => observes(workload, uses, known));
    for (const { name } of more) known.add(name);
  }
  return known;
}

/** Whether a workload observes, given those of which that is known. */
function observes(
  { name, ports, metrics }: Ungrouped,
  uses: readonly ReferenceFacts[],
  known: ReadonlySet<string>,
): boolean {
  const used = uses.filter(({ from }) => from === name).map(({ to }) => to);
  const users = uses.filter(({ to }) => to === name).map(({ from }) => from);
  const onlyObservers = (names: readonly string[]) =>
    names.length > 0 && names.every((each) => known.has(each));
  // It shows what they know, or keeps it; or it does nothing but publish the metrics of one other server or of the machine.
  const isExporter = metrics && ports.length === 1 && users.length === 0 && used.length <= 1;
  return onlyObservers(used) || onlyObservers(users) || (isExporter && known.size > 0);
}

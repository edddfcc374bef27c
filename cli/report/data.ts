import type { Topology, WorkloadFacts } from "../topology/topology.ts";
import type { Listing } from "./rows.ts";
import { numberText } from "./text.ts";

type Row = ReturnType<Listing<Topology>["rows"]>[number];

/** Folders that outlive what uses them. */
export const volumes: Listing<Topology> = {
  kind: "volume",
  name: "Volume",
  columns: { GiB: "number", "used by": "text", at: "code" },
  rows: (topology) => [
    ...topology.workloads.flatMap(ownVolumes),
    ...topology.sharedFolders.map(({ name, sizeGiB }) => sharedVolume(topology, name, sizeGiB)),
    ...filledFolders(topology),
  ],
};

/** Secrets by the name that programs know them by, and who reads each; no value is known here. */
export const secrets: Listing<Topology> = {
  kind: "secret",
  name: "Secret",
  columns: { "read by": "list" },
  rows: ({ workloads }) => {
    const names = [...new Set(workloads.flatMap((workload) => workload.secrets))].toSorted();
    return names.map((name) => {
      const readers = workloads.filter((workload) => workload.secrets.includes(name));
      return { name, facts: { "read by": readers.map((reader) => reader.name) } };
    });
  },
};

/** Secrets that the target keeps for those who run the platform. */
export const keptSecrets: Listing<Topology> = {
  kind: "kept secret",
  name: "Kept secret",
  columns: { values: "list" },
  rows: ({ keptSecrets: kept }) =>
    Object.entries(kept).map(([name, values]) => ({ name, facts: { values } })),
};

function ownVolumes({ name, volumes: own, copies }: WorkloadFacts): readonly Row[] {
  return own.map((volume) => ({
    name: `${name}/${volume.name}`,
    facts: {
      GiB: [numberText(volume.sizeGiB)],
      "used by": [copies.max > 1 ? `${name}, each of ${copies.max} copies its own` : name],
      at: volume.path === undefined ? [] : [volume.path],
    },
  }));
}

function sharedVolume({ workloads }: Topology, name: string, sizeGiB: number): Row {
  const uses = workloads.flatMap(({ name: user, shared }) =>
    shared.filter((use) => use.name === name).map((use) => ({ user, ...use })),
  );
  return {
    name,
    facts: {
      GiB: [numberText(sizeGiB)],
      "used by": uses.map(({ user, writable }) => `${user}, which ${writable ? "writes" : "only reads"}`),
      at: uses.map(({ path }) => path),
    },
  };
}

function filledFolders({ workloads }: Topology): readonly Row[] {
  const names = [...new Set(workloads.flatMap((workload) => workload.filledFolders))];
  return names.map((name) => ({
    name,
    facts: {
      GiB: ["somebody else's"],
      "used by": workloads
        .filter((workload) => workload.filledFolders.includes(name))
        .map((workload) => `${workload.name}, which only reads`),
    },
  }));
}

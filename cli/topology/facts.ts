import { isHidden, type Port } from "../../components/model/reference.ts";
import type { JobWorkload, Workload } from "../../components/model/workload.ts";
import type { PortFacts, WorkloadFacts, WorkloadKind } from "./topology.ts";

/** The facts of a workload before it is known what all the others are. */
export type Ungrouped = Omit<WorkloadFacts, "group">;

/** What all kinds of workloads say of themselves. */
type Stated = Pick<Workload, "image" | "resources"> &
  Pick<JobWorkload, "env" | "files" | "volumes" | "shared" | "folders">;

/** The facts of one copy of a workload that publishes nothing and waits for nothing. */
export function workloadFacts(name: string, kind: WorkloadKind, stated: Stated): Ungrouped {
  const { image, resources, env = {}, files = {}, volumes = {}, shared = {}, folders = {} } = stated;
  const settings = Object.entries({ ...env, ...files });
  return {
    name,
    kind,
    image,
    copies: { min: 1, max: 1 },
    signals: [],
    resources,
    ports: [],
    volumes: Object.entries(volumes).map(([volume, { path, sizeGiB }]) => ({ name: volume, path, sizeGiB })),
    shared: Object.values(shared).map(({ volume, path, writable = false }) => ({
      name: volume.name,
      path,
      writable,
    })),
    filledFolders: Object.keys(folders),
    secrets: settings.filter(([, setting]) => isHidden(setting)).map(([key]) => key),
    metrics: false,
    after: [],
  };
}

/** The facts of a port. */
export function portFacts(name: string, { number, protocol = "tcp" }: Port): PortFacts {
  return { name, number, protocol };
}

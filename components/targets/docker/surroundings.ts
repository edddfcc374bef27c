import type * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Placement } from "../../model/target.ts";
import { type JobWorkload, type MachineView, permissionsOf } from "../../model/workload.ts";
import { makeFiles } from "./files.ts";
import { folderMounts, type Folders } from "./folders.ts";
import { type Host, labels } from "./host.ts";
import { kernelLabel } from "./kernel.ts";
import { machineLabel, machineMount } from "./machine.ts";
import type { Networks } from "./networks.ts";
import type { makeToolbox } from "./toolbox.ts";
import { makeVolumes, sharedMounts } from "./volumes.ts";

/** What containers of a host have in common. */
export interface Ground {
  readonly host: Host;
  readonly networks: Networks;
  readonly folders: Folders;
  /** Keeps names that are made of secrets from being guessed. */
  readonly salt: pulumi.Output<string>;
  readonly toolbox: ReturnType<typeof makeToolbox>;
}

/**
 * Makes what a container of a workload needs around it.
 *
 * @param more Labels that it has beside those of every container
 * @param machine How it sees the host, if it does
 */
export function surround(
  { host, networks, folders, salt, toolbox }: Ground,
  name: string,
  workload: JobWorkload,
  { parent, after = [] }: Placement,
  more: Readonly<Record<string, string>> = {},
  machine?: MachineView,
) {
  const grants = permissionsOf(workload);
  const files = makeFiles(name, workload, host, salt, parent);
  const volumes = makeVolumes(name, workload, host, parent);
  const mounts: docker.types.input.ContainerMount[] = [
    ...volumes.mounts,
    ...sharedMounts(workload, host),
    ...folderMounts(workload, folders),
    ...machineMount(machine),
    ...files.mounts,
    toolbox.mount,
  ];
  return {
    networks: networks.towards(grants),
    mounts,
    labels: labels(host.prefix, name, {
      ...more,
      ...kernelLabel(workload),
      ...machineLabel(machine),
      ...(workload.writableRoot && { "keelson.writable-root": workload.writableRoot }),
      // A mount that leads to another volume is no change to the provider; a label replaces the container.
      "keelson.volumes": pulumi.all(mounts.map(({ source }) => source)).apply((sources) => sources.join(" ")),
    }),
    ready: [
      toolbox.ready,
      ...files.ready,
      ...volumes.ready,
      ...Object.values(workload.shared ?? {}).flatMap(({ volume }) => volume.ready),
      ...grants.flatMap(({ endpoint }) => endpoint.ready),
      ...after.map(({ done }) => done),
    ],
  };
}

import type * as docker from "@pulumi/docker";
import type { MachineView } from "../../model/workload.ts";

/** Label of a container that sees the whole host: why. */
export const MACHINE_LABEL = "keelson.machine";

/**
 * How a container sees the host: read-only, and no more than its user may read. What is mounted there later is seen after its next
 * start, since mounts follow only where the host's root is a shared mount.
 */
export function machineMount(machine: MachineView | undefined): docker.types.input.ContainerMount[] {
  if (!machine) return [];
  const { path } = machine;
  return [
    { type: "bind", source: "/", target: path, readOnly: true, bindOptions: { propagation: "private" } },
  ];
}

/** What tells those who look at the container why it sees the host. */
export function machineLabel(machine: MachineView | undefined): Readonly<Record<string, string>> {
  return machine ? { [MACHINE_LABEL]: machine.reason } : {};
}

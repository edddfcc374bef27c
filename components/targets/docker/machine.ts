import type * as docker from "@pulumi/docker";
import type { MachineView } from "../../model/workload.ts";

/** Label of a container that sees the whole host: why. */
export const MACHINE_LABEL = "keelson.machine";

/**
 * How a container sees the host: read-only, and no more than its user may read. How mounts that come later follow is left to
 * Docker: it has them follow (`rslave`) where the host's root is a shared mount, and would refuse to start if told so elsewhere.
 */
export function machineMount(machine: MachineView | undefined): docker.types.input.ContainerMount[] {
  if (!machine) return [];
  return [{ type: "bind", source: "/", target: machine.path, readOnly: true }];
}

/** What tells those who look at the container why it sees the host. */
export function machineLabel(machine: MachineView | undefined): Readonly<Record<string, string>> {
  return machine ? { [MACHINE_LABEL]: machine.reason } : {};
}

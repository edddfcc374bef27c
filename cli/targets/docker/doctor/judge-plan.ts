import { bad, type Check, good } from "../../../checks.ts";
import type { DockerSettings } from "../settings.ts";
import type { EngineFacts, Plan } from "./facts.ts";
import { judgeGpus } from "./gpus.ts";
import { judgeImages } from "./images.ts";
import { judgeDisk } from "./judge-engine.ts";
import { judgeKernel } from "./kernel.ts";
import { judgeRoom } from "./room.ts";

/** Judges whether what a program wants can be had of a Docker engine. */
export function judgePlan(
  plan: Plan,
  { cpus, abilities }: Pick<EngineFacts, "cpus" | "abilities">,
  settings: DockerSettings,
): Check[] {
  const { containers, neighbours, kernel, images, space, hasNvidiaToolkit } = plan;
  return [
    good("stack", "program", `${containers.length} containers`),
    judgeRoom(containers, neighbours, settings),
    ...judgeCores(plan, cpus),
    ...judgeKernel(containers, kernel),
    ...(space ? judgeDisk(space, settings.machine) : []),
    ...judgeGpus(containers, abilities, hasNvidiaToolkit),
    ...judgePorts(plan),
    ...judgeData(plan),
    ...judgeImages(images),
  ];
}

function judgeCores({ containers }: Plan, cores: number): Check[] {
  const greedy = containers.filter(({ cpus }) => cpus > cores);
  return greedy.map(({ name, cpus }) =>
    bad(
      "stack",
      name,
      `may use ${cpus} cores, and Docker refuses more than the ${cores} there are`,
      "lower its cpuLimit",
    ),
  );
}

function judgePorts({ containers, takenPorts }: Plan): Check[] {
  if (takenPorts.length === 0) return [good("stack", "ports", portsOf(containers))];
  return takenPorts.map(({ address, port }) =>
    bad(
      "stack",
      `port ${port}`,
      `something else holds it on ${address}`,
      `stop that (ss -ltnp "sport = :${port}"), or take another port in the stack file`,
    ),
  );
}

function judgeData({ orphanedVolumes }: Plan): Check[] {
  if (orphanedVolumes.length === 0) return [];
  return [
    bad(
      "stack",
      "data",
      `on the host from a state that is not this one, which has the passwords of: ${orphanedVolumes.join(", ")}`,
      `work with that state again (KEELSON_HOME, PULUMI_BACKEND_URL), or delete the data for good: docker volume rm ${orphanedVolumes.join(" ")}`,
    ),
  ];
}

function portsOf(containers: Plan["containers"]): string {
  const ports = containers.flatMap((container) => container.ports.map(({ port }) => port));
  return ports.length === 0
    ? "none are published"
    : `free, or the stack's own: ${[...new Set(ports)].join(", ")}`;
}

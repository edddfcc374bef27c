import { ELITEDESK, type Machine } from "../../../components/model/capacity.ts";
import { atLeast } from "../../../embedded/plugins/docker/daemon/version.ts";
import { bad, type Check, doubtful, good } from "../../checks.ts";
import { judgeSpace } from "../../doctor/space.ts";
import type { EngineFacts, Plan } from "./facts.ts";
import type { DockerSettings } from "./settings.ts";

/** The oldest engine that the stacks were tried with. */
const OLDEST_DOCKER = "20.10";
/** A machine sold with 16 GB shows a little less: firmware and kernel keep a part. */
const TOLERANCE = 0.9;

/** Judges a Docker engine, and whether it has what the stack says that it has. */
export function judgeEngine(facts: EngineFacts, { machine = ELITEDESK }: DockerSettings): Check[] {
  return [
    judgeVersion(facts),
    ...judgeSize(facts, machine),
    ...(facts.space
      ? [judgeSpace("images and volumes", facts.space, "docker system df shows what Docker holds")]
      : []),
  ];
}

function judgeVersion({ version, apiVersion }: EngineFacts): Check {
  const detail = `${version}, API ${apiVersion}`;
  if (atLeast(version, OLDEST_DOCKER)) return good("Docker", "engine", detail);
  return bad(
    "Docker",
    "engine",
    `${detail}; needed is ${OLDEST_DOCKER} or newer`,
    "install a newer Docker Engine",
  );
}

/** What the host has, against what the stack says that it has: its capacity check trusts that. */
function judgeSize({ cpus, memoryGiB, space }: EngineFacts, machine: Machine): Check[] {
  const state = (what: string, amount: number) =>
    `state what it has in the stack file, under keelson:docker.machine: ${what}: ${amount}`;
  const compare = (name: string, has: number, said: number, unit: string, what: string) => {
    const detail = `${Math.round(has)} ${unit}; the stack reckons with ${said}`;
    return has >= said * TOLERANCE
      ? good("Docker", name, detail)
      : doubtful("Docker", name, detail, state(what, Math.round(has)));
  };
  return [
    compare("cores", cpus, machine.cpus, "cores", "cpus"),
    compare("memory", memoryGiB, machine.memoryGiB, "GiB", "memoryGiB"),
    ...(space ? [compare("disk", space.totalGiB, machine.storageGiB, "GiB", "storageGiB")] : []),
  ];
}

/** Judges whether what a program wants can be had of a Docker engine. */
export function judgePlan(
  { containers, takenPorts, missingImages, orphanedVolumes }: Plan,
  { cpus: cores }: Pick<EngineFacts, "cpus">,
): Check[] {
  const greedy = containers.filter(({ cpus }) => cpus > cores);
  return [
    good("stack", "program", `${containers.length} containers`),
    ...greedy.map(({ name, cpus }) =>
      bad(
        "stack",
        name,
        `may use ${cpus} cores, and Docker refuses more than the ${cores} there are`,
        "lower its cpuLimit",
      ),
    ),
    ...takenPorts.map(({ address, port }) =>
      bad(
        "stack",
        `port ${port}`,
        `something else holds it on ${address}`,
        `stop that (ss -ltnp "sport = :${port}"), or take another port in the stack file`,
      ),
    ),
    ...(takenPorts.length === 0 ? [good("stack", "ports", portsOf(containers))] : []),
    ...(orphanedVolumes.length === 0
      ? []
      : [
          bad(
            "stack",
            "data",
            `on the host from a state that is not this one, which has the passwords of: ${orphanedVolumes.join(", ")}`,
            `work with that state again (KEELSON_HOME, PULUMI_BACKEND_URL), or delete the data for good: docker volume rm ${orphanedVolumes.join(" ")}`,
          ),
        ]),
    missingImages.length === 0
      ? good("stack", "images", "all are there")
      : doubtful("stack", "images", `not there yet: ${missingImages.join(", ")}`, "keelson up gets them"),
  ];
}

function portsOf(containers: Plan["containers"]): string {
  const ports = containers.flatMap((container) => container.ports.map(({ port }) => port));
  return ports.length === 0
    ? "none are published"
    : `free, or the stack's own: ${[...new Set(ports)].join(", ")}`;
}

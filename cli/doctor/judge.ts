import { ELITEDESK, type Machine } from "../../components/model/capacity.ts";
import { atLeast } from "../../embedded/plugins/docker/daemon/version.ts";
import type { Check } from "../checks.ts";
import type { EngineFacts, Facts, Plan, Space } from "./facts.ts";

const OLDEST_NODE = "22.13";
/** The oldest engine that the stacks were tried with. */
const OLDEST_DOCKER = "20.10";
/** Room for the engine's build and the images, with some to spare. */
const NEEDED_GIB = 10;
/** A machine sold with 16 GB shows a little less: firmware and kernel keep a part. */
const TOLERANCE = 0.9;

/** Judges the facts: what is well, what may give trouble, and what has to be mended before the stack can come up. */
export function judge({ node, home, docker, parts, plan, settings }: Facts): Check[] {
  const { machine = ELITEDESK } = settings;
  return [
    judgeNode(node),
    docker.value
      ? judgeVersion(docker.value)
      : bad("Docker", "engine", docker.problem, "start it, or install it by: npm start"),
    ...(docker.value ? judgeSize(docker.value, machine) : []),
    judgeSpace("state and caches", home),
    ...(docker.value?.space ? [judgeSpace("images and volumes", docker.value.space)] : []),
    ...(parts.value
      ? parts.value.map(({ part, kind, version, why }) => good("Pulumi", part, `${version}, ${kind}: ${why}`))
      : [bad("Pulumi", "engine and plugins", parts.problem, "mend that, and run this again")]),
    ...(plan?.value ? judgePlan(plan.value, docker.value) : []),
    ...(plan?.problem === undefined
      ? []
      : [bad("stack", "program", "its preview fails", `mend this: ${plan.problem}`)]),
  ];
}

function judgeNode(version: string): Check {
  if (atLeast(version, OLDEST_NODE)) return good("machine", "Node", version);
  return bad("machine", "Node", `${version}; needed is ${OLDEST_NODE} or newer`, "install Node 24");
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

function judgeSpace(what: string, { freeGiB }: Space): Check {
  const detail = `${Math.floor(freeGiB)} GiB free for ${what}`;
  if (freeGiB >= NEEDED_GIB) return good("machine", "free space", detail);
  return bad(
    "machine",
    "free space",
    `${detail}; needed are ${NEEDED_GIB}`,
    "make room; docker system df shows what Docker holds",
  );
}

function judgePlan(
  { containers, takenPorts, missingImages, orphanedVolumes }: Plan,
  docker: EngineFacts | undefined,
): Check[] {
  const cores = docker?.cpus ?? Infinity;
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

const check =
  (outcome: Check["outcome"]) =>
  (kind: string, name: string, detail: string, remedy?: string): Check => ({
    kind,
    name,
    outcome,
    detail,
    ...(remedy !== undefined && { remedy }),
  });
const good = check("good");
const doubtful = check("doubtful");
const bad = check("bad");

import { ELITEDESK, type Machine } from "../../../../components/model/capacity.ts";
import { atLeast } from "../../../../embedded/plugins/docker/daemon/version.ts";
import { bad, type Check, doubtful, good } from "../../../checks.ts";
import { judgeSpace, type Space } from "../../../doctor/space.ts";
import type { DockerSettings } from "../settings.ts";
import { judgeAbilities } from "./abilities.ts";
import type { EngineFacts } from "./facts.ts";

/** The oldest engine that the stacks were tried with. */
const OLDEST_DOCKER = "20.10";
/** A machine sold with 16 GB shows a little less: firmware and kernel keep a part. */
const TOLERANCE = 0.9;

/** Judges a Docker engine, and whether it has what the stack says that it has. */
export function judgeEngine(facts: EngineFacts, { machine = ELITEDESK }: DockerSettings): Check[] {
  return [
    judgeVersion(facts),
    ...judgeAbilities(facts.abilities),
    judgeSize("cores", facts.cpus, machine.cpus, "cores", "cpus"),
    judgeSize("memory", facts.memoryGiB, machine.memoryGiB, "GiB", "memoryGiB"),
    ...(facts.space ? judgeDisk(facts.space, machine) : []),
  ];
}

/** Judges the file system that has Docker's images and volumes. */
export function judgeDisk(space: Space, machine: Pick<Machine, "storageGiB"> = ELITEDESK): Check[] {
  return [
    judgeSize("disk", space.totalGiB, machine.storageGiB, "GiB", "storageGiB"),
    judgeSpace("images and volumes", space, "docker system df shows what Docker holds"),
  ];
}

function judgeVersion({ version, abilities: { apiVersion, CgroupVersion } }: EngineFacts): Check {
  const detail = `${version}, API ${apiVersion}, control groups v${CgroupVersion}`;
  if (atLeast(version, OLDEST_DOCKER)) return good("Docker", "engine", detail);
  return bad(
    "Docker",
    "engine",
    `${detail}; needed is ${OLDEST_DOCKER} or newer`,
    "install a newer Docker Engine",
  );
}

/** What the host has, against what the stack says that it has: its capacity check trusts that. */
function judgeSize(name: string, has: number, said: number, unit: string, setting: keyof Machine): Check {
  const amount = Math.round(has);
  const detail = `${amount} ${unit}; the stack reckons with ${said}`;
  if (has >= said * TOLERANCE) return good("Docker", name, detail);
  const remedy = `state what it has in the stack file, under keelson:docker.machine: ${setting}: ${amount}`;
  return doubtful("Docker", name, detail, remedy);
}

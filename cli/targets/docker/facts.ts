import type Docker from "dockerode";
import { spaceOf, type Space } from "../../doctor/space.ts";
import type { Engine } from "../../engine.ts";
import { type PlannedContainer, planned, type PublishedPort, recorded } from "./plan.ts";
import { takenPorts } from "./ports.ts";
import type { DockerSettings } from "./settings.ts";
import { volumesOf } from "./volumes.ts";

/** What is known of the Docker engine of a stack. */
export interface EngineFacts {
  readonly version: string;
  /** Of the Engine API, as `1.41`. */
  readonly apiVersion: string;
  readonly cpus: number;
  readonly memoryGiB: number;
  /** Where images and volumes lie; known on this machine only. */
  readonly space: Space | undefined;
}

/** What the stack's program wants, and how that stands on its Docker host. */
export interface Plan {
  readonly containers: readonly PlannedContainer[];
  /** Ports that it publishes, and that something else holds. */
  readonly takenPorts: readonly PublishedPort[];
  /** Images that it uses and that are not there. */
  readonly missingImages: readonly string[];
  /** Its data volumes that are on the host, while the state knows nothing of them, nor of the passwords of their data. */
  readonly orphanedVolumes: readonly string[];
}

/**
 * Finds out what the program of a stack wants, and how that stands.
 *
 * @throws Mendable when the program fails
 */
export async function planFacts(docker: Docker, engine: Engine, settings: DockerSettings): Promise<Plan> {
  const { containers, prefixes, dataVolumes } = await planned(engine);
  const known = new Set((await recorded(engine)).dataVolumes);
  const present = new Set(await volumesOf(docker, prefixes));
  const tags = new Set((await docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []));
  const images = new Set(containers.map(({ image }) => image));
  return {
    containers,
    takenPorts: await takenPorts(docker, { containers, prefixes, isRemote: isRemote(settings) }),
    missingImages: [...images].filter((image) => !tags.has(image)),
    orphanedVolumes: dataVolumes.filter((volume) => present.has(volume) && !known.has(volume)),
  };
}

/** Asks a Docker engine what it has. */
export async function engineFacts(docker: Docker, settings: DockerSettings): Promise<EngineFacts> {
  const [version, info] = await Promise.all([docker.version(), docker.info()]);
  const { NCPU, MemTotal, DockerRootDir } = info as { NCPU: number; MemTotal: number; DockerRootDir: string };
  return {
    version: version.Version,
    apiVersion: version.ApiVersion,
    cpus: NCPU,
    memoryGiB: MemTotal / 1024 ** 3,
    // Docker Desktop's folder lies in a machine of its own.
    space: isRemote(settings) ? undefined : await spaceOf(DockerRootDir).catch(() => undefined),
  };
}

function isRemote({ host }: DockerSettings): boolean {
  return /^(ssh|tcp|https?):/.test(host ?? process.env["DOCKER_HOST"] ?? "");
}

import type Docker from "dockerode";
import { catalogue } from "../../../../components/images.ts";
import { type Neighbours, neighboursAmong } from "../../../../components/targets/docker/neighbours.ts";
import { STACK_LABEL } from "../../../../components/targets/docker/host.ts";
import { spaceOf, type Space } from "../../../doctor/space.ts";
import type { Engine } from "../../../engine.ts";
import { chooseImages } from "../../../images.ts";
import { type PlannedContainer, planned, type PublishedPort, recorded } from "../plan.ts";
import type { DockerSettings } from "../settings.ts";
import { volumesOf } from "../volumes.ts";
import { type Abilities, abilitiesIn } from "./abilities.ts";
import { hasNvidiaToolkit } from "./gpus.ts";
import type { UsedImages } from "./images.ts";
import { type Inside, isOwnKernel, lookInside, ownKernel } from "./inside.ts";
import { kernelNames, type KernelSettings } from "./kernel.ts";
import { takenPorts } from "./ports.ts";

/** What is known of the Docker engine of a stack. */
export interface EngineFacts {
  readonly version: string;
  readonly abilities: Abilities;
  readonly cpus: number;
  readonly memoryGiB: number;
  /** Where images and volumes lie; known on this machine only. */
  readonly space: Space | undefined;
  /** Whether it runs on this machine itself, and not elsewhere or in a virtual machine. */
  readonly isHere: boolean;
}

/** What the stack's program wants, and how that stands on its Docker host. */
export interface Plan {
  readonly containers: readonly PlannedContainer[];
  /** What other stacks are promised there. */
  readonly neighbours: Neighbours;
  /** What the host's kernel has of the settings that containers need. */
  readonly kernel: KernelSettings;
  /** Where images and volumes lie, where a container had to find that out. */
  readonly space?: Space;
  /** Whether NVIDIA's Container Toolkit was found on the host. */
  readonly hasNvidiaToolkit: boolean;
  /** Ports that it publishes, and that something else holds. */
  readonly takenPorts: readonly PublishedPort[];
  readonly images: UsedImages;
  /** Its data volumes that are on the host, while the state knows nothing of them, nor of the passwords of their data. */
  readonly orphanedVolumes: readonly string[];
}

/** Asks a Docker engine what it has. */
export async function engineFacts(docker: Docker, settings: DockerSettings): Promise<EngineFacts> {
  const [version, info] = await Promise.all([docker.version(), docker.info()]);
  const { NCPU, MemTotal, DockerRootDir, KernelVersion } = info as {
    NCPU: number;
    MemTotal: number;
    DockerRootDir: string;
    KernelVersion: string;
  };
  const isHere = !isRemote(settings) && isOwnKernel(KernelVersion);
  // Seen from a container that was given the engine's socket, the folder is not there.
  const space = isHere ? await spaceOf(DockerRootDir).catch(() => undefined) : undefined;
  return {
    version: version.Version,
    abilities: abilitiesIn(info, version.ApiVersion),
    cpus: NCPU,
    memoryGiB: MemTotal / 1024 ** 3,
    space,
    isHere: space !== undefined,
  };
}

/**
 * Finds out what the program of a stack wants, and how that stands.
 *
 * @throws Mendable when the program fails
 */
export async function planFacts(
  docker: Docker,
  engine: Engine,
  settings: DockerSettings,
  { isHere }: Pick<EngineFacts, "isHere">,
): Promise<Plan> {
  const { containers, prefixes, dataVolumes } = await planned(engine);
  const known = new Set((await recorded(engine)).dataVolumes);
  const present = new Set(await volumesOf(docker, prefixes));
  const tags = new Set((await docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []));
  const images = [...new Set(containers.map(({ image }) => image))];
  const names = kernelNames(containers);
  return {
    containers,
    neighbours: await neighboursOf(docker, prefixes),
    ...(isHere ? { kernel: await ownKernel(names) } : await fromInside(docker, tags, names)),
    hasNvidiaToolkit: isHere && hasNvidiaToolkit(),
    takenPorts: await takenPorts(docker, { containers, prefixes, isRemote: isRemote(settings) }),
    images: {
      present: images.filter((image) => tags.has(image)),
      missing: images.filter((image) => !tags.has(image)),
    },
    orphanedVolumes: dataVolumes.filter((volume) => present.has(volume) && !known.has(volume)),
  };
}

async function neighboursOf(docker: Docker, prefixes: readonly string[]): Promise<Neighbours> {
  const containers = await docker.listContainers({ all: true, filters: { label: [STACK_LABEL] } });
  const others = containers.filter(({ Labels }) => !prefixes.includes(Labels[STACK_LABEL] ?? ""));
  return neighboursAmong(others, "");
}

/** What a container on the host sees; nothing where its image is not there yet. */
async function fromInside(
  docker: Docker,
  tags: ReadonlySet<string>,
  names: readonly string[],
): Promise<Partial<Inside> & Pick<Inside, "kernel">> {
  const image = chooseImages(tags).mapping.busybox ?? catalogue.busybox;
  return tags.has(image) ? lookInside(docker, image, names) : { kernel: {} };
}

function isRemote({ host }: DockerSettings): boolean {
  return /^(ssh|tcp|https?):/.test(host ?? process.env["DOCKER_HOST"] ?? "");
}

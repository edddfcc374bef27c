import { mkdir, statfs } from "node:fs/promises";
import type Docker from "dockerode";
import { keelsonHome, obtainParts, type Parts, type UsedPart } from "../../embedded/parts/index.ts";
import { connectDocker } from "../docker.ts";
import { messageOf } from "../mendable.ts";
import { type PlannedContainer, planned, type PublishedPort, recorded } from "../plan.ts";
import { joinSession, type Report } from "../session.ts";
import type { Stack, StackSettings } from "../stack.ts";
import { volumesOf } from "../volumes.ts";
import { takenPorts } from "./ports.ts";

/** Something that was looked for: it was found, or this is why not. */
export type Found<Value> =
  | { readonly value: Value; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: string };

/** Space of a file system. */
export interface Space {
  readonly freeGiB: number;
  readonly totalGiB: number;
}

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

/** Facts that decide whether a stack can be brought up. */
export interface Facts {
  readonly settings: StackSettings;
  /** Version of Node, as `24.1.0`. */
  readonly node: string;
  /** Where state and caches lie. */
  readonly home: Space;
  readonly docker: Found<EngineFacts>;
  readonly parts: Found<readonly UsedPart[]>;
  /** Absent where what it takes to ask for it is missing. */
  readonly plan: Found<Plan> | undefined;
}

/** A stack, with as much of what it takes to bring it up as could be had. */
export interface Readied {
  readonly stack: Stack;
  readonly docker: Found<Docker>;
  readonly parts: Found<Parts>;
}

/** Gets what it takes to bring a stack up. What can't be had is noted. */
export async function ready(stack: Stack, report: Report): Promise<Readied> {
  return {
    stack,
    docker: await found(() => connectDocker(stack.settings.dockerHost)),
    parts: await found(() => obtainParts({ project: stack.project.folder, progress: report })),
  };
}

/** Gathers the facts. What can't be had is noted, and doesn't keep the rest from being gathered. */
export async function gatherFacts({ stack, docker, parts }: Readied): Promise<Facts> {
  const { settings } = stack;
  const both = docker.value && parts.value && { stack, docker: docker.value, parts: parts.value };
  return {
    settings,
    node: process.versions.node,
    home: await spaceOfHome(),
    docker: docker.value ? await found(() => engineFacts(docker.value, isRemote(settings))) : docker,
    parts: parts.value ? { value: parts.value.used } : parts,
    plan: both && (await found(() => planFacts(both))),
  };
}

async function planFacts(readied: { stack: Stack; docker: Docker; parts: Parts }): Promise<Plan> {
  const { docker, stack } = readied;
  const { engine } = await joinSession(readied);
  const { containers, prefixes, dataVolumes } = await planned(engine);
  const known = new Set((await recorded(engine)).dataVolumes);
  const present = new Set(await volumesOf(docker, prefixes));
  const tags = new Set((await docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []));
  const images = new Set(containers.map(({ image }) => image));
  return {
    containers,
    takenPorts: await takenPorts(docker, { containers, prefixes, isRemote: isRemote(stack.settings) }),
    missingImages: [...images].filter((image) => !tags.has(image)),
    orphanedVolumes: dataVolumes.filter((volume) => present.has(volume) && !known.has(volume)),
  };
}

async function engineFacts(docker: Docker, remote: boolean): Promise<EngineFacts> {
  const [version, info] = await Promise.all([docker.version(), docker.info()]);
  const { NCPU, MemTotal, DockerRootDir } = info as { NCPU: number; MemTotal: number; DockerRootDir: string };
  return {
    version: version.Version,
    apiVersion: version.ApiVersion,
    cpus: NCPU,
    memoryGiB: MemTotal / GIB,
    // Docker Desktop's folder lies in a machine of its own.
    space: remote ? undefined : await spaceOf(DockerRootDir).catch(() => undefined),
  };
}

const GIB = 1024 ** 3;

async function spaceOfHome(): Promise<Space> {
  const home = keelsonHome();
  await mkdir(home, { recursive: true });
  return spaceOf(home);
}

async function spaceOf(folder: string): Promise<Space> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeGiB: (bavail * bsize) / GIB, totalGiB: (blocks * bsize) / GIB };
}

function isRemote({ dockerHost }: StackSettings): boolean {
  return /^(ssh|tcp|https?):/.test(dockerHost ?? process.env["DOCKER_HOST"] ?? "");
}

async function found<Value>(look: () => Promise<Value>): Promise<Found<Value>> {
  try {
    return { value: await look() };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

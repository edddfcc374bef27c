import { z } from "zod";
import type { Engine } from "../../engine.ts";
import { nameOf, plannedResources, recordedResources, type Resource } from "../../resources.ts";
import { STACK_LABEL } from "./containers.ts";

/** A container that a stack will have, or has, as its program describes it. */
export interface PlannedContainer {
  readonly name: string;
  readonly image: string;
  readonly ports: readonly PublishedPort[];
  /** Cores that it may use at most; zero for no limit. */
  readonly cpus: number;
}

/** A port of the host that is led to a container. */
export interface PublishedPort {
  /** Address that it is open on, as `127.0.0.1`. */
  readonly address: string;
  readonly port: number;
}

/** What a stack has, or will have, on a Docker host. */
export interface OnDocker {
  readonly containers: readonly PlannedContainer[];
  /** Names of the volumes that outlive the stack, because there is data on them. */
  readonly dataVolumes: readonly string[];
  /** What begins the names of all of it; the value of the label {@link STACK_LABEL}. */
  readonly prefixes: readonly string[];
}

const labels = z
  .array(z.object({ label: z.string(), value: z.string() }))
  .catch([])
  .transform((list) => new Map(list.map(({ label, value }) => [label, value])));
const containerInputs = z.object({
  image: z.string().catch(""),
  cpus: z.coerce.number().catch(0),
  ports: z.array(z.object({ external: z.number().optional(), ip: z.string().default("0.0.0.0") })).catch([]),
});
const volumeInputs = z.object({ name: z.string().catch("") });

/**
 * What the program of a stack wants on the Docker host, by a preview.
 *
 * @throws Mendable when the program fails, as with mistakes in its settings
 */
export async function planned(engine: Engine): Promise<OnDocker> {
  return onDocker(await plannedResources(engine));
}

/** What the last update left on the Docker host. */
export async function recorded(engine: Engine): Promise<OnDocker> {
  return onDocker(await recordedResources(engine));
}

function onDocker(all: readonly Resource[]): OnDocker {
  const resources = all.filter(({ type }) => type.startsWith("docker:"));
  return {
    containers: resources.filter(({ type }) => type === "docker:index/container:Container").map(containerOf),
    dataVolumes: resources
      .filter(({ type, retainOnDelete }) => type === "docker:index/volume:Volume" && retainOnDelete)
      .map(({ inputs }) => volumeInputs.parse(inputs).name),
    prefixes: [
      ...new Set(resources.flatMap(({ inputs }) => labels.parse(inputs["labels"]).get(STACK_LABEL) ?? [])),
    ],
  };
}

function containerOf(resource: Resource): PlannedContainer {
  const { image, cpus, ports } = containerInputs.parse(resource.inputs);
  return {
    name: nameOf(resource),
    image,
    cpus,
    ports: ports.flatMap(({ external, ip }) =>
      external === undefined ? [] : { address: ip, port: external },
    ),
  };
}

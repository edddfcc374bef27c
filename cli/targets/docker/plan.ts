import { z } from "zod";
import type { Demand } from "../../../components/model/capacity.ts";
import type { KernelNeed } from "../../../components/model/workload.ts";
import { KERNEL_LABEL } from "../../../components/targets/docker/kernel.ts";
import { promiseOf } from "../../../components/targets/docker/promise.ts";
import type { Engine } from "../../engine.ts";
import { nameOf, plannedResources, recordedResources, type Resource } from "../../resources.ts";
import { STACK_LABEL } from "../../../components/targets/docker/host.ts";

/** A container that a stack will have, or has, as its program describes it. */
export interface PlannedContainer {
  readonly name: string;
  readonly image: string;
  readonly ports: readonly PublishedPort[];
  /** Cores that it may use at most; zero for no limit. */
  readonly cpus: number;
  /** Whether it is given graphics processors. */
  readonly gpus: boolean;
  /** What it is promised; nothing for what only helps others to start. */
  readonly promised: Demand | undefined;
  /** What it needs of the kernel, by the name of the setting. */
  readonly kernel: Readonly<Record<string, KernelNeed>>;
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
  gpus: z.string().catch(""),
  labels,
  ports: z.array(z.object({ external: z.number().optional(), ip: z.string().default("0.0.0.0") })).catch([]),
});
const kernelNeeds = z.record(
  z.string(),
  z.object({ atLeast: z.number(), atMost: z.number().exactOptional(), reason: z.string() }),
);
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
  const { image, cpus, gpus, ports, labels: said } = containerInputs.parse(resource.inputs);
  const kernel = said.get(KERNEL_LABEL);
  return {
    name: nameOf(resource),
    image,
    cpus,
    gpus: gpus !== "",
    promised: promiseOf(Object.fromEntries(said)),
    kernel: kernel === undefined ? {} : kernelNeeds.parse(JSON.parse(kernel)),
    ports: ports.flatMap(({ external, ip }) =>
      external === undefined ? [] : { address: ip, port: external },
    ),
  };
}

import { connectDocker } from "../../cli/targets/docker/connect.ts";
import type { ImageName } from "../../embedded/images/index.ts";
import { type ContainerMemory, memoryOf } from "../support/container-memory.ts";
import type { Report, Row } from "../support/row.ts";
import type { Stack } from "../support/stack.ts";

/** Name of the target in bench/programs/beside.ts. */
const STACK = "keelson-bench-beside";

/** What stands there for its own sake and not beside it: servers, an application, and where traces are kept. */
const SERVED = new Set(["postgres", "redis", "mongodb", "application", "jaeger"]);

/** Images that the program takes. */
export const IDLE_IMAGES = [
  "busybox",
  "caddy",
  "jaeger",
  "mongodb",
  "mongodb-exporter",
  "node-exporter",
  "otel-collector",
  "postgres",
  "postgres-exporter",
  "redis",
  "redis-exporter",
  "reference-app",
] as const satisfies readonly ImageName[];

/** Time after which programs have let go of what they took to start, in seconds. */
const SETTLING_SECONDS = 60;

const AIM_MEGABYTES = 150;

/** What proxy, schedule, exporters and collector hold while nobody asks for anything. */
export async function idleMemory(beside: Stack, report: Report): Promise<readonly Row[]> {
  report("bringing up what stands beside services");
  await beside.run("up", "--yes", "--skip-preview");
  report(`letting it settle for ${SETTLING_SECONDS} s`);
  const looks = { looks: 3, pauseSeconds: SETTLING_SECONDS / 3 };
  const held = await memoryOf(await connectDocker(undefined), STACK, looks);
  return idleRows(held.filter(({ service }) => !SERVED.has(service)));
}

/** A row for each container, the largest first, and their sum. */
export function idleRows(held: readonly ContainerMemory[]): readonly Row[] {
  const sum = held.reduce((total, { bytes }) => total + bytes, 0);
  return [
    ...held
      .toSorted((one, other) => other.bytes - one.bytes)
      .map(({ service, image, bytes }) => ({
        what: `idle memory of ${service}`,
        measured: megabytes(bytes),
        compared: image,
        aim: "",
      })),
    {
      what: "idle memory of all that is beside services",
      measured: megabytes(sum),
      compared: `${held.length} containers`,
      aim: `below ${AIM_MEGABYTES} MB`,
    },
  ];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

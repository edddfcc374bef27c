// npm run bench [-- MEASUREMENT …]: measures what the project promises of its speed, and prints a table.
import { once } from "node:events";
import { createServer } from "node:net";
import { imageNames } from "../cli/images.ts";
import { table } from "../cli/table.ts";
import type { ImageName } from "../embedded/images/index.ts";
import { IDLE_IMAGES, idleMemory } from "./measurements/idle-memory.ts";
import { importTime } from "./measurements/import-time.ts";
import { kubernetesUp } from "./measurements/kubernetes-up.ts";
import { noOpPreview } from "./measurements/no-op-preview.ts";
import { programSize } from "./measurements/program-size.ts";
import { startUp } from "./measurements/start-up.ts";
import type { Row } from "./support/row.ts";
import {
  closeWorkshop,
  makeStack,
  openWorkshop,
  type Stack,
  withImages,
  type Workshop,
} from "./support/stack.ts";

const report = (line: string) => console.error(`bench: ${line}`);

/** The measurements, by the names under which they can be asked for. */
const measurements: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  import: () => importTime(report),
  program: () => programSize("docker", report),
  "kubernetes-program": () => programSize("kubernetes", report),
  "kubernetes-up": () => kubernetesUp(report),
  platform: measurePlatform,
  "idle-memory": measureIdleMemory,
};

/** The platform comes up once, for both measurements that need it, and goes again. */
function measurePlatform(): Promise<readonly Row[]> {
  return measureOnDocker("platform", imageNames, async (platform, workshop) => [
    ...(await startUp(platform, report)),
    ...(await noOpPreview(platform, workshop, report)),
  ]);
}

function measureIdleMemory(): Promise<readonly Row[]> {
  return measureOnDocker("beside", IDLE_IMAGES, (beside) => idleMemory(beside, report));
}

/** Measures a stack of a program in bench/programs on this machine's Docker, and takes it down. */
async function measureOnDocker(
  program: string,
  images: readonly ImageName[],
  measure: (stack: Stack, workshop: Workshop) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const workshop = await withImages(await openWorkshop(report), images, report);
  const stack = await makeStack(workshop, `bench-${program}`, program, { BENCH_PORT: `${await freePort()}` });
  try {
    return await measure(stack, workshop);
  } finally {
    report(`taking ${program} down`);
    await stack.run("state unprotect", "--all", "--yes");
    await stack.run("destroy", "--yes", "--skip-preview");
    closeWorkshop(workshop);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !Object.hasOwn(measurements, name));
if (unknown !== undefined) {
  console.error(`"${unknown}" is no measurement; these are: ${Object.keys(measurements).join(", ")}`);
  process.exit(2);
}

try {
  const rows: Row[] = [];
  for (const [name, measure] of Object.entries(measurements)) {
    if (asked.length === 0 || asked.includes(name)) rows.push(...(await measure()));
  }
  console.log(
    table([
      ["what", "measured", "compared", "aim"],
      ...rows.map(({ what, measured, compared, aim }) => [what, measured, compared, aim]),
    ]),
  );
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

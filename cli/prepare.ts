import type Docker from "dockerode";
import type { ObtainedImage } from "../embedded/images/index.ts";
import {
  type Engine,
  joinParts,
  type LanguageHost,
  obtainEngine,
  obtainLanguageHost,
  obtainPlugins,
  type Plugins,
  type UsedPart,
} from "../embedded/parts/index.ts";
import { connectDocker } from "./docker.ts";
import { setUpDocker } from "./docker-install.ts";
import type { DockerSetup } from "./docker-setup.ts";
import { joinSession, type Report, type Session, withImages } from "./session.ts";
import type { Stack } from "./stack.ts";
import { carryOut, type Step } from "./steps.ts";

/** All that it takes to bring a stack up. */
export interface Prepared {
  readonly session: Session;
  readonly images: Readonly<Record<string, ObtainedImage>>;
}

/** What the steps hand on to the ones after them. */
interface Ready {
  docker: Docker;
  engine: Engine;
  languageHost: LanguageHost;
  plugins: Plugins;
  prepared: Prepared;
}

/** Gets all that it takes to bring a stack up, step by step on the screen. What is there already takes a moment. */
export async function prepare(stack: Stack, docker: DockerSetup | undefined): Promise<Prepared> {
  const ready = {} as Ready;
  await carryOut([
    { title: "Docker", run: (report) => readyDocker(ready, stack, docker, report) },
    ...partSteps(ready, stack),
    { title: "images", run: (report) => readyImages(ready, stack, report) },
  ]);
  return ready.prepared;
}

async function readyDocker(ready: Ready, stack: Stack, setup: DockerSetup | undefined, report: Report) {
  if (setup) await setUpDocker(setup, report);
  ready.docker = await connectDocker(stack.settings.dockerHost);
  return (await ready.docker.version()).Version;
}

function partSteps(ready: Ready, stack: Stack): Step[] {
  const options = (report: Report) => ({ project: stack.project.folder, progress: report });
  return [
    {
      title: "engine",
      run: async (report) => shown([(ready.engine = await obtainEngine(options(report))).used]),
    },
    {
      title: "language host",
      run: async (report) =>
        shown([(ready.languageHost = await obtainLanguageHost(ready.engine, options(report))).used]),
    },
    {
      title: "plugins",
      run: async (report) => shown((ready.plugins = await obtainPlugins(ready.engine, options(report))).used),
    },
  ];
}

async function readyImages(ready: Ready, stack: Stack, report: Report): Promise<string> {
  const { docker } = ready;
  const parts = await joinParts(ready, { project: stack.project.folder, progress: report });
  ready.prepared = await withImages(await joinSession({ stack, parts, docker }), report);
  return counted(Object.values(ready.prepared.images));
}

/** Parts with their versions, as `embedded docker 5.2.0, random 4.21.1`. */
function shown(parts: readonly UsedPart[]): string {
  const [first] = parts;
  if (!first) return "none are needed";
  const name = (part: string) => (part.startsWith("plugin ") ? `${part.slice("plugin ".length)} ` : "");
  return `${first.kind} ${parts.map(({ part, version }) => `${name(part)}${version}`).join(", ")}`;
}

function counted(images: readonly ObtainedImage[]): string {
  const count = (wanted: ObtainedImage["kind"]) => images.filter(({ kind }) => kind === wanted).length;
  return images.length === 0
    ? "none are needed"
    : `${count("official")} official, ${count("embedded")} embedded`;
}

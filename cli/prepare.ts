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
import { joinSession, type Report, type Session, withImages } from "./session.ts";
import type { Stack } from "./stack.ts";
import { carryOut, type Step } from "./steps.ts";
import { kindOf } from "./targets/index.ts";
import type { Place, Setup } from "./targets/target.ts";

/** All that it takes to bring a stack up. */
export interface Prepared {
  readonly session: Session;
  readonly images: Readonly<Record<string, ObtainedImage>>;
}

/** What the steps hand on to the ones after them. */
interface Ready {
  engine: Engine;
  languageHost: LanguageHost;
  plugins: Plugins;
  place: Place;
  prepared: Prepared;
}

/**
 * Gets all that it takes to bring a stack up, step by step on the screen. What is there already takes a moment.
 *
 * @param setup What has to be set up on this machine first
 */
export async function prepare(stack: Stack, setup: Setup | undefined): Promise<Prepared> {
  const ready = {} as Ready;
  const { title, connect } = await kindOf(stack);
  await carryOut([
    {
      title,
      run: async (report) => {
        await setup?.carryOut(report);
        ready.place = await connect(stack, report);
        return ready.place.version;
      },
    },
    ...partSteps(ready, stack),
    { title: "images", run: (report) => readyImages(ready, stack, report) },
  ]);
  return ready.prepared;
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
  const { place } = ready;
  const parts = await joinParts(ready, { project: stack.project.folder, progress: report });
  ready.prepared = await withImages(await joinSession({ stack, parts, place }), report);
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

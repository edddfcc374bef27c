import * as pulumi from "@pulumi/pulumi";
import { Acceleration } from "../../components/platforms/acceleration.ts";
import { Melvin } from "../../components/platforms/melvin.ts";
import type { ObservabilityArgs } from "../../components/platforms/observability-args.ts";
import { Orchestration } from "../../components/platforms/orchestration.ts";
import { Semantik } from "../../components/platforms/semantik.ts";
import { Skills } from "../../components/platforms/skills.ts";
import { deploy } from "./engine.ts";
import { RecordingTarget } from "./recording-target.ts";

const HOST = "box.test";
const image = "example/app:1";

/** Every platform with stores of its own, by name. */
const MAKE = {
  acceleration: (target: RecordingTarget, observability: boolean | ObservabilityArgs) => {
    const names = ["gateway", "orchestrator", "agents", "tools", "rag", "sqltool", "workflow-engine"];
    const images = Object.fromEntries([...names, "observability", "web"].map((name) => [name, image]));
    return new Acceleration("acceleration", { target, host: HOST, images: images as never, observability });
  },
  melvin: (target: RecordingTarget, observability: boolean | ObservabilityArgs) =>
    new Melvin("melvin", { target, host: HOST, images: { api: image, worker: image }, observability }),
  semantik: (target: RecordingTarget, observability: boolean | ObservabilityArgs) => {
    const images = { webui: image, vecpipe: image, worker: image };
    return new Semantik("semantik", { target, host: HOST, images, observability });
  },
  skills: (target: RecordingTarget, observability: boolean | ObservabilityArgs) => {
    const images = { backend: image, dashboard: image };
    return new Skills("skills", { target, host: HOST, images, observability });
  },
  orchestration: (target: RecordingTarget, observability: boolean | ObservabilityArgs) => {
    const images = { "mcp-server": image, "core-services": image };
    const openaiApiKey = "sk-given-for-a-test";
    return new Orchestration("orchestration", { target, host: HOST, images, openaiApiKey, observability });
  },
} as const;

/** Name of a platform that is made here. */
export type ObservedName = keyof typeof MAKE;

/** Names of the platforms that are made here. */
export const observedNames = Object.keys(MAKE) as ObservedName[];

/** What a platform is for those who come to it. */
export type Made = ReturnType<(typeof MAKE)[ObservedName]>;

/** Makes a platform on a target that runs nothing. */
export async function platformOn(
  name: ObservedName,
  observability: boolean | ObservabilityArgs,
): Promise<{ readonly target: RecordingTarget; readonly made: Made }> {
  const target = new RecordingTarget();
  let made!: Made;
  await deploy(() => (made = MAKE[name](target, observability)));
  return { target, made };
}

/** The text of a file or a variable of a workload, with its secrets. */
export async function textIn(
  target: RecordingTarget,
  workload: string,
  part: "env" | "files",
  name: string,
): Promise<string> {
  const setting = target.workloads[workload]?.[part]?.[name];
  if (setting === undefined) throw new Error(`"${workload}" has no ${part} "${name}"`);
  const value = typeof setting === "object" ? setting.value : `${setting}`;
  return new Promise((resolve) => void pulumi.output(value).apply(resolve));
}

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { bad, type Check, good } from "../../../checks.ts";
import type { PlannedContainer } from "../plan.ts";
import type { Abilities } from "./abilities.ts";

/** The program of NVIDIA's Container Toolkit that Docker looks for when a container asks for graphics processors. */
const HOOK = "nvidia-container-runtime-hook";

/** Judges whether containers get the graphics processors that they ask for. */
export function judgeGpus(
  containers: readonly Pick<PlannedContainer, "name" | "gpus">[],
  { Runtimes }: Pick<Abilities, "Runtimes">,
  hasToolkit: boolean,
): Check[] {
  const wanting = containers.filter(({ gpus }) => gpus).map(({ name }) => name);
  if (wanting.length === 0) return [];
  if (hasToolkit || Object.hasOwn(Runtimes ?? {}, "nvidia"))
    return [good("Docker", "GPUs", `NVIDIA's Container Toolkit is there, for ${wanting.join(", ")}`)];
  return [
    bad(
      "Docker",
      "GPUs",
      `asked for by ${wanting.join(", ")}, and Docker has no NVIDIA runtime`,
      "install NVIDIA's driver and its Container Toolkit (the package nvidia-container-toolkit), then: " +
        "sudo nvidia-ctk runtime configure --runtime=docker && sudo systemctl restart docker; " +
        "or do without them, or run that part elsewhere (keelson:external)",
    ),
  ];
}

/** Whether this machine has NVIDIA's Container Toolkit, which Docker finds even where it is not told of its runtime. */
export function hasNvidiaToolkit(environment: NodeJS.ProcessEnv = process.env): boolean {
  const folders = [...(environment["PATH"] ?? "").split(delimiter), "/usr/bin"];
  return folders.some((folder) => existsSync(join(folder, HOOK)));
}

import type { KernelNeed } from "../../../../components/model/workload.ts";
import { type Check, doubtful, good } from "../../../checks.ts";
import type { PlannedContainer } from "../plan.ts";
import { keep } from "./abilities.ts";

/** What a host's kernel has of the settings that were asked for; nothing where it is not known. */
export type KernelSettings = Readonly<Record<string, number | undefined>>;

/** What containers need of a setting together. */
interface Need extends KernelNeed {
  readonly name: string;
  /** Containers that need it. */
  readonly by: readonly string[];
}

/** Names of the settings that containers need. */
export function kernelNames(containers: readonly Pick<PlannedContainer, "kernel">[]): string[] {
  return [...new Set(containers.flatMap(({ kernel }) => Object.keys(kernel)))];
}

/** Judges whether a host's kernel has what containers need. */
export function judgeKernel(containers: readonly PlannedContainer[], settings: KernelSettings): Check[] {
  return kernelNames(containers).map((name) => {
    const { atLeast, atMost = Infinity, reason, by } = needOf(name, containers);
    const wanted = atMost === atLeast ? `${atLeast}` : `${atLeast} or more`;
    const has = settings[name];
    const who = `needed is ${wanted} for ${by.join(", ")}: ${reason}`;
    if (has === undefined)
      return doubtful("kernel", name, `is not known here; ${who}`, `see it on the host: sysctl ${name}`);
    if (has >= atLeast && has <= atMost) return good("kernel", name, `${has}, for ${by.join(", ")}`);
    return doubtful("kernel", name, `is ${has}; ${who}`, keep(name, atLeast));
  });
}

/** The largest need of a setting, which holds for the others too. */
function needOf(name: string, containers: readonly PlannedContainer[]): Need {
  const all = containers.flatMap((container) => {
    const need = container.kernel[name];
    return need ? [{ container, need }] : [];
  });
  const [first, ...rest] = all.map(({ need }) => need);
  const largest = rest.reduce((most, need) => (need.atLeast > most.atLeast ? need : most), first!);
  return { ...largest, name, by: all.map(({ container }) => container.name) };
}

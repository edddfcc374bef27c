import type { Watchable } from "../../components/model/monitoring.ts";
import type { Target } from "../../components/model/target.ts";
import type { Recipe, Workload } from "../../components/model/workload.ts";
import { deploy, shapeOf } from "../../stacks/deploy.ts";
import type { PlatformName } from "../../stacks/platforms.ts";
import type { TargetName } from "../../stacks/targets.ts";
import type { Stack } from "../stack.ts";
import { readSettings } from "../topology/given.ts";
import { runAlone } from "../topology/mock-engine.ts";
import { withPlaceholders } from "../topology/placeholders.ts";
import { topologyOf } from "../topology/topology-of.ts";
import type { Topology } from "../topology/topology.ts";

/** What a service says of how its state is found out. */
export type Statement = Pick<Workload, "ports" | "probes">;

/** The facts of a stack, with what its services say of themselves. */
export interface StackFacts extends Topology {
  /** By the name of the workload; none where the target runs it in a way of its own. */
  readonly stated: Readonly<Record<string, Statement>>;
  /** What a Prometheus of the stack reads; nothing if it has none. */
  readonly watched: readonly Watchable[];
}

type Heard = { -readonly [Key in "stated" | "watched"]: StackFacts[Key] };

/**
 * All that the report says of what a stack is, from its program and its settings alone.
 *
 * @throws Mendable when its settings are mistaken, or what it asks for does not fit
 */
export async function stackFacts(stack: Stack): Promise<StackFacts> {
  const topology = await topologyOf(stack);
  const { platform, target } = topology;
  const shape = shapeOf(platform as PlatformName, target as TargetName);
  const given = withPlaceholders(await readSettings(stack), shape);
  const heard: Heard = { stated: {}, watched: [] };
  await runAlone(() => deploy(given, {}, (made) => listening(made, heard)));
  return { ...topology, ...heard };
}

/** A target that keeps what services say of themselves before it runs them, and what is told of them to who watches. */
function listening(target: Target, heard: Heard): Target {
  const own: Pick<Target, "run" | "watch"> = {
    run: (name, recipe, placement) => {
      const listened: Recipe = (site) => {
        const workload = recipe(site);
        heard.stated = { ...heard.stated, [name]: workload };
        return workload;
      };
      return target.run(name, listened, placement);
    },
    watch: (placement) => (heard.watched = target.watch(placement)),
  };
  return new Proxy(target, {
    get(_, key) {
      const value: unknown = Reflect.get(Object.hasOwn(own, key) ? own : target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

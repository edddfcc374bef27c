import * as pulumi from "@pulumi/pulumi";
import { deploy, shapeOf } from "../../stacks/deploy.ts";
import { platforms } from "../../stacks/platforms.ts";
import { targets } from "../../stacks/targets.ts";
import { known } from "../init/known.ts";
import { Mendable } from "../mendable.ts";
import type { Stack } from "../stack.ts";
import { capacityOf } from "./capacity.ts";
import { costOf } from "./cost.ts";
import { readSettings } from "./given.ts";
import { groupsOf } from "./groups.ts";
import { runAlone } from "./mock-engine.ts";
import { places } from "./places.ts";
import { withPlaceholders } from "./placeholders.ts";
import { RecordedTarget } from "./recorded-target.ts";
import type { Topology } from "./topology.ts";

/**
 * The facts of a stack, from its program and its settings alone: no engine, host or cluster is asked, and nothing is made.
 *
 * @throws Mendable when its settings are mistaken, or what it asks for does not fit
 */
export async function topologyOf(stack: Stack): Promise<Topology> {
  const settings = await readSettings(stack);
  const nameOf = (kind: string) => {
    const name = settings.values[`keelson:${kind}`];
    if (typeof name === "string") return name;
    throw new Mendable(
      `${stack.file} does not say keelson:${kind}`,
      "only stacks of keelson's own platforms can be read; they say keelson:platform and keelson:target",
    );
  };
  const platform = known(platforms, "platform", nameOf("platform"));
  const target = known(targets, "target", nameOf("target"));
  const place = places[target];
  const given = withPlaceholders(settings, shapeOf(platform, target));
  let recorded: RecordedTarget | undefined;
  const { url } = await refusingWell(stack, () =>
    runAlone(() => deploy(given, {}, (made) => (recorded = new RecordedTarget(made, place)))),
  );
  const { workloads, references, promised, ...facts } = recorded!;
  const groups = groupsOf(workloads, references.all);
  const { sharedFolders, exposures, keptSecrets, watched } = facts;
  const targetSettings = stack.targetSettings ?? {};
  const cost = costOf(target, targetSettings, { promised, workloads, sharedFolders });
  return {
    stack: stack.name,
    platform,
    target,
    url,
    workloads: workloads.map((workload) => ({ ...workload, group: groups.get(workload.name)! })),
    sharedFolders,
    references: references.all,
    exposures,
    keptSecrets,
    watched,
    capacity: capacityOf(promised, place, targetSettings),
    ...(cost && { cost }),
  };
}

/** Errors of a program are for whoever wrote the stack's settings. */
async function refusingWell<Result>({ file }: Stack, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const isRefusal =
      error instanceof pulumi.RunError ||
      error instanceof pulumi.ResourceError ||
      error instanceof pulumi.InputPropertiesError;
    if (!isRefusal) throw error;
    throw new Mendable(error.message, `mend ${file}`, { cause: error });
  }
}

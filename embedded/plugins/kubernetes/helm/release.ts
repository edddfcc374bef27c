/**
 * `kubernetes:helm.sh/v3:Release` where charts can't be downloaded: of a chart that is known, its definitions of custom resources are made, and
 * the release is kept as Helm keeps it. Its programs are missing, which a warning beside the resource says.
 */
import type { Context, Resource, State } from "../../provider/resource.ts";
import type { Values } from "../../provider/value.ts";
import { revealed } from "../../provider/wire.ts";
import type { Cluster } from "../config/cluster.ts";
import { requestOptions } from "../operations/surroundings.ts";
import { check } from "./check.ts";
import type { FindDefinitions } from "./definitions.ts";
import { diff } from "./diff.ts";
import { forget, history } from "./history.ts";
import { releaseOf } from "./inputs.ts";
import { install } from "./install.ts";
import { read } from "./read.ts";
import { chartOf, objectsIn } from "./revision.ts";
import { idOf, plannedState, reachable, stateOf } from "./state.ts";
import { upgrade } from "./upgrade.ts";

/** @param find where the definitions of custom resources are */
export function helmRelease(find: FindDefinitions): Resource<Cluster> {
  return {
    keepsTime: true,
    check,
    diff,
    read,
    previewCreate: ({ inputs }) => plannedState(inputs),
    previewUpdate: ({ inputs }) => plannedState(inputs),
    async create({ inputs }, context): Promise<State> {
      reachable(context, "create");
      const release = releaseOf(revealed(inputs));
      const revision = await install(release, find, context);
      warnOfMissing(inputs, context);
      return { id: idOf(release), outputs: stateOf(inputs, revision) };
    },
    async update({ inputs }, context): Promise<Values> {
      reachable(context, "update");
      const revision = await upgrade(releaseOf(revealed(inputs)), find, context);
      warnOfMissing(inputs, context);
      return stateOf(inputs, revision);
    },
    delete: ({ outputs }, context) => uninstall(outputs, context),
  };
}

/** Forgets a release, and leaves its definitions, and with them all that was made of them. One that is gone already is no error. */
async function uninstall(outputs: Values, context: Context<Cluster>): Promise<void> {
  const { client } = reachable(context, "delete");
  const options = requestOptions(context);
  const revisions = await history(client, releaseOf(revealed(outputs)), options);
  for (const revision of revisions) await forget(client, revision, options);
  const kept = objectsIn(revisions.at(-1)?.revision.manifest).filter(({ isKept }) => isKept);
  if (kept.length === 0) return;
  const lines = kept.map(({ kind, name }) => `[${kind}] ${name}`);
  context.log("warning", `These resources were kept due to the resource policy:\n${lines.join("\n")}`);
}

function warnOfMissing(inputs: Values, { log }: Context<Cluster>): void {
  const release = releaseOf(revealed(inputs));
  const { name, brings } = chartOf(release);
  const there =
    brings && !release.skipCrds
      ? "its definitions of custom resources are in the cluster, but nothing that acts on them"
      : "nothing of it is in the cluster";
  log(
    "warning",
    `the chart ${name} ${release.version} was not installed, as keelson's embedded kubernetes plugin downloads no charts: ${there}; the official plugin installs it from the same program`,
  );
}

import type { Context } from "../../provider/resource.ts";
import type { Values } from "../../provider/value.ts";
import type { Cluster } from "../config/cluster.ts";
import { requestOptions } from "../operations/surroundings.ts";
import { define, type FindDefinitions } from "./definitions.ts";
import { amend, forget, history, remember, type Revision, type Stored } from "./history.ts";
import type { Release } from "./inputs.ts";
import { chartOf, nextRevision } from "./revision.ts";
import { withOverrides } from "./values.ts";

/** States from which an upgrade may go on though nothing is deployed. */
const recoverable: ReadonlySet<string> = new Set(["failed", "superseded"]);

/** Makes a new revision of a release, and what the embedded plugin can make of it. */
export async function upgrade(
  release: Release,
  find: FindDefinitions,
  context: Context<Cluster>,
): Promise<Revision> {
  const { client } = context.configuration;
  const options = requestOptions(context);
  const revisions = await history(client, release, options);
  const last = revisions.at(-1);
  const current = currentOf(revisions, release);
  if (!release.skipCrds) await define(chartOf(release), release, find, context);
  const revision = nextRevision(release, {
    version: (last ?? current).revision.version + 1,
    config: configOf(release, current.revision.config ?? {}),
    firstDeployed: revisions[0]?.revision.info.first_deployed,
  });
  await remember(client, revision, options);
  for (const stored of revisions.filter(isDeployed)) {
    const { info } = stored.revision;
    await amend(client, stored, { ...stored.revision, info: { ...info, status: "superseded" } }, options);
  }
  for (const stored of surplus(revisions, release)) await forget(client, stored, options);
  return revision;
}

/** The revision that is gone on from: https://github.com/helm/helm/blob/v3.19.0/pkg/action/upgrade.go */
function currentOf(revisions: readonly Stored[], { name }: Release): Stored {
  const last = revisions.at(-1);
  if (last?.revision.info.status.startsWith("pending-"))
    throw new Error("another operation (install/upgrade/rollback) is in progress");
  const deployed = revisions.findLast(isDeployed);
  const current = deployed ?? (last && recoverable.has(last.revision.info.status) ? last : undefined);
  if (current) return current;
  throw new Error(`"${name}" has no deployed releases`);
}

function isDeployed({ revision }: Stored): boolean {
  return revision.info.status === "deployed";
}

/** The values of the new revision: those that are given, over the old ones where the release says so, and the old ones where none are. */
function configOf({ values, resetValues, reuseValues }: Release, old: Values): Values {
  if (resetValues) return values;
  if (reuseValues) return withOverrides(old, values);
  return Object.keys(values).length === 0 ? old : values;
}

/** Old revisions that are more than are to be kept, the new one counted; 0 keeps all. */
function surplus(revisions: readonly Stored[], { maxHistory = 0 }: Release): readonly Stored[] {
  return maxHistory === 0 ? [] : revisions.slice(0, Math.max(0, revisions.length + 1 - maxHistory));
}

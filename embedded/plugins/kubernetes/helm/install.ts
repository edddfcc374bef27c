import type { Context } from "../../provider/resource.ts";
import { hasReason } from "../api/errors.ts";
import type { Cluster } from "../config/cluster.ts";
import { requestOptions } from "../operations/surroundings.ts";
import { define, type FindDefinitions } from "./definitions.ts";
import { history, remember, type Revision, type Stored } from "./history.ts";
import type { Release } from "./inputs.ts";
import { chartOf, nextRevision } from "./revision.ts";

/** What has ended, and whose name may be taken by a release that says `replace`. */
const ended: ReadonlySet<string> = new Set(["uninstalled", "failed"]);

/** Makes what the embedded plugin can make of a new release. */
export async function install(
  release: Release,
  find: FindDefinitions,
  context: Context<Cluster>,
): Promise<Revision> {
  const { client } = context.configuration;
  const options = requestOptions(context);
  const last = (await history(client, release, options)).at(-1);
  if (last && !isReplaceable(last, release)) throw new Error("cannot re-use a name that is still in use");
  if (release.createNamespace) await makeNamespace(release, context);
  if (!release.skipCrds) await define(chartOf(release), release, find, context);
  const version = (last?.revision.version ?? 0) + 1;
  const revision = nextRevision(release, { version, config: release.values });
  await remember(client, revision, options);
  return revision;
}

function isReplaceable({ revision }: Stored, { replace }: Release): boolean {
  return replace && ended.has(revision.info.status);
}

async function makeNamespace({ namespace }: Release, context: Context<Cluster>): Promise<void> {
  const metadata = { name: namespace, labels: { name: namespace } };
  try {
    await context.configuration.client.create(
      { apiVersion: "v1", kind: "Namespace", metadata },
      { ...requestOptions(context), fieldManager: "helm" },
    );
  } catch (error) {
    if (!hasReason(error, "AlreadyExists")) throw error;
  }
}

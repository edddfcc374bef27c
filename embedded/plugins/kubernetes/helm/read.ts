import type { Context, Resource } from "../../provider/resource.ts";
import type { Values } from "../../provider/value.ts";
import { revealed } from "../../provider/wire.ts";
import type { Cluster } from "../config/cluster.ts";
import { parseId } from "../model/metadata.ts";
import { requestOptions } from "../operations/surroundings.ts";
import { history, type Revision } from "./history.ts";
import { withDefaults } from "./inputs.ts";
import { reachable, stateOf } from "./state.ts";

type Request = Parameters<Resource["read"]>[0];
type Found = Awaited<ReturnType<Resource["read"]>>;

/** Reads the newest revision of a release, whoever made it: for a refresh what it is now, for an import with inputs that would make it. */
export async function read(request: Request, context: Context<Cluster>): Promise<Found> {
  const { configuration: cluster, log } = context;
  if (cluster.unreachable !== undefined) {
    log("warning", `configured Kubernetes cluster is unreachable: ${cluster.unreachable}`);
    if (cluster.settings.deleteUnreachable) return undefined;
    if (cluster.settings.skipUpdateUnreachable)
      return { id: request.id, outputs: request.outputs ?? {}, inputs: request.inputs ?? {} };
  }
  const { client } = reachable(context, "read");
  const { namespace = cluster.defaultNamespace, name } = parseId(request.id);
  const found = (await history(client, { name, namespace }, requestOptions(context))).at(-1);
  if (!found) return undefined;
  const inputs = request.outputs
    ? (request.inputs ?? revealedInputs(request.outputs))
    : importedInputs(found.revision, cluster);
  return { id: request.id, inputs, outputs: stateOf(inputs, found.revision) };
}

function revealedInputs(outputs: Values): Values {
  return revealed(outputs)["__inputs"] as Values;
}

function importedInputs({ name, namespace, chart, config = {} }: Revision, cluster: Cluster): Values {
  const { name: chartName, version } = chart.metadata;
  return withDefaults(
    { name, namespace, chart: chartName, version, values: config },
    cluster.defaultNamespace,
  );
}

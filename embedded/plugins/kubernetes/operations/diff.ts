import type { Difference, DiffRequest, PropertyDifference } from "../../provider/questions.ts";
import type { Context } from "../../provider/resource.ts";
import type { Values } from "../../provider/value.ts";
import { annotations } from "../annotations.ts";
import { isAnnotated, type Kind } from "../api/object.ts";
import type { Cluster } from "../config/cluster.ts";
import { differences, textOf } from "../diff/differences.ts";
import { isIgnored, parsePath } from "../diff/ignored.ts";
import { identityPaths, isReplacing, replacingPaths } from "../diff/replacement.ts";
import { isComplete } from "../model/job.ts";
import { objectOf, readCheckpoint } from "../model/checkpoint.ts";
import { isNamespaced, isPatch, kindOf } from "../model/kinds.ts";
import { isNamed, metadataOf, nameOf, namespaceOf, withMetadata, withNamespace } from "../model/metadata.ts";
import { normalized } from "../model/normalize.ts";
import { currentInputs } from "../model/prune.ts";

/**
 * Compares what the program wants with the object as it was last seen, as far as the program had a say in it. What the API server or controllers
 * add is no difference; what somebody else changed of the program's wishes is one.
 */
export async function diff(request: DiffRequest, context: Context<Cluster>): Promise<Difference> {
  const { configuration: cluster } = context;
  const { inputs: oldInputs, live } = readCheckpoint(request.outputs);
  const given = normalized(objectOf(request.inputs));
  const kind = kindOf(request.urn, given);
  const [current, wanted] = await inSameNamespace(
    kind,
    cluster,
    comparable(kind, live, normalized(oldInputs)),
    given,
  );
  const named = nameOf(wanted) === undefined ? current : withMetadata(current, { name: nameOf(live) ?? "" });
  const details = compared(request, kind, named, wanted, cluster);
  const replaces = [
    ...Object.keys(details).filter((path) => details[path]?.replaces),
    ...((await isUnready(kind, wanted, live, context))
      ? [`.metadata.annotations["${annotations.replaceUnready}"]`]
      : []),
  ];
  const { renderYamlToDirectory, alwaysRender } = cluster.settings;
  const isRenderedAnyway = renderYamlToDirectory !== undefined && alwaysRender;
  return {
    changed: Object.keys(details).length > 0 || replaces.length > 0 || isRenderedAnyway,
    differs: [],
    replaces,
    stables: [],
    deleteBeforeReplace: replaces.length > 0 && takesSamePlace(wanted, live),
    details,
  };
}

/** The object as it is now, with those fields only that the program gave before. */
function comparable(kind: Kind, live: Values, oldInputs: Values): Values {
  const current = currentInputs(kind, live, oldInputs);
  const { resourceVersion: _, ...metadata } = metadataOf(current);
  return { apiVersion: kind.apiVersion, kind: kind.kind, ...current, metadata };
}

/** Leaving the namespace out means `default`; objects of the whole cluster have none, whatever was said. */
async function inSameNamespace(
  kind: Kind,
  cluster: Cluster,
  ...objects: readonly [Values, Values]
): Promise<readonly [Values, Values]> {
  const namespaced = await isNamespaced(kind, cluster);
  const placed = (object: Values): Values =>
    withNamespace(object, namespaced ? (namespaceOf(object) ?? "default") : undefined);
  return [placed(objects[0]), placed(objects[1])];
}

function compared(
  { urn, ignoreChanges }: DiffRequest,
  kind: Kind,
  current: Values,
  wanted: Values,
  { settings }: Cluster,
): Readonly<Record<string, PropertyDifference>> {
  const ignored = ignoreChanges.map(parsePath);
  const replacing = isPatch(urn, kind) ? identityPaths : replacingPaths(kind, wanted, settings);
  const details: Record<string, PropertyDifference> = {};
  differences(current, wanted, (path, difference, value) => {
    if (isIgnored(path, ignored)) return;
    details[textOf(path)] = { ...difference, replaces: isReplacing(path, value, replacing) };
  });
  return details;
}

/** Whether a Job that has not completed is to be replaced, as its annotation asks. */
async function isUnready(
  kind: Kind,
  wanted: Values,
  live: Values,
  { configuration: cluster, log, signal }: Context<Cluster>,
): Promise<boolean> {
  if (!isAnnotated(wanted, annotations.replaceUnready)) return false;
  if (kind.kind !== "Job") {
    log("warning", "replaceUnready annotation is not supported for this resource");
    return false;
  }
  if (cluster.unreachable !== undefined) {
    log("warning", "Cluster is unreachable, skipping replaceUnready check");
    return false;
  }
  const reference = { ...kind, name: nameOf(live) ?? "", namespace: namespaceOf(live) };
  try {
    return !isComplete(await cluster.client.get(reference, { signal }));
  } catch {
    // What cannot be read is not known to have failed: the difference stands without it.
    return false;
  }
}

/** Whether the new object would have the place of the old one: two of a name cannot exist side by side. */
function takesSamePlace(wanted: Values, live: Values): boolean {
  return (
    isNamed(wanted) &&
    !isAnnotated(wanted, annotations.autonamed) &&
    nameOf(wanted) === nameOf(live) &&
    namespaceOf(wanted) === namespaceOf(live)
  );
}

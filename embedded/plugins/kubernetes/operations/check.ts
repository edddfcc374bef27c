import type { Checked, CheckRequest } from "../../provider/questions.ts";
import type { Context } from "../../provider/resource.ts";
import { typeOfUrn } from "../../provider/urn.ts";
import { isValues, type Values } from "../../provider/value.ts";
import { annotations } from "../annotations.ts";
import { annotationOf } from "../api/object.ts";
import type { Cluster } from "../config/cluster.ts";
import { objectOf, stateOf } from "../model/checkpoint.ts";
import { isDefinition, isList, isNamespaced, isPatch, kindOf } from "../model/kinds.ts";
import {
  autonamed,
  hasGenerateName,
  metadataOf,
  nameOf,
  namespaceOf,
  withAdoptedName,
  withMetadata,
  withNamespace,
} from "../model/metadata.ts";
import { normalized } from "../model/normalize.ts";
import { hasSecret, withSecretsOf } from "../model/secrets.ts";

/** The label by which objects without server-side apply say who manages them. */
const managedBy = "app.kubernetes.io/managed-by";

/** Completes the inputs: a name where there is none, the provider's namespace, and the form that the API server keeps. */
export async function check(request: CheckRequest, context: Context<Cluster>): Promise<Checked> {
  const { configuration: cluster, log } = context;
  const { settings } = cluster;
  if (cluster.unreachable !== undefined && settings.skipUpdateUnreachable) {
    log(
      "warning",
      "the cluster is unreachable, and skipUpdateUnreachable is set: the object is left as it is",
    );
    return { inputs: request.oldInputs, failures: [] };
  }
  if (isList(typeOfUrn(request.urn)))
    throw new Error("a list is no object of its own: declare the objects that it lists");
  const given = normalized(objectOf(request.inputs));
  refuseUnsupported(request.urn, given, cluster);
  if (annotationOf(given, annotations.autonamed) !== undefined)
    log("warning", `the annotation "${annotations.autonamed}" is the provider's own: it is ignored`);

  const named = withName(given, request, settings.enableServerSideApply);
  const kind = kindOf(request.urn, named);
  const needsNamespace = namespaceOf(named) === undefined && metadataOf(named)["namespace"] === undefined;
  const inputs =
    needsNamespace && (await isNamespaced(kind, cluster))
      ? withNamespace(named, cluster.defaultNamespace)
      : named;
  if (isDefinition(kind)) note(inputs, cluster);
  const checked = withSecretsOf(request.inputs, stateOf(inputs));
  if (settings.renderYamlToDirectory !== undefined && hasSecret(checked))
    log("warning", "the rendered YAML will show a secret value in clear");
  return { inputs: checked, failures: [] };
}

function refuseUnsupported(urn: string, inputs: Values, { settings }: Cluster): void {
  if (isPatch(urn, kindOf(urn, inputs))) {
    if (!settings.enableServerSideApply)
      throw new Error("a Patch resource needs server-side apply: set the provider's enableServerSideApply");
    if (nameOf(inputs) === undefined && metadataOf(inputs)["name"] === undefined)
      throw new Error("a Patch resource needs `.metadata.name`: the object whose fields it sets");
  }
  if (!hasGenerateName(inputs)) return;
  if (settings.enableServerSideApply)
    throw new Error("the `.metadata.generateName` field is not supported in Server-Side Apply mode");
  if (settings.renderYamlToDirectory !== undefined)
    throw new Error("the `.metadata.generateName` field is not supported in YAML rendering mode");
}

function withName(given: Values, request: CheckRequest, serverSideApply: boolean): Values {
  const old = objectOf(request.oldInputs);
  if (Object.keys(old).length === 0) {
    const named = autonamed(given, request);
    return serverSideApply ? named : withManager(named);
  }
  const named = withAdoptedName(given, old);
  const { labels } = metadataOf(old);
  return isValues(labels) && labels[managedBy] === manager() ? withManager(named) : named;
}

function withManager(object: Values): Values {
  const { labels } = metadataOf(object);
  if (labels !== undefined && !isValues(labels)) return object;
  return withMetadata(object, { labels: { ...labels, [managedBy]: manager() } });
}

function manager(): string {
  return process.env.PULUMI_KUBERNETES_MANAGED_BY_LABEL ?? "pulumi";
}

/** Remembers what the program defines, for the objects of the kind that it declares too. */
function note({ spec }: Values, cluster: Cluster): void {
  if (!isValues(spec) || !isValues(spec["names"])) return;
  const { group, scope, names } = spec;
  if (typeof group === "string" && isValues(names) && typeof names["kind"] === "string")
    cluster.definitions.set(`${group}/${names["kind"]}`, scope === "Namespaced");
}

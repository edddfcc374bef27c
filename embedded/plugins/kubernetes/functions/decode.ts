import { parseAllDocuments } from "yaml";
import { providerFunction } from "../../provider/resource.ts";
import { isValues, type Value, type Values } from "../../provider/value.ts";
import { isNamespaced } from "../model/kinds.ts";
import { kindOf } from "../model/kinds.ts";
import { namespaceOf, withNamespace } from "../model/metadata.ts";
import type { Cluster } from "../config/cluster.ts";

/** What `ConfigFile` and `ConfigGroup` read manifests with. */
export const decode = providerFunction({
  inputs: { text: { type: "string", required: true }, defaultNamespace: { type: "string" } },
  outputs: { result: { type: { list: { map: "string" } } } },
  async call({ text, defaultNamespace }, { configuration, urn }) {
    const cluster = configuration as Cluster;
    const objects = parseAllDocuments(text).flatMap((document) => {
      const [problem] = document.errors;
      if (problem) throw new Error(`the manifest cannot be read: ${problem.message}`);
      return objectsOf(document.toJS() as Value);
    });
    const namespace = defaultNamespace ?? cluster.defaultNamespace;
    const placed = objects.map(async (object) => {
      const isPlaced =
        namespaceOf(object) !== undefined || !(await isNamespaced(kindOf(urn, object), cluster));
      return isPlaced ? object : withNamespace(object, namespace);
    });
    return { result: (await Promise.all(placed)) as unknown as readonly Record<string, string>[] };
  },
});

/** A list stands for what it lists; documents without anything are none. */
function objectsOf(document: Value): readonly Values[] {
  if (!isValues(document)) return [];
  const { kind, items } = document;
  if (typeof kind === "string" && kind.endsWith("List") && Array.isArray(items))
    return (items as readonly Value[]).flatMap(objectsOf);
  return [document];
}

/** Writing objects to files instead of a cluster: `renderYamlToDirectory`. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { stringify } from "yaml";
import type { Context, State } from "../../provider/resource.ts";
import type { Values } from "../../provider/value.ts";
import type { Kind, KubernetesObject } from "../api/object.ts";
import type { Cluster } from "../config/cluster.ts";
import { isDefinition } from "../model/kinds.ts";
import { idOf, nameOf, namespaceOf } from "../model/metadata.ts";

export function renderNew(object: KubernetesObject, outputs: Values, context: Context<Cluster>): State {
  render(object, context);
  return { id: idOf(object), outputs };
}

export function render(object: KubernetesObject, { configuration, log }: Context<Cluster>): void {
  const file = fileOf(object, object, configuration);
  // Secrets are among the objects: nobody else needs to read them.
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, stringify(object), { mode: 0o600 });
  log("info", `rendered ${file}`, { status: true });
}

export function removeRendered(kind: Kind, object: Values, { configuration, log }: Context<Cluster>): void {
  const file = fileOf(kind, object, configuration);
  rmSync(file, { force: true });
  log("info", `deleted ${file}`, { status: true });
}

/** Definitions of kinds lie in a folder of their own, which is to be applied first. */
function fileOf(kind: Kind, object: Values, { settings }: Cluster): string {
  const words = [
    kind.apiVersion.replaceAll(/[/:]/g, "_"),
    kind.kind.toLowerCase(),
    namespaceOf(object) ?? "default",
    nameOf(object) ?? "",
  ];
  const folder = isDefinition(kind) ? "0-crd" : "1-manifest";
  return path.join(settings.renderYamlToDirectory ?? "", folder, `${words.join("-")}.yaml`);
}

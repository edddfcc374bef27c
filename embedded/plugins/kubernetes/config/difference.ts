import { isDeepStrictEqual } from "node:util";
import type { Difference } from "../../provider/questions.ts";
import { hasUnknown, type Value, type Values } from "../../provider/value.ts";
import { activeCluster } from "./kubeconfig.ts";

/** What leads to a cluster. */
const choices = ["kubeconfig", "context", "cluster"] as const;

/**
 * A provider whose settings lead to another cluster is replaced, and everything in it with it. Clusters have no identity of their own: another
 * one is told by its entry in the kubeconfig, or by `clusterIdentifier` where that is set.
 */
export function diffSettings(old: Values, settings: Values): Difference {
  const differs = [...new Set([...Object.keys(old), ...Object.keys(settings)])].filter(
    (name) => !isDeepStrictEqual(old[name], settings[name]),
  );
  const identified = old["clusterIdentifier"] !== undefined && settings["clusterIdentifier"] !== undefined;
  if (identified)
    return difference(
      differs,
      differs.filter((name) => name === "clusterIdentifier"),
    );
  const uncertain = choices.filter((name) => hasUnknown(settings[name]));
  if (uncertain.length > 0) return difference(uncertain, uncertain);
  const isOther = leadsElsewhere(old, settings);
  return difference(
    differs,
    differs.filter(
      (name) => name === "renderYamlToDirectory" || (isOther && choices.some((choice) => choice === name)),
    ),
  );
}

function leadsElsewhere(old: Values, settings: Values): boolean {
  const [before, after] = [clusterOf(old), clusterOf(settings)];
  return before !== undefined && after !== undefined && !isDeepStrictEqual(before, after);
}

function clusterOf(settings: Values) {
  const text = (value: Value | undefined): string | undefined =>
    typeof value === "string" && value !== "" ? value : undefined;
  const kubeconfig = text(settings["kubeconfig"]);
  if (kubeconfig === undefined) return undefined;
  return activeCluster({
    kubeconfig,
    context: text(settings["context"]),
    cluster: text(settings["cluster"]),
  });
}

function difference(differs: readonly string[], replaces: readonly string[]): Difference {
  return { changed: differs.length > 0, differs, replaces, deleteBeforeReplace: false, stables: [] };
}

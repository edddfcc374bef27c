/** The state that is kept of a release, in the official plugin's form: either plugin goes on from the other's state. */
import type { Context } from "../../provider/resource.ts";
import { unknown, type Values } from "../../provider/value.ts";
import { revealed, secret } from "../../provider/wire.ts";
import { groupOf } from "../api/object.ts";
import type { Cluster } from "../config/cluster.ts";
import { withSecretsOf } from "../model/secrets.ts";
import type { Revision } from "./history.ts";
import { objectsIn } from "./revision.ts";
import { withOverrides } from "./values.ts";

/** @param given the program's inputs with their marks of secrets: what they mark is marked in the state */
export function stateOf(given: Values, revision: Revision): Values {
  const inputs = revealed(given);
  const values = withOverrides((inputs["values"] ?? {}) as Values, revision.config ?? {});
  const { name, version, appVersion = "" } = revision.chart.metadata;
  return {
    ...withSecretsOf(given, { ...inputs, values, version }),
    __inputs: secret(given),
    resourceNames: resourceNamesOf(revision),
    status: {
      appVersion,
      chart: name,
      name: revision.name,
      namespace: revision.namespace,
      revision: revision.version,
      status: revision.info.status,
      version,
    },
  };
}

/** What will be kept of a release that is not there yet. */
export function plannedState(given: Values): Values {
  return { ...given, __inputs: secret(given), resourceNames: unknown, status: unknown };
}

/** The inputs that a state was made of, without marks of secrets; nothing for one that was made by an import. */
export function inputsIn(state: Values): Values | undefined {
  return revealed(state)["__inputs"] as Values | undefined;
}

/** How Pulumi identifies a release. */
export function idOf({ name, namespace }: { readonly name: string; readonly namespace: string }): string {
  return namespace === "" ? name : `${namespace}/${name}`;
}

/**
 * The cluster, which an operation can't do without.
 *
 * @throws Error if it can't be reached, or objects are written to files instead
 */
export function reachable({ configuration: cluster }: Context<Cluster>, what: string): Cluster {
  if (cluster.settings.renderYamlToDirectory !== undefined)
    throw new Error(
      `can't ${what} Helm Release: releases are no objects that \`renderYamlToDirectory\` could write to files`,
    );
  if (cluster.unreachable !== undefined)
    throw new Error(`can't ${what} Helm Release with unreachable cluster: ${cluster.unreachable}`);
  return cluster;
}

/** Names by kind and API version, as `Deployment.apps/apps/v1`: sorted, with the namespace where the manifest says one. */
function resourceNamesOf({ manifest }: Revision): Values {
  const names: Record<string, Set<string>> = {};
  for (const { apiVersion, kind, name, namespace } of objectsIn(manifest)) {
    const group = groupOf(apiVersion);
    const key = `${group === "" ? kind : `${kind}.${group}`}/${apiVersion}`;
    (names[key] ??= new Set()).add(namespace === undefined ? name : `${namespace}/${name}`);
  }
  return Object.fromEntries(Object.entries(names).map(([key, set]) => [key, [...set].toSorted()]));
}

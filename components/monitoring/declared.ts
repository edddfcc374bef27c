import * as pulumi from "@pulumi/pulumi";
import type { Alert, Dashboard, Monitored } from "../model/monitoring.ts";

/**
 * The alerts that workloads declare, each once: copies of a program, as two exporters are, declare the same.
 *
 * @throws InputPropertiesError if two differ under one name
 */
export function declaredAlerts(watch: readonly Monitored[]): Readonly<Record<string, Alert>> {
  const declared = watch.flatMap(({ alerts = {} }) => Object.entries(alerts));
  return Object.fromEntries(distinct("alert", declared));
}

/**
 * The dashboards that workloads declare beside others, each once.
 *
 * @throws InputPropertiesError if two differ under one title
 */
export function declaredDashboards(
  watch: readonly Monitored[],
  others: readonly Dashboard[] = [],
): readonly Dashboard[] {
  const declared = [...others, ...watch.flatMap(({ dashboards = [] }) => dashboards)];
  return distinct(
    "dashboard",
    declared.map((dashboard) => [dashboard.title, dashboard]),
  ).map(([, dashboard]) => dashboard);
}

/** Entries whose values are the same as earlier ones of their name left out. */
function distinct<Value>(
  what: string,
  entries: readonly (readonly [string, Value])[],
): readonly (readonly [string, Value])[] {
  const found = new Map<string, Value>();
  for (const [name, value] of entries) {
    const earlier = found.get(name);
    if (earlier !== undefined && JSON.stringify(earlier) !== JSON.stringify(value))
      throw ambiguous(what, name);
    found.set(name, earlier ?? value);
  }
  return [...found];
}

function ambiguous(what: string, name: string): pulumi.InputPropertiesError {
  const reason = `two workloads declare the ${what} "${name}", and not the same; give one of them another name`;
  return new pulumi.InputPropertiesError({ message: reason, errors: [{ propertyPath: `${what}s`, reason }] });
}

import type { CloudArgs } from "../cloud-args.ts";
import { GKE_TYPES } from "../node-types/index.ts";
import { poolMistakes, type Pools } from "../pools.ts";
import { judgeVersion } from "../versions.ts";
import { accessMistakes, rangeMistakes } from "./address-mistakes.ts";
import type { GkeArgs } from "./gke-args.ts";
import { initialPerZone, ZONES } from "./pools.ts";
import { REGION } from "./scope.ts";

/** What is wrong with an argument. */
export interface Mistake {
  readonly propertyPath: string;
  readonly reason: string;
}

/** What is wrong with the arguments of a cluster: all of it at once, before anything is made. */
export function mistakesOf(name: string, args: GkeArgs, pools: Pools, version: string): readonly Mistake[] {
  return [
    ...nameMistakes(name, args),
    ...placeMistakes(args),
    ...versionMistakes(version),
    ...existingMistakes(args),
    ...accessMistakes(args.access),
    ...rangeMistakes(args, pools),
    ...poolMistakes(pools, GKE_TYPES),
    ...countMistakes(pools, args.zones?.length || ZONES),
    ...labelMistakes(args.tags),
    ...maintenanceMistakes(args),
    ...otherMistakes(args),
  ];
}

/** A mistake, if a value is stated and does not match. */
function unlike(
  pattern: RegExp,
  propertyPath: string,
  value: string | undefined,
  allowed: string,
): Mistake[] {
  if (value === undefined || pattern.test(value)) return [];
  return [{ propertyPath, reason: `${propertyPath} is "${value}"; state ${allowed}` }];
}

/** Names of buckets have 63 characters at most, those of pools 40, and ids of service accounts 30; all begin with the cluster's. */
function nameMistakes(name: string, { project }: GkeArgs): Mistake[] {
  const lower = "lower-case letters, digits and hyphens, from a letter to a letter or digit";
  return [
    ...unlike(/^[a-z](?:[a-z0-9-]{0,20}[a-z0-9])?$/, "name", name, `up to 22 ${lower}`),
    ...unlike(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, "project", project, `the id of a project: 6 to 30 ${lower}`),
  ];
}

function placeMistakes({ region = REGION, zones }: GkeArgs): Mistake[] {
  const regional = unlike(/^[a-z]+-[a-z]+\d+$/, "region", region, 'a region, as "us-central1"');
  if (!zones) return regional;
  const within = new RegExp(`^${region}-[a-z]$`);
  const stated = zones.flatMap((zone, index) =>
    unlike(within, `zones[${index}]`, zone, `a zone of the region, as "${region}-a"`),
  );
  if (zones.length > 0 && new Set(zones).size === zones.length) return [...regional, ...stated];
  const reason = `zones are [${zones.join(", ")}]; state at least one, and each once`;
  return [...regional, ...stated, { propertyPath: "zones", reason }];
}

function versionMistakes(version: string): Mistake[] {
  const { mistake } = judgeVersion("gke", version);
  return mistake === undefined ? [] : [{ propertyPath: "version", reason: mistake }];
}

/** What a control plane is made with. */
const OF_CONTROL_PLANE = [
  "version",
  "channel",
  "ranges",
  "maintenance",
  "managedPrometheus",
  "securityGroup",
] as const satisfies readonly (keyof GkeArgs)[];

function existingMistakes(args: GkeArgs): Mistake[] {
  if (!args.existing || !("cluster" in args.existing)) return [];
  return OF_CONTROL_PLANE.filter((property) => args[property] !== undefined).map((propertyPath) => ({
    propertyPath,
    reason: `${propertyPath} has no effect on a cluster that is there already; leave it out`,
  }));
}

function countMistakes(pools: Pools, zones: number): Mistake[] {
  return Object.entries(pools).flatMap(([name, pool]) => {
    const perZone = initialPerZone(pool, zones);
    if (perZone * zones <= pool.max) return [];
    const made = `${pool.initial} nodes at first are ${perZone} in each of ${zones} zones, which makes ${perZone * zones}`;
    const reason = `pool "${name}": ${made}, more than max ${pool.max}; raise max, lower initial or state fewer zones`;
    return [{ propertyPath: `pools.${name}`, reason }];
  });
}

/** https://cloud.google.com/compute/docs/labeling-resources#requirements */
function labelMistakes(tags: CloudArgs["tags"] = {}): Mistake[] {
  return Object.entries(tags).flatMap(([key, value]) => {
    const characters = "lower-case letters, digits, _ and -";
    return [
      ...unlike(
        /^[a-z][a-z0-9_-]{0,62}$/,
        `tags.${key}`,
        key,
        `a key of up to 63 ${characters}, a letter first`,
      ),
      ...unlike(/^[a-z0-9_-]{0,63}$/, `tags.${key}`, value, `a value of up to 63 ${characters}`),
    ];
  });
}

function maintenanceMistakes({ maintenance }: GkeArgs): Mistake[] {
  if (!maintenance) return [];
  const { start, end, recurrence } = maintenance;
  const hours = (Date.parse(end) - Date.parse(start)) / 3_600_000;
  const reason = `maintenance is from "${start}" to "${end}"; state times as "2026-01-03T02:00:00Z", from 4 to 24 hours apart`;
  return [
    ...(hours >= 4 && hours <= 24 ? [] : [{ propertyPath: "maintenance", reason }]),
    ...unlike(
      /^FREQ=(?:DAILY|WEEKLY)/,
      "maintenance.recurrence",
      recurrence,
      'a rule, as "FREQ=WEEKLY;BYDAY=SA,SU"',
    ),
  ];
}

function otherMistakes({ budget, backups, zone, certificates, securityGroup }: GkeArgs): Mistake[] {
  const address = 'an address, as "operations@example.com"';
  const email = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
  return [
    ...unlike(
      /^[1-9]\d*$/,
      "budget.monthlyUsd",
      budget && String(budget.monthlyUsd),
      "a whole number of dollars",
    ),
    ...unlike(email, "budget.email", budget?.email, address),
    ...unlike(email, "certificates.email", certificates?.email, address),
    ...unlike(
      /^[1-9]\d*$/,
      "backups.retentionDays",
      days(backups?.retentionDays),
      "a whole number of days, at least 1",
    ),
    ...unlike(
      /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/,
      "zone",
      zone,
      'a domain, as "example.com"',
    ),
    ...unlike(
      /^gke-security-groups@\S+$/,
      "securityGroup",
      securityGroup,
      'the group "gke-security-groups@" of the domain',
    ),
  ];
}

function days(count: number | undefined): string | undefined {
  return count === undefined ? undefined : String(count);
}

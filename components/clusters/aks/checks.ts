import * as pulumi from "@pulumi/pulumi";
import { isPrivate, networkOf } from "../cidr.ts";
import { AKS_TYPES } from "../node-types/index.ts";
import { poolMistakes, type Pools } from "../pools.ts";
import { judgeVersion } from "../versions.ts";
import type { AksArgs } from "./aks-args.ts";

interface Mistake {
  readonly propertyPath: string;
  readonly reason: string;
}

/**
 * Judges all that can be judged before anything is made; warns of what will not do for long.
 *
 * @throws InputPropertiesError with every mistake there is
 */
export function refuseMistakes(name: string, args: AksArgs, pools: Pools, component: pulumi.Resource): void {
  const { mistake, warning } = versionJudgement(args);
  const mistakes = [
    ...unless("name", NAME.test(name), `the cluster's name is "${name}"; ${NAME_RULE}`),
    ...unless("region", /^[a-z]+[a-z0-9]*$/.test(args.region), regionMistake(args.region)),
    ...accessMistakes(args),
    ...unless("version", mistake === undefined, mistake ?? ""),
    ...idMistakes(args),
    ...amountMistakes(args),
    ...generalMistakes(pools),
    ...poolMistakes(pools, AKS_TYPES),
  ];
  if (mistakes.length > 0) throw refusal(mistakes);
  if (warning) void pulumi.log.warn(warning, component);
}

function refusal(errors: readonly Mistake[]): pulumi.InputPropertiesError {
  const message = `nothing was made, as there are mistakes: ${errors.map(({ reason }) => reason).join("; ")}`;
  return new pulumi.InputPropertiesError({ message, errors: [...errors] });
}

function unless(propertyPath: string, right: boolean, reason: string): readonly Mistake[] {
  return right ? [] : [{ propertyPath, reason }];
}

/**
 * What goes for all that is named after the cluster; an API server's address begins with it:
 * https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
const NAME = /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/;
const NAME_RULE = "use 3 to 40 small letters, digits and hyphens that begin with a letter and end with none";

function regionMistake(region: string): string {
  return `region is "${region}"; use Azure's own name of it, as in "eastus2" (az account list-locations lists them)`;
}

/** A cluster that is there already has a version of its own, and says itself from where it may be reached. */
function versionJudgement({ existing, version }: AksArgs): ReturnType<typeof judgeVersion> {
  return version === undefined || isCluster(existing) ? {} : judgeVersion("aks", version);
}

/** https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges: so many with API Server VNet Integration. */
const MOST_NETWORKS = 2000;

function accessMistakes({ access }: AksArgs): readonly Mistake[] {
  const wrong = access.flatMap((text) => {
    const reason = networkMistake(text);
    return reason === undefined
      ? []
      : [{ propertyPath: "access", reason: `access has "${text}"; ${reason}` }];
  });
  const many = `access has ${access.length} networks; use ${MOST_NETWORKS} at most`;
  return [...wrong, ...unless("access", access.length <= MOST_NETWORKS, many)];
}

function networkMistake(text: string): string | undefined {
  const network = networkOf(text);
  if (!network) return 'use networks of IPv4 in CIDR notation, as in "203.0.113.0/24"';
  if (network.bits < 8) return "that is the internet at large; use networks of /8 or smaller";
  if (!isPrivate(network)) return undefined;
  return "that is private; use addresses that clients have on the internet, within the network they need none";
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const SUBNET =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+\/subnets\/[^/]+$/i;

function idMistakes({ subscription, administrators, existing }: AksArgs): readonly Mistake[] {
  const ids = [
    ...(subscription === undefined ? [] : [["subscription", subscription]]),
    ...(administrators ?? []).map((id) => ["administrators", id]),
  ] as [string, string][];
  const subnets = existing && !isCluster(existing) ? [existing.nodes, existing.apiServer] : [];
  return [
    ...ids.flatMap(([path, id]) =>
      unless(
        path,
        UUID.test(id),
        `${path} has "${id}"; use an id, as in "11111111-2222-3333-4444-555555555555"`,
      ),
    ),
    ...unless(
      "administrators",
      administrators?.length !== 0,
      "administrators is empty; name at least the account that the program runs as, or leave it out",
    ),
    ...subnets.flatMap((id) =>
      unless(
        "existing",
        SUBNET.test(id),
        `existing has "${id}"; use the id of a subnet (az network vnet subnet show --query id)`,
      ),
    ),
  ];
}

function amountMistakes({ maintenance, backups, zones = [] }: AksArgs): readonly Mistake[] {
  const { hour = 0 } = maintenance ?? {};
  const { retentionDays = 1 } = backups ?? {};
  const wrongZones = zones.filter((zone) => !["1", "2", "3"].includes(zone));
  return [
    ...unless(
      "maintenance.hour",
      isWhole(hour, 0, 23),
      `maintenance.hour is ${hour}; use a whole number from 0 to 23, in UTC`,
    ),
    // https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview
    ...unless(
      "backups.retentionDays",
      isWhole(retentionDays, 1, 365),
      `backups.retentionDays is ${retentionDays}; use a whole number from 1 to 365`,
    ),
    ...wrongZones.flatMap((zone) =>
      unless("zones", false, `zones has "${zone}"; use "1", "2" and "3", or none in a region without zones`),
    ),
  ];
}

/** The first pool carries the system's own pods too: https://learn.microsoft.com/azure/aks/use-system-pools */
function generalMistakes({ general }: Pools): readonly Mistake[] {
  return unless(
    "pools.general.min",
    general.min >= 1,
    `pools.general.min is ${general.min}; use at least 1, as the system's own pods run there`,
  );
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

/** Whether a whole cluster is there already. */
export function isCluster<Existing extends NonNullable<AksArgs["existing"]>>(
  existing: Existing | undefined,
): existing is Extract<Existing, { cluster: string }> {
  return existing !== undefined && "cluster" in existing;
}

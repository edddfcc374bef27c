import { EKS_TYPES } from "../node-types/index.ts";
import { poolMistakes } from "../pools.ts";
import { judgeVersion } from "../versions.ts";
import { isPrivate, networkOf, overlap } from "../cidr.ts";
import { type EksArgs, SERVICE_CIDR } from "./eks-args.ts";
import type { EksSettings } from "./settings.ts";

/** What is wrong with an argument. */
export interface Mistake {
  readonly propertyPath: string;
  readonly reason: string;
}

/** All that is wrong with the arguments of a cluster. */
export function mistakesOf(name: string, args: EksArgs, settings: EksSettings): readonly Mistake[] {
  return [
    ...nameMistakes(name),
    ...regionMistakes(settings.region),
    ...versionMistakes(args, settings.version),
    ...poolMistakes(settings.pools, EKS_TYPES),
    ...accessMistakes(args.access),
    ...networkMistakes(args, settings.cidr),
    ...principalMistakes(args),
    ...tagMistakes(args.tags),
    ...extraMistakes(args, settings),
  ];
}

/** The bucket's name is the longest one made of it: it has 63 characters, and ends with "-backups", account and region. */
function nameMistakes(name: string): Mistake[] {
  if (/^[a-z][a-z0-9-]{0,25}[a-z0-9]$/.test(name)) return [];
  const allowed = "2 to 27 lower case letters, digits and hyphens, a letter first and no hyphen last";
  return [{ propertyPath: "name", reason: `"${name}" can't be a cluster's name; use ${allowed}` }];
}

/** Regions of China, of governments and of their like are partitions of their own, whose ARNs differ. */
function regionMistakes(region: string): Mistake[] {
  if (/^(af|ap|ca|eu|il|me|mx|sa|us)-(?!gov|iso)[a-z]+-\d$/.test(region)) return [];
  const reason = `"${region}" is no region of AWS' standard partition; use one as "us-west-2"`;
  return [{ propertyPath: "region", reason }];
}

function versionMistakes({ existing, version }: EksArgs, chosen: string): Mistake[] {
  const propertyPath = "version";
  if (existing && "cluster" in existing) {
    const reason = `the version of a cluster that is there already is its owner's business; leave it out`;
    return version === undefined ? [] : [{ propertyPath, reason }];
  }
  const { mistake } = judgeVersion("eks", chosen);
  return mistake ? [{ propertyPath, reason: mistake }] : [];
}

/** https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html */
const MOST_NETWORKS = 40;

function accessMistakes(access: readonly string[]): Mistake[] {
  const many = `${access.length} networks are let at the API server, and EKS takes ${MOST_NETWORKS}; state fewer, larger ones`;
  const listed = access.length > MOST_NETWORKS ? [{ propertyPath: "access", reason: many }] : [];
  const wrong = access.flatMap((text, index) => {
    const network = networkOf(text);
    const propertyPath = `access[${index}]`;
    if (!network) {
      const reason = `"${text}" is no network in CIDR notation; state one as "203.0.113.0/24"`;
      return [{ propertyPath, reason }];
    }
    if (network.bits < 8) {
      const reason = `"${text}" would let the internet at the API server; state networks of /8 or smaller`;
      return [{ propertyPath, reason }];
    }
    if (!isPrivate(network)) return [];
    const reason = `"${text}" is private; state the public addresses that its clients have on the internet, for within the network there is a private endpoint`;
    return [{ propertyPath, reason }];
  });
  return [...listed, ...wrong];
}

function networkMistakes({ existing, cidr, nat }: EksArgs, chosen: string): Mistake[] {
  const propertyPath = "cidr";
  if (existing) {
    const contradictory = cidr !== undefined || nat !== undefined;
    const reason = `"existing" names a network, and "cidr" or "nat" one that is to be made; leave out the one or the others`;
    const subnets = existing.privateSubnetIds.length;
    const few = `"existing" names ${subnets} private subnets; EKS needs at least two, in different zones`;
    return [
      ...(contradictory ? [{ propertyPath: "existing", reason }] : []),
      ...(subnets < 2 ? [{ propertyPath: "existing.privateSubnetIds", reason: few }] : []),
    ];
  }
  const network = networkOf(chosen);
  if (!network || !isPrivate(network) || network.bits < 16 || network.bits > 20) {
    const reason = `"${chosen}" can't be the network; state private addresses of /16 to /20, as "10.0.0.0/16"`;
    return [{ propertyPath, reason }];
  }
  if (!overlap(network, networkOf(SERVICE_CIDR)!)) return [];
  return [
    {
      propertyPath,
      reason: `"${chosen}" overlaps the addresses of Services, ${SERVICE_CIDR}; state another`,
    },
  ];
}

function principalMistakes({ administrators = [], viewers = [], existing }: EksArgs): Mistake[] {
  const lists = Object.entries({ administrators, viewers });
  const malformed = lists.flatMap(([list, arns]) =>
    arns
      .filter((arn) => !/^arn:aws:iam::\d{12}:(role|user)\/\S+$/.test(arn))
      .map((arn) => ({
        propertyPath: list,
        reason: `"${arn}" is no role or user of IAM; state one as "arn:aws:iam::123456789012:role/deployers"`,
      })),
  );
  const several = [...administrators, ...viewers].filter((arn, index, all) => all.indexOf(arn) < index);
  const twice = several.map((arn) => ({
    propertyPath: "administrators",
    reason: `"${arn}" is named twice among administrators and viewers; a principal has one entry`,
  }));
  const named = administrators.length + viewers.length > 0;
  const elsewhere = {
    propertyPath: "existing",
    reason: `administrators and viewers of a cluster that is there already are its owner's business; leave them out`,
  };
  return [...malformed, ...twice, ...(named && existing && "cluster" in existing ? [elsewhere] : [])];
}

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html; some tags are set by AWS and by resources. */
function tagMistakes(tags: Readonly<Record<string, string>> = {}): Mistake[] {
  const wrong = Object.entries(tags).filter(
    ([key, value]) => !/^(?!aws:)[\w .:/=+@-]{1,128}$/.test(key) || !/^[\w .:/=+@-]{0,256}$/.test(value),
  );
  const malformed = wrong.map(([key, value]) => ({
    propertyPath: "tags",
    reason: `"${key}" can't be a tag with the value "${value}"; use letters, digits, spaces and _ . : / = + - @, and no key that begins with "aws:"`,
  }));
  const count = Object.keys(tags).length;
  const reason = `there are ${count} tags, and AWS takes 50, of which 10 are kept for its own and the cluster's; state 40 at most`;
  return [...malformed, ...(count > 40 ? [{ propertyPath: "tags", reason }] : [])];
}

function extraMistakes({ budget, zone, certificates }: EksArgs, { backups }: EksSettings): Mistake[] {
  const { retentionDays } = backups;
  const emails = { "budget.email": budget?.email, "certificates.email": certificates?.email };
  const sum = budget?.monthlyUsd ?? 1;
  return [
    ...Object.entries(emails)
      .filter(([, email]) => email !== undefined && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email))
      .map(([propertyPath, email]) => ({
        propertyPath,
        reason: `"${email}" is no e-mail address; state one as "operations@example.com"`,
      })),
    ...(sum > 0 && Number.isFinite(sum)
      ? []
      : [{ propertyPath: "budget.monthlyUsd", reason: `${sum} is no sum of dollars; state a positive one` }]),
    ...(zone === undefined || /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(zone)
      ? []
      : [{ propertyPath: "zone", reason: `"${zone}" is no domain; state one as "ai.example.com"` }]),
    ...(Number.isInteger(retentionDays) && retentionDays >= 1
      ? []
      : [
          {
            propertyPath: "backups.retentionDays",
            reason: `retentionDays is ${retentionDays}; state a whole number of days from 1 on`,
          },
        ]),
  ];
}

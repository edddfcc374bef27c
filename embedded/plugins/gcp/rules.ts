/** What Google Cloud accepts as names, labels and principals, for the `validate` column of a table. */
import { named } from "../cloud/names.ts";
import { isUnknown, isValues, type Value } from "../provider/value.ts";

const lowerCase =
  "lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen";

/** RFC 1035, as the Compute Engine takes it: https://cloud.google.com/compute/docs/naming-resources */
export const computeName = named({
  pattern: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  allowed: `1 to 63 ${lowerCase}`,
});

/** https://cloud.google.com/nat/docs/set-up-manage-network-address-translation: a name of one character is refused. */
export const natName = named({
  pattern: /^[a-z][-a-z0-9]{0,61}[a-z0-9]$/,
  allowed: `2 to 63 ${lowerCase}`,
});

/** A cluster's or a node pool's: https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters */
export const clusterName = named({
  pattern: /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/,
  allowed: `1 to 40 ${lowerCase}`,
});

/** https://cloud.google.com/iam/docs/service-accounts-create */
export const accountId = named({
  pattern: /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/,
  allowed: `6 to 30 ${lowerCase}`,
});

/** https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings/create */
export const keyName = named({
  pattern: /^[a-zA-Z0-9_-]{1,63}$/,
  allowed: "1 to 63 letters, digits, hyphens and underscores",
});

/** https://cloud.google.com/artifact-registry/docs/repositories/create-repos */
export const repositoryId = named({
  pattern: /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
  allowed: `1 to 63 ${lowerCase}`,
});

/** Absolute, as a DNS zone names its domain: https://cloud.google.com/dns/docs/reference/rest/v1/managedZones */
export const domainName = named({
  pattern: /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+$/i,
  allowed: "a domain that ends with a dot, as in 'example.com.'",
});

const bucketRules: readonly (readonly [isKept: (name: string) => boolean, rule: string])[] = [
  [
    (name) => /^[a-z0-9][a-z0-9._-]*[a-z0-9]$/.test(name),
    "lower-case letters, digits, hyphens, underscores and dots, beginning and ending with a letter or digit",
  ],
  [
    (name) =>
      name.length >= 3 &&
      name.length <= (name.includes(".") ? 222 : 63) &&
      name.split(".").every((part) => part.length <= 63),
    "3 to 63 characters, or up to 222 where dots part it into pieces of at most 63",
  ],
  [(name) => !/^\d+\.\d+\.\d+\.\d+$/.test(name), "nothing that looks like an IP address"],
  [
    (name) => !name.startsWith("goog") && !/g[o0]{2}g[l1]e/.test(name),
    "neither 'goog' in front nor 'google'",
  ],
];

/** https://cloud.google.com/storage/docs/buckets#naming */
export function bucketName(value: Value): string | undefined {
  if (typeof value !== "string") return undefined;
  const broken = bucketRules.filter(([isKept]) => !isKept(value)).map(([, rule]) => rule);
  return broken.length === 0 ? undefined : `'${value}' is not a name that is allowed: ${broken.join("; ")}`;
}

const mostLabels = 64;

/** https://cloud.google.com/resource-manager/docs/labels-overview#requirements */
export function labelRules(value: Value): string | undefined {
  if (!isValues(value)) return undefined;
  const entries = Object.entries(value);
  const wrong = entries.filter(([key, text]) => !isLabelKey(key) || !isLabelValue(text));
  if (wrong.length > 0)
    return `${wrong.map(([key, text]) => `${key}=${JSON.stringify(text)}`).join(", ")} cannot be labels: each key and value is at most 63 lower-case letters, digits, hyphens and underscores, and a key begins with a letter`;
  if (entries.length > mostLabels)
    return `${entries.length} labels are too many: at most ${mostLabels} are allowed`;
  return undefined;
}

function isLabelKey(key: string): boolean {
  return /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u.test(key);
}

function isLabelValue(text: Value): boolean {
  return isUnknown(text) || (typeof text === "string" && /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u.test(text));
}

/** https://cloud.google.com/iam/docs/principal-identifiers */
export const principal = named({
  pattern:
    /^(allUsers|allAuthenticatedUsers|(user|serviceAccount|group|domain|projectOwner|projectEditor|projectViewer):.+|(principal|principalSet):\/\/.+)$/,
  allowed:
    "a principal, as in 'serviceAccount:name@project.iam.gserviceaccount.com', 'user:', 'group:', 'domain:', 'principal://' or 'principalSet://'",
});

/** https://cloud.google.com/iam/docs/roles-overview */
export const roleName = named({
  pattern: /^(roles\/[a-zA-Z][\w.]*|(projects|organizations)\/[^/]+\/roles\/[\w.]{3,64})$/,
  allowed: "a role, as in 'roles/viewer' or 'projects/name/roles/name'",
});

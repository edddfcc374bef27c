import { text } from "../../cloud/values.ts";
import { decimalDigits } from "../../cloud/ids.ts";
import { addressIn, contains, overlap, parseRange } from "../../cloud/networks.ts";
import type { CloudStore, Stored } from "../../cloud/store.ts";
import type { Resource } from "../../provider/resource.ts";
import { isUnknown, isValues, type Values } from "../../provider/value.ts";
import type { GoogleConfiguration } from "../configuration.ts";
import { google } from "../google.ts";
import { computeLink, nameIn } from "../links.ts";
import { subnetworkProperties } from "./properties.ts";

/** A range of a subnetwork, and how it is called. */
interface NamedRange {
  readonly name: string;
  readonly range: string;
}

const made = google({
  type: "subnetworks",
  api: "compute.googleapis.com",
  properties: subnetworkProperties,
  references: [{ at: "network", to: "networks", by: "name", names: nameIn }],
  pathOf: ({ name }, { project, region }) => `projects/${project}/regions/${region}/subnetworks/${name}`,
  judge(inputs, { id, configuration: { store } }) {
    if (inputs.ipCidrRange === undefined) return "ipCidrRange: required field is not set";
    return problemOfRanges(rangesOf(inputs), neighbours(inputs.network, id, store));
  },
  outputsOf: (inputs, { id }) => ({
    gatewayAddress: addressIn(parseRange(inputs.ipCidrRange ?? ""), 1),
    privateIpGoogleAccess: inputs.privateIpGoogleAccess ?? false,
    privateIpv6GoogleAccess: inputs.privateIpv6GoogleAccess ?? "DISABLE_GOOGLE_ACCESS",
    purpose: inputs.purpose ?? "PRIVATE",
    secondaryIpRanges: inputs.secondaryIpRanges ?? [],
    selfLink: computeLink(id),
    stackType: inputs.stackType ?? "IPV4_ONLY",
    subnetworkId: Number(decimalDigits(id, 15)),
  }),
});

/** A subnetwork may grow in place, but not shrink: https://cloud.google.com/vpc/docs/create-modify-vpc-networks#expand-subnet */
export const subnetwork: Resource<GoogleConfiguration> = {
  ...made,
  async diff(request, context) {
    const difference = await made.diff(request, context);
    if (!shrinks(request.outputs, request.inputs)) return difference;
    const { details } = difference;
    const own = details?.["ipCidrRange"];
    return {
      ...difference,
      replaces: [...new Set([...difference.replaces, "ipCidrRange"])],
      ...(own ? { details: { ...details, ipCidrRange: { ...own, replaces: true } } } : {}),
    };
  },
};

function shrinks({ ipCidrRange: before }: Values, { ipCidrRange: after }: Values): boolean {
  if (typeof before !== "string" || typeof after !== "string" || isUnknown(after)) return false;
  return !contains(parseRange(after), parseRange(before));
}

/** All ranges of a subnetwork: of its nodes, and the secondary ones. */
export function rangesOf({ name, ipCidrRange, secondaryIpRanges }: Values): readonly NamedRange[] {
  const secondary = Array.isArray(secondaryIpRanges) ? secondaryIpRanges.filter(isValues) : [];
  return [
    { name: text(name), range: text(ipCidrRange) },
    ...secondary.map(({ rangeName, ipCidrRange: range }) => ({
      name: text(rangeName),
      range: text(range),
    })),
  ];
}

/** Ranges of the network's other subnetworks. */
function neighbours(network: string, id: string | undefined, store: CloudStore): readonly NamedRange[] {
  const isNeighbour = (each: Stored): boolean =>
    each.id !== id && nameIn(text(each.outputs["network"])) === nameIn(network);
  return store
    .all("subnetworks")
    .filter(isNeighbour)
    .flatMap(({ outputs }) => rangesOf(outputs));
}

/** https://cloud.google.com/vpc/docs/subnets#ipv4-ranges: no two ranges of a network overlap, whatever they are for. */
function problemOfRanges(own: readonly NamedRange[], others: readonly NamedRange[]): string | undefined {
  for (const [index, { name, range }] of own.entries()) {
    const clash = [...others, ...own.slice(0, index)].find((other) =>
      overlap(parseRange(range), parseRange(other.range)),
    );
    if (clash)
      return `googleapi: Error 400: Invalid IPCidrRange: ${range} of '${name}' conflicts with ${clash.range} of '${clash.name}', invalid: ranges of a network may not overlap, so give another one`;
  }
  return undefined;
}

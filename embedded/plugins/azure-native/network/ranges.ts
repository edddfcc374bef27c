/** Ranges of addresses of a virtual network and of its subnets, as Azure judges them. */
import { contains, overlap, parseRange } from "../../cloud/networks.ts";
import type { Stored } from "../../cloud/store.ts";
import { valuesOf } from "../../provider/bridge/types.ts";
import { isUnknown, type Values } from "../../provider/value.ts";
import type { Azure } from "../azure.ts";
import { textOf, textsOf } from "../native/given.ts";
import { folderOf, idOf, storedAt } from "../native/identity.ts";
import { isWithin, nameOf, parentOf, sameId } from "../native/path.ts";

/** Ranges of a virtual network, given as it is given. */
function spacesOf(network: Values): readonly string[] {
  return textsOf(valuesOf(network["addressSpace"])["addressPrefixes"]);
}

/** Ranges of a subnet: one, or several. */
export function prefixesOf(subnet: Values): readonly string[] {
  const { addressPrefix, addressPrefixes } = subnet;
  const all = [textOf(addressPrefix), ...textsOf(addressPrefixes)];
  return all.filter((prefix) => prefix !== "" && !isUnknown(prefix));
}

function subnetsOf(networkId: string, azure: Azure): readonly Stored[] {
  const subnets = azure.store.all(folderOf("Microsoft.Network/virtualNetworks/subnets"));
  return subnets.filter(({ id }) => isWithin(id, networkId));
}

/** A network's own ranges are apart from each other. */
export function problemOfSpaces(inputs: Values): string | undefined {
  const spaces = spacesOf(inputs);
  const [pair] = spaces.flatMap((one, index) =>
    spaces.slice(index + 1).flatMap((other) => (overlaps(one, other) ? [[one, other] as const] : [])),
  );
  return (
    pair &&
    `NetcfgInvalidVirtualNetworkAddressSpace: the address prefixes ${pair[0]} and ${pair[1]} overlap: give each address once`
  );
}

/** A network's ranges hold all of its subnets. */
export function problemOfSubnets(inputs: Values, id: string, azure: Azure): string | undefined {
  const outside = subnetsOf(id, azure).find(
    (subnet) => !areInside(prefixesOf(subnet.outputs), spacesOf(inputs)),
  );
  return (
    outside &&
    `InUseSubnetAddressSpace: the address space of ${nameOf(id)} does not hold its subnet ${nameOf(idOf(outside))} (${prefixesOf(outside.outputs).join(", ")})`
  );
}

/** A subnet is inside its network, and apart from the others. */
export function problemOfSubnet(inputs: Values, id: string, azure: Azure): string | undefined {
  const networkId = parentOf(id);
  const spaces = spacesOf(storedAt(networkId, azure.store)?.outputs ?? {});
  const prefixes = prefixesOf(inputs);
  if (!areInside(prefixes, spaces))
    return `NetcfgInvalidSubnet: subnet '${nameOf(id)}' (${prefixes.join(", ")}) is not valid in virtual network '${nameOf(networkId)}': it must be inside ${spaces.join(" or ")}`;
  const other = subnetsOf(networkId, azure).find(
    (each) =>
      !sameId(each.id, id) &&
      prefixesOf(each.outputs).some((theirs) => prefixes.some((ours) => overlaps(ours, theirs))),
  );
  return (
    other &&
    `NetcfgSubnetRangesOverlap: subnet '${nameOf(id)}' (${prefixes.join(", ")}) is not valid because its IP address range overlaps with that of an existing subnet in virtual network '${nameOf(networkId)}': '${nameOf(idOf(other))}' (${prefixesOf(other.outputs).join(", ")})`
  );
}

function areInside(prefixes: readonly string[], spaces: readonly string[]): boolean {
  return prefixes.every((prefix) => spaces.some((space) => contains(parseRange(space), parseRange(prefix))));
}

export function overlaps(one: string, other: string): boolean {
  return overlap(parseRange(one), parseRange(other));
}

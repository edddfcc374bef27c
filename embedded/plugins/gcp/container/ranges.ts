import type { CloudStore, Stored } from "../../cloud/store.ts";
import { rangesOf } from "../compute/subnetwork.ts";
import { nameIn } from "../links.ts";
import type { ClusterInputs } from "./cluster-outputs.ts";

/** The subnetwork that a cluster names. */
export function subnetworkOf({ subnetwork }: ClusterInputs, store: CloudStore): Stored | undefined {
  return subnetwork === undefined ? undefined : store.find("subnetworks", "name", nameIn(subnetwork));
}

/** Addresses of a cluster's pods and Services, by the names of the subnetwork's ranges or as they are given. */
export function secondaryRanges(
  inputs: ClusterInputs,
  store: CloudStore,
): { readonly pods: string | undefined; readonly services: string | undefined } {
  const { ipAllocationPolicy: policy } = inputs;
  const ranges = rangesOf(subnetworkOf(inputs, store)?.outputs ?? {});
  const named = (name: string | undefined): string | undefined =>
    ranges.find((each) => each.name === name)?.range;
  return {
    pods: named(policy?.clusterSecondaryRangeName) ?? policy?.clusterIpv4CidrBlock,
    services: named(policy?.servicesSecondaryRangeName) ?? policy?.servicesIpv4CidrBlock,
  };
}

/** https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips#cluster_sizing_secondary_range_pods */
export function problemOfSecondaryRanges(inputs: ClusterInputs, store: CloudStore): string | undefined {
  const { clusterSecondaryRangeName: pods, servicesSecondaryRangeName: services } =
    inputs.ipAllocationPolicy ?? {};
  const found = subnetworkOf(inputs, store);
  const [, ...secondary] = rangesOf(found?.outputs ?? {});
  const missing = Object.entries({ Pod: pods, Services: services }).find(
    ([, name]) => name !== undefined && secondary.every((range) => range.name !== name),
  );
  if (!missing) return undefined;
  const there = secondary.map(({ name }) => `"${name}"`).join(", ") || "none";
  return `googleapi: Error 400: ${missing[0]} secondary range "${missing[1]}" does not exist in network "${nameIn(inputs.network)}", subnetwork "${found?.id ?? ""}", badRequest: it has ${there}`;
}

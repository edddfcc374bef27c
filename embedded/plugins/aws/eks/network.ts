import { overlap, parseRange } from "../../cloud/networks.ts";
import type { CloudStore, Stored } from "../../cloud/store.ts";
import { text } from "../../cloud/values.ts";

interface NetworkInputs {
  readonly vpcConfig: {
    readonly subnetIds: readonly string[];
    readonly endpointPrivateAccess: boolean;
    readonly endpointPublicAccess: boolean;
  };
  readonly kubernetesNetworkConfig?: { readonly serviceIpv4Cidr?: string };
}

/**
 * What is wrong with the network of a cluster, in the words of EKS: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
export function problemOfNetwork(inputs: NetworkInputs, store: CloudStore): string | undefined {
  const { subnetIds, endpointPrivateAccess, endpointPublicAccess } = inputs.vpcConfig;
  if (!endpointPrivateAccess && !endpointPublicAccess)
    return "InvalidParameterException: Private and public endpoint access cannot be both disabled";
  const problem = problemOfSubnets(subnetIds, 2, store);
  if (problem !== undefined) return problem;
  const vpc = vpcOf(subnetIds, store);
  const { enableDnsHostnames, enableDnsSupport, cidrBlock } = vpc?.outputs ?? {};
  if (endpointPrivateAccess && !(enableDnsHostnames === true && enableDnsSupport === true))
    return `InvalidParameterException: private endpoint access requires enableDnsHostnames and enableDnsSupport of the vpc '${text(vpc?.id)}'`;
  const services = inputs.kubernetesNetworkConfig?.serviceIpv4Cidr;
  if (services !== undefined && overlap(parseRange(services), parseRange(text(cidrBlock))))
    return `InvalidParameterException: serviceIpv4Cidr ${services} overlaps with the CIDR of the vpc, ${text(cidrBlock)}`;
  return undefined;
}

/** Subnets of one VPC, in some zones at least. */
export function problemOfSubnets(
  subnetIds: readonly string[],
  zones: number,
  store: CloudStore,
): string | undefined {
  const subnets = subnetIds.flatMap((id) => store.get("subnets", id) ?? []);
  const different = (output: string) => new Set(subnets.map(({ outputs }) => outputs[output])).size;
  if (different("vpcId") !== 1) return "InvalidParameterException: Subnets specified must be in the same VPC";
  if (different("availabilityZone") < zones)
    return `InvalidParameterException: Subnets specified must be in at least ${zones} different AZs`;
  return undefined;
}

export function vpcOf(subnetIds: readonly string[], store: CloudStore): Stored | undefined {
  return store.get("vpcs", text(store.get("subnets", subnetIds[0] ?? "")?.outputs["vpcId"]));
}

import { google } from "../google.ts";
import { nameIn } from "../links.ts";
import { routerNatProperties } from "./properties.ts";

const portCounts: ReadonlySet<number> = new Set(Array.from({ length: 12 }, (_, power) => 2 ** (power + 5)));

/** Its router goes with it: the cloud has it as a part of the router. */
export const routerNat = google({
  type: "routerNats",
  api: "compute.googleapis.com",
  properties: routerNatProperties,
  references: [
    { at: "router", to: "routers", by: "name", names: nameIn, holds: false },
    { at: "subnetworks.name", to: "subnetworks", by: "name", names: nameIn },
  ],
  pathOf: ({ name, router }, { project, region }) => `${project}/${region}/${nameIn(router)}/${name}`,
  judge(inputs) {
    const { sourceSubnetworkIpRangesToNat: source, subnetworks = [], natIpAllocateOption } = inputs;
    if ((source === "LIST_OF_SUBNETWORKS") !== subnetworks.length > 0)
      return `googleapi: Error 400: subnetworks are given if and only if sourceSubnetworkIpRangesToNat is "LIST_OF_SUBNETWORKS", which is "${source}", invalid`;
    if (natIpAllocateOption === "MANUAL_ONLY" && (inputs.natIps ?? []).length === 0)
      return 'googleapi: Error 400: natIpAllocateOption "MANUAL_ONLY" takes natIps, of which there are none, invalid: give some, or "AUTO_ONLY"';
    return problemOfPorts(inputs);
  },
  outputsOf: (inputs) => ({
    enableDynamicPortAllocation: inputs.enableDynamicPortAllocation ?? false,
    enableEndpointIndependentMapping: inputs.enableEndpointIndependentMapping ?? false,
    endpointTypes: inputs.endpointTypes ?? ["ENDPOINT_TYPE_VM"],
    minPortsPerVm: inputs.minPortsPerVm ?? (inputs.enableDynamicPortAllocation ? 32 : 64),
    natIps: inputs.natIps ?? [],
  }),
});

/** https://cloud.google.com/nat/docs/ports-and-addresses#ports */
function problemOfPorts(inputs: {
  readonly enableDynamicPortAllocation?: boolean;
  readonly enableEndpointIndependentMapping?: boolean;
  readonly minPortsPerVm?: number;
  readonly maxPortsPerVm?: number;
}): string | undefined {
  const { enableDynamicPortAllocation: dynamic = false, minPortsPerVm, maxPortsPerVm } = inputs;
  if (!dynamic)
    return maxPortsPerVm === undefined
      ? undefined
      : "googleapi: Error 400: maxPortsPerVm takes enableDynamicPortAllocation, invalid: switch it on, or leave maxPortsPerVm out";
  if (inputs.enableEndpointIndependentMapping)
    return "googleapi: Error 400: enableEndpointIndependentMapping and enableDynamicPortAllocation exclude each other, invalid: switch one of them off";
  const odd = [minPortsPerVm, maxPortsPerVm].filter((count) => count !== undefined && !portCounts.has(count));
  if (odd.length > 0)
    return `googleapi: Error 400: ${odd.join(" and ")} ports per VM are not possible, invalid: with dynamic allocation it is a power of 2 from 32 to 65536`;
  if (minPortsPerVm !== undefined && maxPortsPerVm !== undefined && minPortsPerVm >= maxPortsPerVm)
    return `googleapi: Error 400: minPortsPerVm ${minPortsPerVm} must be less than maxPortsPerVm ${maxPortsPerVm}, invalid`;
  return undefined;
}

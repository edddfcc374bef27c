/** What the Compute Engine's resources take and answer. Source of the facts: see ../columns.ts. */
import { rangeOf } from "../../cloud/networks.ts";
import type { Properties, Property } from "../../provider/property.ts";
import { atLeast, between, oneOf } from "../../provider/validate.ts";
import { inProject, output, region } from "../columns.ts";
import { sameName } from "../links.ts";
import { computeName, natName } from "../rules.ts";

const name = {
  type: "string",
  autoName: true,
  replaces: true,
  validate: computeName,
} as const satisfies Property;

/** https://cloud.google.com/vpc/docs/subnets#manually_created_subnet_ip_ranges */
const subnetworkRange = rangeOf(4, 29);

const description = { type: "string", replaces: true } as const satisfies Property;

const seconds = (usual: number) =>
  ({ type: "integer", default: usual, validate: atLeast(1) }) as const satisfies Property;

export const networkProperties = {
  ...inProject,
  name,
  autoCreateSubnetworks: { type: "boolean", default: true, replaces: true },
  deleteDefaultRoutesOnCreate: { type: "boolean", default: false },
  description,
  mtu: { type: "integer", computed: true, validate: between(1300, 8896) },
  routingMode: { type: "string", computed: true, validate: oneOf("REGIONAL", "GLOBAL") },
  gatewayIpv4: output,
  networkId: output,
  selfLink: output,
} as const satisfies Properties;

export const subnetworkProperties = {
  ...inProject,
  name,
  description,
  ipCidrRange: { type: "string", computed: true, validate: subnetworkRange },
  logConfig: {
    type: {
      object: {
        aggregationInterval: {
          type: "string",
          default: "INTERVAL_5_SEC",
          validate: oneOf(
            ...["5_SEC", "30_SEC", "1_MIN", "5_MIN", "10_MIN", "15_MIN"].map((each) => `INTERVAL_${each}`),
          ),
        },
        filterExpr: { type: "string", default: "true" },
        flowSampling: { type: "number", default: 0.5, validate: between(0, 1) },
        metadata: {
          type: "string",
          default: "INCLUDE_ALL_METADATA",
          validate: oneOf("EXCLUDE_ALL_METADATA", "INCLUDE_ALL_METADATA", "CUSTOM_METADATA"),
        },
        metadataFields: { type: { set: "string" } },
      },
    },
  },
  network: { type: "string", required: true, replaces: true, suppress: sameName },
  privateIpGoogleAccess: { type: "boolean", computed: true },
  privateIpv6GoogleAccess: { type: "string", computed: true },
  purpose: {
    type: "string",
    computed: true,
    validate: oneOf("PRIVATE", "REGIONAL_MANAGED_PROXY", "GLOBAL_MANAGED_PROXY", "PRIVATE_SERVICE_CONNECT"),
  },
  region,
  secondaryIpRanges: {
    type: {
      list: {
        object: {
          rangeName: { type: "string", required: true, validate: computeName },
          ipCidrRange: { type: "string", required: true, validate: subnetworkRange },
        },
      },
    },
    computed: true,
  },
  stackType: { type: "string", computed: true, validate: oneOf("IPV4_ONLY", "IPV4_IPV6", "IPV6_ONLY") },
  gatewayAddress: output,
  selfLink: output,
  subnetworkId: { type: "integer", output: true },
} as const satisfies Properties;

export const routerProperties = {
  ...inProject,
  name,
  description: { type: "string" },
  network: { type: "string", required: true, replaces: true, suppress: sameName },
  region,
  selfLink: output,
} as const satisfies Properties;

export const routerNatProperties = {
  ...inProject,
  name: { ...name, validate: natName },
  enableDynamicPortAllocation: { type: "boolean", computed: true },
  enableEndpointIndependentMapping: { type: "boolean", computed: true },
  endpointTypes: { type: { list: "string" }, computed: true, replaces: true },
  icmpIdleTimeoutSec: seconds(30),
  logConfig: {
    type: {
      object: {
        enable: { type: "boolean", required: true },
        filter: {
          type: "string",
          required: true,
          validate: oneOf("ERRORS_ONLY", "TRANSLATIONS_ONLY", "ALL"),
        },
      },
    },
  },
  maxPortsPerVm: { type: "integer", validate: atLeast(0) },
  minPortsPerVm: { type: "integer", computed: true, validate: atLeast(0) },
  natIpAllocateOption: { type: "string", validate: oneOf("MANUAL_ONLY", "AUTO_ONLY") },
  natIps: { type: { set: "string" }, computed: true },
  region,
  router: { type: "string", required: true, replaces: true, suppress: sameName },
  sourceSubnetworkIpRangesToNat: {
    type: "string",
    required: true,
    validate: oneOf(
      "ALL_SUBNETWORKS_ALL_IP_RANGES",
      "ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES",
      "LIST_OF_SUBNETWORKS",
    ),
  },
  subnetworks: {
    type: {
      set: {
        object: {
          name: { type: "string", required: true, suppress: sameName },
          secondaryIpRangeNames: { type: { set: "string" } },
          sourceIpRangesToNats: { type: { set: "string" }, required: true },
        },
      },
    },
  },
  tcpEstablishedIdleTimeoutSec: seconds(1200),
  tcpTimeWaitTimeoutSec: seconds(120),
  tcpTransitoryIdleTimeoutSec: seconds(30),
  type: { type: "string", default: "PUBLIC", replaces: true, validate: oneOf("PUBLIC", "PRIVATE") },
  udpIdleTimeoutSec: seconds(30),
} as const satisfies Properties;

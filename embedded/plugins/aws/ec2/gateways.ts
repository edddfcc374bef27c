/**
 * Ways out of a network. Source of the facts: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/internet_gateway,
 * …/eip and …/nat_gateway
 */
import { decimalDigits } from "../../cloud/ids.ts";
import { text } from "../../cloud/values.ts";
import { oneOf } from "../../provider/validate.ts";
import { onAws, output, regional, tagged } from "../define.ts";
import { ec2Id } from "./ids.ts";

export const internetGateway = onAws({
  type: "internet-gateways",
  properties: {
    ...regional,
    ...tagged,
    vpcId: { type: "string", computed: true },
    arn: output,
    ownerId: output,
  },
  references: [{ at: "vpcId", to: "vpcs" }],
  judge(inputs, { configuration, id }) {
    const other = configuration.store
      .all("internet-gateways")
      .find((each) => each.outputs["vpcId"] === inputs.vpcId);
    if (inputs.vpcId === undefined || !other || other.id === id) return undefined;
    return `InvalidParameterValue: Network ${inputs.vpcId} already has an internet gateway attached: ${other.id}`;
  },
  idOf: (_, { seed }) => ec2Id("igw", seed),
  outputsOf: (_, { id, configuration }) => ({
    arn: configuration.arn("ec2", `internet-gateway/${id}`),
    ownerId: configuration.accountId,
  }),
});

export const eip = onAws({
  type: "addresses",
  timeouts: { create: 0, update: 300, delete: 180 },
  properties: {
    ...regional,
    ...tagged,
    domain: { type: "string", computed: true, replaces: true, validate: oneOf("vpc", "standard") },
    allocationId: output,
    arn: output,
    publicDns: output,
    publicIp: output,
    ptrRecord: output,
  },
  idOf: (_, { seed }) => ec2Id("eipalloc", seed),
  outputsOf(inputs, { id, configuration }) {
    const publicIp = documentationAddress(id);
    return {
      domain: inputs.domain ?? "vpc",
      allocationId: id,
      arn: configuration.arn("ec2", `elastic-ip/${id}`),
      publicIp,
      publicDns: `ec2-${publicIp.replaceAll(".", "-")}.${configuration.region}.compute.amazonaws.com`,
    };
  },
});

export const natGateway = onAws({
  type: "nat-gateways",
  timeouts: { create: 600, update: 600, delete: 1800 },
  properties: {
    ...regional,
    ...tagged,
    allocationId: { type: "string", replaces: true },
    connectivityType: {
      type: "string",
      default: "public",
      replaces: true,
      validate: oneOf("public", "private"),
    },
    subnetId: { type: "string", required: true, replaces: true },
    associationId: output,
    networkInterfaceId: output,
    privateIp: output,
    publicIp: output,
  },
  references: [
    { at: "subnetId", to: "subnets" },
    { at: "allocationId", to: "addresses" },
  ],
  judge(inputs, { configuration: { store }, id }) {
    if (inputs.connectivityType === "private") return undefined;
    if (inputs.allocationId === undefined)
      return "MissingParameter: The request must contain the parameter AllocationId";
    const vpcId = store.get("subnets", inputs.subnetId)?.outputs["vpcId"];
    if (!store.all("internet-gateways").some(({ outputs }) => outputs["vpcId"] === vpcId))
      return `Gateway.NotAttached: Network ${text(vpcId)} has no Internet gateway attached: attach one first, and depend on it`;
    const other = store
      .all("nat-gateways")
      .find((each) => each.outputs["allocationId"] === inputs.allocationId);
    if (!other || other.id === id) return undefined;
    return `Resource.AlreadyAssociated: Elastic IP address [${inputs.allocationId}] is already associated: with ${other.id}`;
  },
  idOf: (_, { seed }) => ec2Id("nat", seed),
  outputsOf: (inputs, { id, configuration: { store } }) => ({
    associationId: ec2Id("eipassoc", id),
    networkInterfaceId: ec2Id("eni", id),
    publicIp: text(store.get("addresses", inputs.allocationId ?? "")?.outputs["publicIp"]),
  }),
});

/** An address that belongs to nobody, as those of documentation: 203.0.113.0/24, https://www.rfc-editor.org/rfc/rfc5737 */
function documentationAddress(id: string): string {
  return `203.0.113.${(Number(decimalDigits(id, 5)) % 254) + 1}`;
}

/** Networks. Source of the facts: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc */
import { rangeOf } from "../../cloud/networks.ts";
import { oneOf } from "../../provider/validate.ts";
import { onAws, output, regional, tagged } from "../define.ts";
import { ec2Id } from "./ids.ts";

export const vpc = onAws({
  type: "vpcs",
  announces: true,
  schemaVersion: 1,
  properties: {
    ...regional,
    ...tagged,
    // https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
    cidrBlock: { type: "string", required: true, replaces: true, validate: rangeOf(16, 28) },
    enableDnsHostnames: { type: "boolean", computed: true },
    enableDnsSupport: { type: "boolean", default: true },
    enableNetworkAddressUsageMetrics: { type: "boolean", computed: true },
    instanceTenancy: { type: "string", default: "default", validate: oneOf("default", "dedicated") },
    arn: output,
    defaultNetworkAclId: output,
    defaultRouteTableId: output,
    defaultSecurityGroupId: output,
    dhcpOptionsId: output,
    mainRouteTableId: output,
    ownerId: output,
  },
  idOf: (_, { seed }) => ec2Id("vpc", seed),
  outputsOf: (inputs, { id, configuration }) => ({
    arn: configuration.arn("ec2", `vpc/${id}`),
    enableDnsHostnames: inputs.enableDnsHostnames ?? false,
    enableNetworkAddressUsageMetrics: inputs.enableNetworkAddressUsageMetrics ?? false,
    defaultNetworkAclId: ec2Id("acl", id),
    defaultRouteTableId: ec2Id("rtb", id),
    defaultSecurityGroupId: ec2Id("sg", id),
    dhcpOptionsId: ec2Id("dopt", configuration.region),
    mainRouteTableId: ec2Id("rtb", id),
    ownerId: configuration.accountId,
  }),
});

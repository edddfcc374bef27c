/** Ways to services of AWS. Source of the facts: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_endpoint */
import { oneOf } from "../../provider/validate.ts";
import { onAws, output, outputFlag, outputs, regional, tagged } from "../define.ts";
import { ec2Id } from "./ids.ts";

/** https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html */
const WITH_GATEWAYS = ["s3", "dynamodb"];

export const vpcEndpoint = onAws({
  type: "vpc-endpoints",
  timeouts: { create: 600, update: 600, delete: 600 },
  properties: {
    ...regional,
    ...tagged,
    ipAddressType: { type: "string", computed: true, validate: oneOf("ipv4", "dualstack", "ipv6") },
    policy: { type: "string", computed: true },
    privateDnsEnabled: { type: "boolean", computed: true },
    routeTableIds: { type: { set: "string" }, computed: true },
    securityGroupIds: { type: { set: "string" }, computed: true },
    serviceName: { type: "string", required: true, replaces: true },
    subnetIds: { type: { set: "string" }, computed: true },
    vpcEndpointType: {
      type: "string",
      default: "Gateway",
      replaces: true,
      validate: oneOf("Gateway", "Interface", "GatewayLoadBalancer"),
    },
    vpcId: { type: "string", required: true, replaces: true },
    arn: output,
    networkInterfaceIds: outputs,
    ownerId: output,
    prefixListId: output,
    requesterManaged: outputFlag,
    state: output,
  },
  references: [
    { at: "vpcId", to: "vpcs" },
    { at: "routeTableIds", to: "route-tables" },
    { at: "subnetIds", to: "subnets" },
    { at: "securityGroupIds", to: ["security-groups", "default-security-groups"] },
  ],
  judge({ serviceName, vpcEndpointType, subnetIds = [], routeTableIds = [] }, { configuration }) {
    const prefix = `com.amazonaws.${configuration.region}.`;
    const service = serviceName.slice(prefix.length);
    if (!serviceName.startsWith(prefix))
      return `InvalidServiceName: The Vpc Endpoint Service '${serviceName}' does not exist: names begin with ${prefix}`;
    if (vpcEndpointType === "Gateway" && !WITH_GATEWAYS.includes(service))
      return `InvalidParameter: Endpoint type (Gateway) does not match available service types ([Interface]) for service ${serviceName}`;
    if (vpcEndpointType === "Gateway" && subnetIds.length > 0)
      return "InvalidParameter: Subnet IDs are only supported for Interface and GatewayLoadBalancer type VPC Endpoints";
    if (vpcEndpointType === "Interface" && routeTableIds.length > 0)
      return "InvalidParameter: Route table IDs are only supported for Gateway type VPC Endpoint";
    return undefined;
  },
  idOf: (_, { seed }) => ec2Id("vpce", seed),
  outputsOf: (inputs, { id, configuration }) => ({
    arn: configuration.arn("ec2", `vpc-endpoint/${id}`),
    ipAddressType: inputs.ipAddressType ?? "ipv4",
    policy: inputs.policy ?? JSON.stringify(fullAccess),
    privateDnsEnabled: inputs.privateDnsEnabled ?? false,
    routeTableIds: inputs.routeTableIds ?? [],
    securityGroupIds: inputs.securityGroupIds ?? [],
    subnetIds: inputs.subnetIds ?? [],
    networkInterfaceIds: (inputs.subnetIds ?? []).map((subnetId) => ec2Id("eni", `${id} ${subnetId}`)),
    ownerId: configuration.accountId,
    requesterManaged: false,
    state: "available",
  }),
});

/** https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html#default-endpoint-policy */
const fullAccess = {
  Statement: [{ Action: "*", Effect: "Allow", Principal: "*", Resource: "*" }],
  Version: "2008-10-17",
};

/**
 * Where packets go. Source of the facts: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route_table, …/route and
 * …/route_table_association
 */
import { decimalDigits } from "../../cloud/ids.ts";
import { rangeOf } from "../../cloud/networks.ts";
import { onAws, output, regional, tagged } from "../define.ts";
import { ec2Id } from "./ids.ts";

/** `0.0.0.0/0` is a destination, and the smallest range an address. */
const destination = rangeOf(0, 32);

export const routeTable = onAws({
  type: "route-tables",
  properties: {
    ...regional,
    ...tagged,
    vpcId: { type: "string", required: true, replaces: true },
    arn: output,
    ownerId: output,
  },
  references: [{ at: "vpcId", to: "vpcs" }],
  idOf: (_, { seed }) => ec2Id("rtb", seed),
  outputsOf: (_, { id, configuration }) => ({
    arn: configuration.arn("ec2", `route-table/${id}`),
    ownerId: configuration.accountId,
  }),
});

export const route = onAws({
  type: "routes",
  timeouts: { create: 300, update: 120, delete: 300 },
  properties: {
    ...regional,
    destinationCidrBlock: { type: "string", required: true, replaces: true, validate: destination },
    gatewayId: { type: "string", conflictsWith: ["natGatewayId"] },
    natGatewayId: { type: "string" },
    routeTableId: { type: "string", required: true, replaces: true },
    origin: output,
    state: output,
  },
  validate: (inputs) =>
    inputs["gatewayId"] === undefined && inputs["natGatewayId"] === undefined
      ? "one of gatewayId and natGatewayId must be given"
      : undefined,
  references: [
    { at: "routeTableId", to: "route-tables" },
    { at: "gatewayId", to: "internet-gateways" },
    { at: "natGatewayId", to: "nat-gateways", holds: false },
  ],
  idOf: ({ routeTableId, destinationCidrBlock }) =>
    `r-${routeTableId}${decimalDigits(destinationCidrBlock, 10)}`,
  outputsOf: () => ({ origin: "CreateRoute", state: "active" }),
});

export const routeTableAssociation = onAws({
  type: "route-table-associations",
  timeouts: { create: 300, update: 120, delete: 300 },
  properties: {
    ...regional,
    routeTableId: { type: "string", required: true },
    subnetId: { type: "string", required: true, replaces: true },
  },
  references: [
    { at: "routeTableId", to: "route-tables" },
    { at: "subnetId", to: "subnets" },
  ],
  judge({ subnetId }, { configuration, id }) {
    const other = configuration.store
      .all("route-table-associations")
      .find((each) => each.outputs["subnetId"] === subnetId && each.id !== id);
    return (
      other &&
      `Resource.AlreadyAssociated: the specified association for ${subnetId} conflicts with an existing one: ${other.id}`
    );
  },
  idOf: (_, { seed }) => ec2Id("rtbassoc", seed),
});

/** Subnets. Source of the facts: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/subnet */
import { contains, overlap, parseRange, rangeOf } from "../../cloud/networks.ts";
import type { CloudStore } from "../../cloud/store.ts";
import { text } from "../../cloud/values.ts";
import { onAws, output, regional, tagged } from "../define.ts";
import { zonesOf } from "../regions.ts";
import { ec2Id } from "./ids.ts";

export const subnet = onAws({
  type: "subnets",
  schemaVersion: 1,
  properties: {
    ...regional,
    ...tagged,
    assignIpv6AddressOnCreation: { type: "boolean", default: false },
    availabilityZone: { type: "string", computed: true, replaces: true },
    // https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
    cidrBlock: { type: "string", required: true, replaces: true, validate: rangeOf(16, 28) },
    mapPublicIpOnLaunch: { type: "boolean", default: false },
    vpcId: { type: "string", required: true, replaces: true },
    arn: output,
    availabilityZoneId: output,
    ownerId: output,
  },
  references: [{ at: "vpcId", to: "vpcs" }],
  judge(inputs, { configuration, id }) {
    const zone = inputs.availabilityZone;
    const zones = zonesOf(configuration.region).map(({ name }) => name);
    if (zone !== undefined && !zones.includes(zone))
      return `InvalidParameterValue: Value (${zone}) for parameter availabilityZone is invalid: ${configuration.region} has ${zones.join(", ")}`;
    return problemOfRange(inputs.vpcId, inputs.cidrBlock, id, configuration.store);
  },
  idOf: (_, { seed }) => ec2Id("subnet", seed),
  outputsOf(inputs, { id, configuration, known }) {
    const zones = zonesOf(configuration.region);
    const name = inputs.availabilityZone ?? known?.availabilityZone ?? zones[0]?.name;
    const zone = zones.find((each) => each.name === name);
    return {
      arn: configuration.arn("ec2", `subnet/${id}`),
      availabilityZone: zone?.name ?? null,
      availabilityZoneId: zone?.id ?? null,
      ownerId: configuration.accountId,
    };
  },
});

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html: InvalidSubnet.Range, InvalidSubnet.Conflict */
function problemOfRange(
  vpcId: string,
  given: string,
  id: string | undefined,
  store: CloudStore,
): string | undefined {
  const range = parseRange(given);
  const whole = text(store.get("vpcs", vpcId)?.outputs["cidrBlock"]);
  if (!contains(parseRange(whole), range))
    return `InvalidSubnet.Range: The CIDR '${given}' is invalid: it is not inside the vpc's, ${whole}`;
  const other = store
    .all("subnets")
    .filter((each) => each.id !== id && each.outputs["vpcId"] === vpcId)
    .find(({ outputs }) => overlap(parseRange(text(outputs["cidrBlock"])), range));
  return (
    other &&
    `InvalidSubnet.Conflict: The CIDR '${given}' conflicts with another subnet: ${other.id} has ${text(other.outputs["cidrBlock"])}`
  );
}

/**
 * Which packets may pass. Source of the facts: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group,
 * …/default_security_group and …/vpc_security_group_ingress_rule
 */
import { rangeOf } from "../../cloud/networks.ts";
import { text } from "../../cloud/values.ts";
import { onAws, output, regional, tagged } from "../define.ts";
import type { Properties } from "../../provider/property.ts";
import { between } from "../../provider/validate.ts";
import { ec2Id } from "./ids.ts";

const port = between(-1, 65_535);

const inlineRules = {
  type: {
    set: {
      object: {
        cidrBlocks: { type: { list: "string" } },
        description: { type: "string" },
        fromPort: { type: "integer", required: true, validate: port },
        protocol: { type: "string", required: true },
        securityGroups: { type: { set: "string" } },
        self: { type: "boolean", default: false },
        toPort: { type: "integer", required: true, validate: port },
      },
    },
  },
} as const;

export const securityGroup = onAws({
  type: "security-groups",
  schemaVersion: 1,
  timeouts: { create: 600, update: 0, delete: 900 },
  properties: {
    ...regional,
    ...tagged,
    description: { type: "string", default: "Managed by Pulumi", replaces: true },
    egress: { ...inlineRules, computed: true },
    ingress: { ...inlineRules, computed: true },
    name: { type: "string", autoName: true, computed: true, replaces: true },
    revokeRulesOnDelete: { type: "boolean", default: false },
    vpcId: { type: "string", required: true, replaces: true },
    arn: output,
    ownerId: output,
  },
  references: [
    { at: "vpcId", to: "vpcs" },
    { at: "ingress.securityGroups", to: "security-groups" },
  ],
  judge({ name, vpcId }, { configuration, id }) {
    const other = configuration.store
      .all("security-groups")
      .find(({ outputs }) => outputs["name"] === name && outputs["vpcId"] === vpcId);
    if (!other || other.id === id) return undefined;
    return `InvalidGroup.Duplicate: The security group '${name}' already exists for VPC '${vpcId}'`;
  },
  idOf: (_, { seed }) => ec2Id("sg", seed),
  outputsOf: ({ egress = [], ingress = [] }, { id, configuration }) => ({
    arn: configuration.arn("ec2", `security-group/${id}`),
    egress,
    ingress,
    ownerId: configuration.accountId,
  }),
});

/** The group that a network is born with: it is taken over and its rules are set; it goes with its network only. */
export const defaultSecurityGroup = onAws({
  type: "default-security-groups",
  schemaVersion: 1,
  properties: {
    ...regional,
    ...tagged,
    egress: inlineRules,
    ingress: inlineRules,
    revokeRulesOnDelete: { type: "boolean", default: false },
    vpcId: { type: "string", required: true, replaces: true },
    arn: output,
    description: output,
    name: output,
    ownerId: output,
  },
  // It exists as long as its network does, and is no reason to keep that.
  references: [{ at: "vpcId", to: "vpcs", holds: false }],
  idOf: ({ vpcId }, { configuration }) =>
    text(configuration.store.get("vpcs", vpcId)?.outputs["defaultSecurityGroupId"]),
  outputsOf: (_, { id, configuration }) => ({
    arn: configuration.arn("ec2", `security-group/${id}`),
    description: "default VPC security group",
    name: "default",
    ownerId: configuration.accountId,
  }),
});

/** A rule of its own: what a group lets in, and what out. */
const ruleProperties = {
  ...regional,
  ...tagged,
  cidrIpv4: { type: "string", validate: rangeOf() },
  description: { type: "string" },
  fromPort: { type: "integer", validate: port },
  ipProtocol: { type: "string", required: true },
  referencedSecurityGroupId: { type: "string", conflictsWith: ["cidrIpv4"] },
  securityGroupId: { type: "string", required: true, replaces: true },
  toPort: { type: "integer", validate: port },
  arn: output,
  securityGroupRuleId: output,
} as const satisfies Properties;

const rule = () =>
  onAws({
    type: "security-group-rules",
    bridge: "framework",
    properties: ruleProperties,
    references: [
      { at: "securityGroupId", to: ["security-groups", "default-security-groups"] },
      { at: "referencedSecurityGroupId", to: ["security-groups", "default-security-groups"] },
    ],
    idOf: (_, { seed }) => ec2Id("sgr", seed),
    outputsOf: (_, { id, configuration }) => ({
      arn: configuration.arn("ec2", `security-group-rule/${id}`),
      securityGroupRuleId: id,
    }),
  });

export const securityGroupIngressRule = rule();
export const securityGroupEgressRule = rule();

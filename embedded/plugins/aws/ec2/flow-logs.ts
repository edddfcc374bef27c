/** Logs of connections. Source of the facts: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/flow_log */
import { oneOf } from "../../provider/validate.ts";
import { onAws, output, regional, tagged } from "../define.ts";
import { ec2Id } from "./ids.ts";

const DEFAULT_FORMAT =
  "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}";

export const flowLog = onAws({
  type: "flow-logs",
  properties: {
    ...regional,
    ...tagged,
    iamRoleArn: { type: "string", replaces: true },
    logDestination: { type: "string", computed: true, replaces: true },
    logDestinationType: {
      type: "string",
      default: "cloud-watch-logs",
      replaces: true,
      validate: oneOf("cloud-watch-logs", "s3", "kinesis-data-firehose"),
    },
    logFormat: { type: "string", computed: true, replaces: true },
    maxAggregationInterval: { type: "integer", default: 600, replaces: true },
    trafficType: { type: "string", replaces: true, validate: oneOf("ACCEPT", "REJECT", "ALL") },
    vpcId: { type: "string", required: true, replaces: true },
    arn: output,
  },
  references: [
    { at: "vpcId", to: "vpcs", holds: false },
    { at: "iamRoleArn", to: "roles", by: "arn", holds: false },
    { at: "logDestination", to: ["log-groups", "buckets"], by: "arn", holds: false },
  ],
  judge: ({ logDestinationType, iamRoleArn }) =>
    logDestinationType === "cloud-watch-logs" && iamRoleArn === undefined
      ? "InvalidParameter: DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs: give iamRoleArn"
      : undefined,
  idOf: (_, { seed }) => ec2Id("fl", seed),
  outputsOf: (inputs, { id, configuration }) => ({
    arn: configuration.arn("ec2", `vpc-flow-log/${id}`),
    logFormat: inputs.logFormat ?? DEFAULT_FORMAT,
  }),
});

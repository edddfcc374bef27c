import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as kms from "@pulumi/aws/kms/index.js";
import * as pulumi from "@pulumi/pulumi";
import { makeLogGroup } from "./logs.ts";
import { makeServiceRole } from "./roles.ts";
import { type EksScope, named } from "./scope.ts";

/** Logs which connections a network refused; those that it let through would be many times as much. */
export function makeFlowLog(vpc: ec2.Vpc, key: kms.Key, scope: EksScope): void {
  const { name } = scope;
  const group = makeLogGroup("flow-logs", `/aws/vpc/${name}/flow-logs`, key, scope);
  // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
  const actions = ["CreateLogStream", "PutLogEvents", "DescribeLogGroups", "DescribeLogStreams"];
  const writing = {
    Effect: "Allow",
    Action: actions.map((action) => `logs:${action}`),
    Resource: [group.arn, pulumi.interpolate`${group.arn}:*`],
  } as const;
  const source = pulumi.interpolate`arn:aws:ec2:${scope.region}:${scope.account}:vpc-flow-log/*`;
  const taker = { service: "vpc-flow-logs", source };
  const role = makeServiceRole("flow-logs", taker, { own: [writing] }, scope);
  new ec2.FlowLog(
    name,
    {
      vpcId: vpc.id,
      trafficType: "REJECT",
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      ...named(name),
    },
    scope.options({ dependsOn: [...role.ready] }),
  );
}

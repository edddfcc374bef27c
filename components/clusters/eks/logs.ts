import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import type * as kms from "@pulumi/aws/kms/index.js";
import type { EksScope } from "./scope.ts";

/** The least that https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-16 asks for. */
const RETENTION_DAYS = 365;

/** A group of encrypted logs, which is there before somebody writes to it: what AWS makes by itself keeps them in clear, for ever. */
export function makeLogGroup(name: string, path: string, key: kms.Key, scope: EksScope): cloudwatch.LogGroup {
  return new cloudwatch.LogGroup(
    `${scope.name}-${name}`,
    { name: path, kmsKeyId: key.arn, retentionInDays: RETENTION_DAYS },
    scope.options(),
  );
}

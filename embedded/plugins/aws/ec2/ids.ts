import { hexDigits } from "../../cloud/ids.ts";

/** Ids of EC2: what it is, and 17 hexadecimal digits: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
export function ec2Id(prefix: string, seed: string): string {
  return `${prefix}-0${hexDigits(`${prefix} ${seed}`, 16)}`;
}

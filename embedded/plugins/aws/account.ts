import type { CloudConfiguration } from "../cloud/cloud.ts";
import { MachineCluster } from "../cloud/local-cluster.ts";
import { CloudStore } from "../cloud/store.ts";
import type { Values } from "../provider/value.ts";
import { isRegion } from "./regions.ts";
import { refusals } from "./refusals.ts";

/** The account in AWS' own documentation: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html */
const ACCOUNT = "111122223333";

type Tags = Readonly<Record<string, string>>;

/** The imagined account, as one provider of a program sees it. */
export interface AwsAccount extends CloudConfiguration {
  readonly accountId: string;
  readonly region: string;
  /** What the provider puts on everything that can have tags. */
  readonly defaultTags: Tags;
  /** Which resource it is in all of AWS: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
  arn(service: string, resource: string, region?: string): string;
}

/** What is in the world beside the account. */
export type Surroundings = Pick<AwsAccount, "store" | "localCluster">;

/** @throws Error if it is told no region, or one that is none */
export function accountOf(
  settings: Values,
  surroundings: Surroundings = { store: new CloudStore("aws"), localCluster: new MachineCluster() },
): AwsAccount {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const region = settings["region"] ?? AWS_REGION ?? AWS_DEFAULT_REGION;
  if (typeof region !== "string")
    throw new Error("no region is given: give the provider its `region`, or set AWS_REGION");
  const problem = isRegion(region);
  if (problem !== undefined) throw new Error(problem);
  const { tags = {} } = (settings["defaultTags"] ?? {}) as { readonly tags?: Tags };
  return {
    cloud: { title: "AWS", name: "aws", refusals },
    ...surroundings,
    accountId: ACCOUNT,
    region,
    defaultTags: tags,
    arn: (service, resource, where = region) => `arn:aws:${service}:${where}:${ACCOUNT}:${resource}`,
  };
}

import { z } from "zod";
import { loaded } from "../components/clusters/loaded.ts";
import { cloudTarget } from "./cloud-target.ts";
import { anyText, oneOf } from "./settings.ts";

const arns = z.array(z.string().regex(/^arn:/, { error: "ARNs of users or roles" })).optional();

const subnets = z
  .array(z.string().regex(/^subnet-/, { error: "ids of subnets, as in subnet-0a1b2c" }))
  .min(2, { error: "ids of private subnets in two zones at least" })
  .describe("ids of private subnets");

/** A cluster on AWS. */
export const eks = cloudTarget(
  {
    region: anyText.optional().describe("region; us-west-2 if it is left out"),
    cidr: z
      .cidrv4({ error: "a network, as in 10.0.0.0/16" })
      .optional()
      .describe("addresses of the network; 10.0.0.0/16 if it is left out"),
    nat: oneOf(["one", "perZone"])
      .optional()
      .describe("gateways to the internet: one, or one in each zone, which is the default"),
    administrators: arns.describe("ARNs of users and roles that may do everything in the cluster"),
    viewers: arns.describe("ARNs of users and roles that may see everything but Secrets"),
    existing: z
      .union(
        [
          z.strictObject({ privateSubnetIds: subnets }),
          z.strictObject({
            cluster: anyText.describe("name of a cluster"),
            privateSubnetIds: subnets,
            storageClass: anyText.optional().describe("its storage class; its default if it is left out"),
            present: z
              .array(oneOf(["entry", "certManager", "keda", "cloudNativePg", "metrics"]))
              .optional()
              .describe("add-ons that it has; the metrics server if it is left out"),
          }),
        ],
        { error: "{ privateSubnetIds } or { cluster, privateSubnetIds }" },
      )
      .optional()
      .describe("a network, or a cluster, that is there already"),
  },
  async () => (await loaded("@pulumi/aws", () => import("../components/clusters/eks.ts"))).Eks,
);

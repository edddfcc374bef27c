/** What `keelson/clusters/eks` is: clusters on AWS, which take the package @pulumi/aws beside keelson. */
import { loaded } from "../loaded.ts";

const module = await loaded("@pulumi/aws", () => import("../eks.ts"));

export const { Eks } = module;
export type Eks = import("../eks.ts").Eks;
export type { EksArgs, ExistingCluster, ExistingNetwork } from "../eks.ts";
export type * from "../cloud-args.ts";
export type * from "../cloud-cluster.ts";

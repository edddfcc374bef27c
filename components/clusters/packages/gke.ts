/** What `keelson/clusters/gke` is: clusters on Google Cloud, which take the package @pulumi/gcp beside keelson. */
import { loaded } from "../loaded.ts";

const module = await loaded("@pulumi/gcp", () => import("../gke.ts"));

export const { Gke } = module;
export type Gke = import("../gke.ts").Gke;
export type { GkeArgs, ExistingCluster, ExistingNetwork } from "../gke.ts";
export type * from "../cloud-args.ts";
export type * from "../cloud-cluster.ts";

/** What `keelson/clusters/aks` is: clusters on Azure, which take the package @pulumi/azure-native beside keelson. */
import { loaded } from "../loaded.ts";

const module = await loaded("@pulumi/azure-native", () => import("../aks.ts"));

export const { Aks } = module;
export type Aks = import("../aks.ts").Aks;
export type { AksArgs, ExistingCluster, ExistingNetwork } from "../aks.ts";
export type * from "../cloud-args.ts";
export type * from "../cloud-cluster.ts";

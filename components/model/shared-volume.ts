import type * as pulumi from "@pulumi/pulumi";
import type { User } from "./workload.ts";

/** A folder that several workloads of one target may have; made by the target, and known there only. */
export interface SharedVolume {
  readonly name: string;
  /** Exist once workloads may come that have it. */
  readonly ready: readonly pulumi.Input<pulumi.Resource>[];
}

/** What a shared folder is to be. */
export interface SharedVolumeArgs {
  /** Raised later at will, never lowered. */
  readonly sizeGiB: number;
  /** Whose files they are; whatever else has the folder reads them. */
  readonly user: User;
}

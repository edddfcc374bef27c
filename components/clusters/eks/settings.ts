import type { BackupsArgs } from "../cloud-args.ts";
import { type PoolDefaults, type Pools, poolsOf } from "../pools.ts";
import { defaultVersion } from "../versions.ts";
import type { EksArgs, Nat } from "./eks-args.ts";

/** Everything that arguments leave open, decided. */
export interface EksSettings {
  readonly clusterName: string;
  readonly region: string;
  readonly version: string;
  readonly cidr: string;
  readonly nat: Nat;
  readonly pools: Pools;
  readonly tags: Readonly<Record<string, string>>;
  readonly deletionProtection: boolean;
  readonly backups: Required<BackupsArgs>;
}

/** Sizes of nodes on AWS. */
export const POOLS: PoolDefaults = {
  general: { type: "t3.xlarge", min: 3, initial: 3, max: 10 },
  memory: { type: "r6i.2xlarge", min: 0, initial: 3, max: 6 },
  gpu: { type: "g6.xlarge", min: 0, initial: 1, max: 2 },
};

/** Decides what the arguments of a cluster leave open. */
export function settingsOf(name: string, args: EksArgs): EksSettings {
  const { region = "us-west-2", version = defaultVersion("eks"), cidr = "10.0.0.0/16" } = args;
  const { nat = "perZone", pools, tags, deletionProtection = true, backups = {}, existing } = args;
  const { retentionDays = 30, account = { namespace: name, name: "backups" } } = backups;
  return {
    clusterName: existing && "cluster" in existing ? existing.cluster : name,
    region,
    version,
    cidr,
    nat,
    pools: poolsOf(POOLS, pools),
    tags: { keelson: name, ...tags },
    deletionProtection,
    backups: { retentionDays, account },
  };
}

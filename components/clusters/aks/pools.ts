import type { PoolDefaults } from "../pools.ts";

/** Sizes of nodes on Azure. */
export const POOLS: PoolDefaults = {
  general: { type: "Standard_DS3_v2", min: 3, initial: 3, max: 10 },
  memory: { type: "Standard_E8s_v5", min: 0, initial: 3, max: 6 },
  gpu: { type: "Standard_NC4as_T4_v3", min: 0, initial: 1, max: 2 },
};

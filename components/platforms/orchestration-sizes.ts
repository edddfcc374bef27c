import type { Scaling } from "../model/scaling.ts";
import type { Resources } from "../model/workload.ts";

/** The platform's applications. */
export type ServiceName = "mcp-server" | "core-services";

/** Stores of the platform, by the names of their programs. */
export type StoreName = "neo4j" | "kafka";

/** How large the platform is: `development` and `production` are the tables of its own document. */
export type OrchestrationSize = "compact" | "development" | "production";

/** What an application is promised and may use, and how many copies there are. */
export interface ServiceSize {
  readonly resources: Resources;
  readonly copies: Pick<Scaling, "min" | "max">;
}

/** What each copy of a store is promised and may use, and how many copies there are where nothing else says so. */
export interface StoreSize<Copies extends number = number> {
  readonly resources: Resources;
  readonly copies: Copies;
}

/** Everything about a size. */
export interface SizeFacts extends Readonly<Record<ServiceName, ServiceSize>> {
  /** Copies are those of a cluster: without the licence for one, a single server runs. */
  readonly neo4j: StoreSize;
  readonly kafka: StoreSize<1 | 3>;
}

const SINGLE: ServiceSize["copies"] = { min: 1, max: 1 };

/** As many partitions as each topic has: of the consumers of a group, one more would have nothing to read. */
export const PARTITIONS = 4;

const DEVELOPMENT: Resources = { cpuRequest: 2, cpuLimit: 2, memoryRequestMiB: 4096, memoryLimitMiB: 4096 };
const PRODUCTION: Resources = { cpuRequest: 2, cpuLimit: 4, memoryRequestMiB: 4096, memoryLimitMiB: 8192 };

/** The sizes. */
export const sizes: Readonly<Record<OrchestrationSize, SizeFacts>> = {
  // Fits an EliteDesk, with room for what watches it.
  compact: {
    "mcp-server": {
      resources: { cpuRequest: 0.5, cpuLimit: 2, memoryRequestMiB: 1024, memoryLimitMiB: 2048 },
      copies: SINGLE,
    },
    "core-services": {
      resources: { cpuRequest: 0.5, cpuLimit: 2, memoryRequestMiB: 1024, memoryLimitMiB: 2048 },
      copies: SINGLE,
    },
    neo4j: {
      resources: { cpuRequest: 0.75, cpuLimit: 2, memoryRequestMiB: 3072, memoryLimitMiB: 3072 },
      copies: 1,
    },
    kafka: {
      resources: { cpuRequest: 0.5, cpuLimit: 2, memoryRequestMiB: 2048, memoryLimitMiB: 2048 },
      copies: 1,
    },
  },
  development: {
    "mcp-server": { resources: DEVELOPMENT, copies: SINGLE },
    "core-services": { resources: DEVELOPMENT, copies: SINGLE },
    neo4j: { resources: DEVELOPMENT, copies: 1 },
    kafka: { resources: { ...DEVELOPMENT, memoryRequestMiB: 2048, memoryLimitMiB: 2048 }, copies: 1 },
  },
  // Its document's table has the limits, its values for Helm what is reserved: half of each.
  production: {
    "mcp-server": { resources: PRODUCTION, copies: { min: 3, max: 10 } },
    "core-services": { resources: PRODUCTION, copies: { min: 3, max: PARTITIONS } },
    neo4j: {
      resources: { cpuRequest: 4, cpuLimit: 8, memoryRequestMiB: 16_384, memoryLimitMiB: 32_768 },
      copies: 3,
    },
    kafka: { resources: PRODUCTION, copies: 3 },
  },
};

import type { Reference } from "./reference.ts";

/** How many copies there may be, and what tells how many are needed. */
export interface Scaling {
  readonly min: number;
  readonly max: number;
  readonly signals: readonly Signal[];
}

/** What scaling follows, and the value per copy that it holds. */
export type Signal =
  | { readonly kind: "cpu"; readonly percent: number }
  | { readonly kind: "memory"; readonly percent: number }
  /** A metric that the workload publishes, averaged over its copies. */
  | { readonly kind: "metric"; readonly name: string; readonly perCopy: number }
  /** Items that wait in a list of a Redis server. */
  | {
      readonly kind: "queue";
      /** The server, as `host:port`. */
      readonly server: Reference;
      readonly password: Reference;
      readonly list: string;
      readonly perCopy: number;
    }
  /** Messages of a Kafka topic that a consumer group has not taken yet. */
  | {
      readonly kind: "lag";
      /** A broker, as `host:port`. */
      readonly server: Reference;
      readonly topic: string;
      readonly group: string;
      readonly perCopy: number;
    }
  /** Events a second, as a Prometheus server answers a query. */
  | {
      readonly kind: "rate";
      /** The server, as a URL. */
      readonly server: Reference;
      readonly query: string;
      readonly perCopy: number;
    };

import type * as pulumi from "@pulumi/pulumi";
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
  /**
   * A metric that the workload publishes, averaged over its copies. A name that ends in `_per_second` is the speed of a counter
   * whose name ends in `_total` instead; any other is that of a gauge.
   */
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
      /** Brokers, as `host:port` with commas between them. */
      readonly server: Reference;
      readonly topic: string;
      readonly group: string;
      readonly perCopy: number;
      /**
       * What the brokers know by who asks; it has to be allowed to read the topic and the group.
       *
       * @defaultValue nothing: they answer whoever asks
       */
      readonly login?: SaslLogin;
    }
  /** Events a second, as a Prometheus server answers a query. */
  | {
      readonly kind: "rate";
      /** The server, as a URL. */
      readonly server: Reference;
      /** PromQL whose result is one figure, for all copies together. */
      readonly query: pulumi.Input<string>;
      readonly perCopy: number;
    };

/** What a client of Kafka proves itself by, in Kafka's own words. */
export interface SaslLogin {
  readonly user: Reference;
  readonly password: Reference;
  readonly mechanism: "PLAIN" | "SCRAM-SHA-256" | "SCRAM-SHA-512";
  /** Whether the connection is encrypted (SSL). */
  readonly protocol: "SASL_PLAINTEXT" | "SASL_SSL";
}

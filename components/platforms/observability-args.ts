import type { ExternalElasticsearchArgs } from "../services/external-elasticsearch.ts";

/** How a platform is observed. */
export interface ObservabilityArgs {
  /**
   * Images of the programs that observe which shall not be the catalogue's.
   *
   * @defaultValue none
   */
  readonly images?: ObservabilityImages;
  /**
   * Whether the way of requests through the applications is written down.
   *
   * @defaultValue true
   */
  readonly traces?: boolean;
  /**
   * Share of the requests from outside that are traced, above 0 to 1; with a request, all that it causes is.
   *
   * @defaultValue 0.1
   */
  readonly samplingRatio?: number;
  /**
   * Whether the applications' logs go to Elasticsearch, and how.
   *
   * @defaultValue false: the target alone keeps them
   */
  readonly logs?: boolean | LogsArgs;
  /**
   * Room for metrics, in GiB; raised later at will, never lowered.
   *
   * @defaultValue 10
   */
  readonly storageGiB?: number;
  /**
   * Time for which metrics are kept while there is room, in days.
   *
   * @defaultValue 15
   */
  readonly retentionDays?: number;
  /**
   * Time for which a service has to be away before somebody is alerted, in seconds.
   *
   * @defaultValue 60
   */
  readonly downSeconds?: number;
}

/** Where logs go. */
export interface LogsArgs {
  /**
   * What the names of the indices begin with.
   *
   * @defaultValue the platform's
   */
  readonly index?: string;
  /**
   * A server that somebody else runs.
   *
   * @defaultValue none: the platform's own, or one that is there for logs alone
   */
  readonly external?: Omit<ExternalElasticsearchArgs, "target">;
  /**
   * Room for logs in the server that is there for them alone, in GiB; raised later at will, never lowered.
   *
   * @defaultValue 20
   */
  readonly storageGiB?: number;
}

/** Names of exporters, and of their images. */
const EXPORTERS = ["postgres-exporter", "redis-exporter", "mongodb-exporter"] as const;

/** A program that publishes the metrics of a store. */
export type ExporterName = (typeof EXPORTERS)[number];

/** Names of the images of the programs that observe, in the catalogue. */
export const OBSERVABILITY_IMAGES = [
  "prometheus",
  "grafana",
  "jaeger",
  "otel-collector",
  "elasticsearch",
  "node-exporter",
  ...EXPORTERS,
] as const;

/** Images by the names of the programs that observe. */
export type ObservabilityImages = Partial<Readonly<Record<(typeof OBSERVABILITY_IMAGES)[number], string>>>;

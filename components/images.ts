import { createRequire } from "node:module";

/**
 * Public images that keelson runs, by the name under which a stack may replace them. Every version is pinned; the
 * sources are the projects' own release lists of autumn 2026.
 */
export const catalogue = {
  /** A static busybox: file handling and probes in containers that bring no tools of their own. */
  busybox: "busybox:1.37.0-musl",
  /** The reverse proxy that opens a Docker host to the outside. */
  caddy: "caddy:2.11.4-alpine",
  postgres: "postgres:18.6",
  redis: "redis:8.10.2",
  chroma: "chromadb/chroma:1.5.9",
  /** A client of HTTP, for jobs that download and upload. */
  curl: "curlimages/curl:8.20.0",
  ollama: "ollama/ollama:0.35.1",
  flower: "mher/flower:2.1.0",
  mongodb: "mongo:8.0.29",
  qdrant: "qdrant/qdrant:v1.19.1-unprivileged",
  weaviate: "semitechnologies/weaviate:1.39.6",
  prometheus: "prom/prometheus:v3.15.0",
  grafana: "grafana/grafana:13.2.3",
  "node-exporter": "prom/node-exporter:v1.12.1",
  "postgres-exporter": "prometheuscommunity/postgres-exporter:v0.20.1",
  "redis-exporter": "oliver006/redis_exporter:v1.97.0",
  "mongodb-exporter": "percona/mongodb_exporter:0.54.0",
  /** The release with long-term support; the Enterprise Edition's tag differs in its end alone. */
  neo4j: "neo4j:5.26.29-community",
  elasticsearch: "elasticsearch:8.19.20",
  kafka: "apache/kafka:4.3.1",
  jaeger: "jaegertracing/jaeger:2.20.0",
  /** The distribution that has exporters for servers of others. */
  "otel-collector": "otel/opentelemetry-collector-contrib:0.164.0",
} as const;

/** Name of a public image in the catalogue. */
export type ImageName = keyof typeof catalogue;

/** Name of an image that is built from this repository: the reference application, and the reference worker for Celery. */
export type OwnImageName = "reference-app" | "reference-worker";

const { version } = createRequire(import.meta.url)("keelson/package.json") as { readonly version: string };

/** Images that the command `keelson` has on the Docker host in place of others, as a JSON object: no registry answered it. */
const standIns = JSON.parse(process.env["KEELSON_EMBEDDED_IMAGES"] ?? "{}") as Readonly<
  Record<string, string>
>;

/**
 * What to run, by name: the catalogue's images, unless the command `keelson` built others in their place; and the
 * reference application and worker, which stand in for applications whose own image is not there yet.
 */
export const images: Readonly<Record<ImageName | OwnImageName, string>> = {
  ...catalogue,
  "reference-app": `keelson/reference-app:${version}`,
  "reference-worker": `keelson/reference-worker:${version}`,
  ...standIns,
};

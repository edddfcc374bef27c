import { celery } from "./celery.ts";
import { chroma } from "./chroma.ts";
import { elasticsearch } from "./elasticsearch.ts";
import { folder } from "./folder.ts";
import { http } from "./http.ts";
import { kafka } from "./kafka.ts";
import { mongodb } from "./mongodb.ts";
import { neo4j } from "./neo4j.ts";
import { ollama } from "./ollama.ts";
import { postgresql } from "./postgresql.ts";
import type { Protocol } from "./protocol.ts";
import { qdrant } from "./qdrant.ts";
import { redis } from "./redis.ts";
import { weaviate } from "./weaviate.ts";

/**
 * The protocols that the reference application speaks, in the order in which they claim a variable: Celery comes before Redis, whose URLs it
 * has; HTTP is last, as it claims what is left.
 * A new one is a file, a name here and a line in the table.
 */
export const protocolNames = [
  "postgresql",
  "celery",
  "redis",
  "mongodb",
  "neo4j",
  "kafka",
  "chroma",
  "qdrant",
  "weaviate",
  "elasticsearch",
  "ollama",
  "folder",
  "http",
] as const;

/** Name of a protocol. */
export type ProtocolName = (typeof protocolNames)[number];

/** What is known of each. */
export const protocols: Readonly<Record<ProtocolName, Protocol>> = {
  postgresql,
  celery,
  redis,
  mongodb,
  neo4j,
  kafka,
  chroma,
  qdrant,
  weaviate,
  elasticsearch,
  ollama,
  folder,
  http,
};

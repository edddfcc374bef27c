import * as path from "node:path";
import type { ImageName } from "../../components/images.ts";
import { base } from "./base.ts";
import { digestOf, digestOfFolder } from "./digest.ts";
import { elasticsearchStandIn } from "./elasticsearch.ts";
import { kafkaServer, kafkaVersion } from "./kafka.ts";
import {
  chromaServer,
  chromaVersion,
  flowerPackages,
  flowerVersion,
  nodeProgram,
  nodeVersion,
} from "./materials.ts";
import { ferretVersion, mongodbPrograms } from "./mongodb.ts";
import { neo4jServer, neo4jVersion } from "./neo4j.ts";
import { ollamaServer, ollamaVersion } from "./ollama.ts";
import { packageFolder } from "./package-folder.ts";
import { standIn } from "./stand-ins.ts";
import { jaegerServer, jaegerVersion, otelCollector, otelCollectorVersion } from "./tracing.ts";

/** An image with a recipe: those of the catalogue, and what the reference application is built on. */
export type RecipeName = ImageName | "node";

/** How an embedded image is made. Its Dockerfile, and what that copies, is in `recipes/<name>/`. */
export interface Recipe {
  /** Version of the program inside. Debian's fixes within a release don't change what is named here. */
  readonly version: string;
  /** Puts into the build's folder what only the package clients of this machine can fetch. */
  readonly fetchMaterials?: (
    folder: string,
    signal: AbortSignal,
    report: (line: string) => void,
  ) => Promise<void>;
  /** Changes with what the materials are made from, where the version does not say it. */
  readonly materialsDigest?: () => string;
  /**
   * Whether another program is inside, which answers in the place of the official image's.
   *
   * @defaultValue false
   */
  readonly isStandIn?: boolean;
}

/** Every recipe by name. */
export const recipes: Readonly<Record<RecipeName, Recipe>> = {
  busybox: { version: "1.35.0" },
  caddy: { version: "2.6.2" },
  postgres: { version: "15" },
  redis: { version: "7.0" },
  chroma: { version: chromaVersion, fetchMaterials: chromaServer },
  curl: { version: "7.88.1" },
  ollama: { version: ollamaVersion, fetchMaterials: ollamaServer },
  flower: { version: flowerVersion, fetchMaterials: flowerPackages },
  qdrant: { version: "1.19.1", ...standIn("qdrant") },
  weaviate: { version: "1.39.6", ...standIn("weaviate") },
  elasticsearch: { version: "8.19.20", ...elasticsearchStandIn },
  mongodb: {
    version: ferretVersion,
    isStandIn: true,
    fetchMaterials: mongodbPrograms,
    materialsDigest: () => nodeVersion,
  },
  neo4j: { version: neo4jVersion, fetchMaterials: neo4jServer },
  prometheus: { version: "2.42.0" },
  grafana: { version: "13.2.3", ...standIn("grafana") },
  "node-exporter": { version: "1.5.0" },
  "postgres-exporter": { version: "0.11.1" },
  "redis-exporter": { version: "1.45.0" },
  "mongodb-exporter": { version: "0.54.0", ...standIn("mongodb-exporter") },
  kafka: { version: kafkaVersion, fetchMaterials: kafkaServer },
  jaeger: { version: jaegerVersion, fetchMaterials: jaegerServer },
  "otel-collector": { version: otelCollectorVersion, isStandIn: true, fetchMaterials: otelCollector },
  node: { version: nodeVersion, fetchMaterials: nodeProgram },
};

/** Folder of a recipe's files. */
export function recipeFolder(name: RecipeName): string {
  return path.join(packageFolder, "embedded", "images", "recipes", name);
}

/** Name and tag of an embedded image. One that has another program inside says so in its name. */
export function embeddedReference(name: RecipeName): string {
  const { version, isStandIn = false } = recipes[name];
  return `keelson-${isStandIn ? "stand-in" : "embedded"}/${name}:${version}`;
}

/** Changes with all that decides an image's content, save for the packages' own versions. */
export function recipeDigest(name: RecipeName): string {
  const { version, materialsDigest } = recipes[name];
  const materials = materialsDigest ? [materialsDigest()] : [];
  return digestOf(base.digest, version, digestOfFolder(recipeFolder(name)), ...materials);
}

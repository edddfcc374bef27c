import * as path from "node:path";
import { mavenPackages } from "./maven.ts";
import { standIn } from "./stand-ins.ts";

const before = standIn("elasticsearch");

/** The stand-in for Elasticsearch: a program of this repository, and OpenSearch from Maven behind it. */
export const elasticsearchStandIn = {
  ...before,
  async fetchMaterials(folder: string, signal: AbortSignal): Promise<void> {
    await before.fetchMaterials(folder);
    await mavenPackages(path.join(folder, "pom.xml"), path.join(folder, "lib"), signal);
  },
};

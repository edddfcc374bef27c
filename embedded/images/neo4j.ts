import * as path from "node:path";
import { mavenPackages, projectProperty } from "./maven.ts";
import { packageFolder } from "./package-folder.ts";

/** What is required of Neo4j's packages. */
const project = path.join(packageFolder, "embedded", "images", "recipes", "neo4j", "pom.xml");

/** Version of the server that goes into the `neo4j` image. */
export const neo4jVersion = projectProperty(project, "neo4j.version");

/** Neo4j's Community Edition, from Maven: two minutes where none of it is there yet. */
export async function neo4jServer(folder: string, signal: AbortSignal): Promise<void> {
  await mavenPackages(path.join(folder, "pom.xml"), path.join(folder, "lib"), signal);
}

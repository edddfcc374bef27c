import * as path from "node:path";
import { mavenPackages, projectProperty } from "./maven.ts";
import { packageFolder } from "./package-folder.ts";

/** What is required of Kafka's packages. */
const project = path.join(packageFolder, "embedded", "images", "recipes", "kafka", "pom.xml");

/** Version of the server that goes into the `kafka` image. */
export const kafkaVersion = projectProperty(project, "kafka.version");

/** Kafka with its command line, from Maven: half a minute where none of it is there yet. */
export async function kafkaServer(folder: string, signal: AbortSignal): Promise<void> {
  await mavenPackages(path.join(folder, "pom.xml"), path.join(folder, "libs"), signal);
}

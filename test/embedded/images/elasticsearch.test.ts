import { readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { catalogue } from "../../../components/images.ts";
import { projectProperty } from "../../../embedded/images/maven.ts";
import { recipeFolder, recipes } from "../../../embedded/images/recipes.ts";
import { VERSION } from "../../../images/stand-ins/elasticsearch/application.ts";

const folder = recipeFolder("elasticsearch");

it("the module of OpenSearch's network is described as one of the version that Maven fetches, which takes no other", () => {
  const version = projectProperty(path.join(folder, "pom.xml"), "opensearch.version");
  const description = readFileSync(
    path.join(folder, "transport-netty4", "plugin-descriptor.properties"),
    "utf8",
  );
  expect(description).toContain(`\nversion=${version}\n`);
  expect(description).toContain(`\nopensearch.version=${version}\n`);
});

it("the stand-in for Elasticsearch presents itself as the version that it stands in for", () => {
  expect(recipes.elasticsearch.version).toBe(VERSION);
  expect(catalogue.elasticsearch).toBe(`elasticsearch:${VERSION}`);
});

import { readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../../components/images.ts";
import { recipeFolder, type RecipeName, recipes } from "../../../embedded/images/recipes.ts";

const names = Object.keys(recipes) as RecipeName[];

describe.each(names)("the recipe of %s", (name) => {
  const dockerfile = readFileSync(path.join(recipeFolder(name), "Dockerfile"), "utf8");

  it("starts from the base that it is given, and pulls nothing", () => {
    expect(dockerfile).toMatch(/^ARG BASE\nFROM \$\{BASE\}/);
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    for (const base of bases) expect(["${BASE}", "scratch"]).toContain(base);
  });

  it("copies scripts that can be run", () => {
    for (const [, file] of dockerfile.matchAll(/^COPY (\S+) \/usr\/local\/bin\/$/gm)) {
      expect(statSync(path.join(recipeFolder(name), file!)).mode & 0o111, file).toBe(0o111);
    }
  });
});

it("stands in with PostgreSQL's data where the official image of 18 and later has it", () => {
  const dockerfile = readFileSync(path.join(recipeFolder("postgres"), "Dockerfile"), "utf8");
  const { version } = recipes.postgres;
  expect(dockerfile).toContain(`postgresql-${version} `);
  expect(dockerfile).toContain(`PG_MAJOR=${version} PGDATA=/var/lib/postgresql/${version}/docker`);
  expect(dockerfile).toContain("VOLUME /var/lib/postgresql\n");
});

it("stands in for Neo4j with the same release, so that each reads the other's data", () => {
  expect(catalogue.neo4j).toBe(`neo4j:${recipes.neo4j.version}-community`);
});

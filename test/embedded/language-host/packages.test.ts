import { symlinkSync } from "node:fs";
import * as path from "node:path";
import language from "@pulumi/pulumi/proto/language_pb.js";
import { describe, expect, test } from "vitest";
import { programDependencies, requiredPackages } from "../../../embedded/language-host/packages.ts";
import { programInfo } from "../../support/language-host.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const sdk = (name: string, version: string, pulumi: object = {}) =>
  JSON.stringify({ name, version, pulumi: { resource: true, ...pulumi } });

function required(folder: string) {
  return requiredPackages(
    new language.GetRequiredPackagesRequest().setInfo(programInfo(folder)),
  ).getPackagesList();
}

function namesAndVersions(folder: string): string[] {
  return required(folder).map((each) => `${each.getName()} ${each.getVersion()}`);
}

describe("the plugins that a program requires", () => {
  test("are those of the SDKs in every node_modules of the program, also of its packages' own", () => {
    const folder = temporaryFolder({
      "node_modules/@pulumi/random/package.json": sdk("@pulumi/random", "4.0.0"),
      "node_modules/plain/package.json": `{ "name": "plain", "version": "1.0.0" }`,
      "node_modules/plain/node_modules/@pulumi/random/package.json": sdk("@pulumi/random", "3.0.0"),
      "packages/shop/node_modules/@acme/cloud/package.json": sdk("@acme/cloud", "1.0.0", { name: "acme" }),
    });
    expect(namesAndVersions(folder)).toEqual(["random v4.0.0", "random v3.0.0", "acme v1.0.0"]);
  });

  test("have the version and the download server of the pulumi block, where it names them", () => {
    const folder = temporaryFolder({
      "node_modules/acme/package.json": sdk("acme", "1.0.0", {
        name: "acme",
        version: "2.0.0-beta.1",
        server: "https://plugins.example.com",
      }),
    });
    expect(required(folder)[0]?.toObject()).toMatchObject({
      name: "acme",
      kind: "resource",
      version: "v2.0.0-beta.1",
      server: "https://plugins.example.com",
    });
  });

  test("carry the parameters of a generated SDK", () => {
    const parameterization = {
      name: "local",
      version: "0.1.0",
      value: Buffer.from("how").toString("base64"),
    };
    const folder = temporaryFolder({
      "node_modules/local/package.json": sdk("local", "0.1.0", {
        name: "terraform-provider",
        parameterization,
      }),
    });
    const given = required(folder)[0]?.getParameterization();
    expect([given?.getName(), given?.getVersion(), Buffer.from(given!.getValue_asU8()).toString()]).toEqual([
      "local",
      "0.1.0",
      "how",
    ]);
  });

  test("leave out those of policy packs, which are no part of the program", () => {
    const folder = temporaryFolder({
      "policies/PulumiPolicy.yaml": "runtime: nodejs",
      "policies/node_modules/@pulumi/aws/package.json": sdk("@pulumi/aws", "7.0.0"),
    });
    expect(namesAndVersions(folder)).toEqual([]);
  });

  test("are found through linked packages, whose links may lead in circles", () => {
    const folder = temporaryFolder({
      "shared/package.json": sdk("@pulumi/shared", "1.0.0"),
      "node_modules/.keep": "",
      "shared/node_modules/.keep": "",
    });
    symlinkSync(path.join(folder, "shared"), path.join(folder, "node_modules", "shared"));
    symlinkSync(path.join(folder, "shared"), path.join(folder, "shared", "node_modules", "itself"));
    symlinkSync(folder, path.join(folder, "shared", "everything"));
    expect(namesAndVersions(folder)).toEqual(["shared v1.0.0"]);
  });

  test("do not stumble over a package.json that is none", () => {
    const folder = temporaryFolder({
      "node_modules/broken/package.json": "{",
      "node_modules/@pulumi/random/package.json": sdk("@pulumi/random", "4.0.0"),
    });
    expect(namesAndVersions(folder)).toEqual(["random v4.0.0"]);
  });
});

describe("the packages that a program depends on", () => {
  const files = {
    "package.json": `{ "dependencies": { "a": "^1" }, "devDependencies": { "b": "*" } }`,
    "stacks/index.ts": "",
    "node_modules/a/package.json": `{ "name": "a", "version": "1.2.3" }`,
    "node_modules/b/package.json": `{ "name": "b", "version": "4.5.6" }`,
    "node_modules/c/package.json": `{ "name": "c", "version": "7.8.9" }`,
  };

  function dependencies(folder: string, transitive: boolean) {
    const request = new language.GetProgramDependenciesRequest()
      .setInfo(programInfo(path.join(folder, "stacks")))
      .setTransitivedependencies(transitive);
    return programDependencies(request)
      .getDependenciesList()
      .map((each) => `${each.getName()} ${each.getVersion()}`);
  }

  test("are those that the project's package.json names, at their installed versions", () => {
    expect(dependencies(temporaryFolder(files), false)).toEqual(["a 1.2.3", "b 4.5.6"]);
  });

  test("are all that are installed, if those behind them are asked for too", () => {
    expect(dependencies(temporaryFolder(files), true)).toEqual(["a 1.2.3", "b 4.5.6", "c 7.8.9"]);
  });
});

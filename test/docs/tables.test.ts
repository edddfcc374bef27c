import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { Reference } from "../../components/model/reference.ts";
import { services } from "../../components/platforms/acceleration-services.ts";
import { commonVariables } from "../../components/platforms/acceleration-settings.ts";
import { environments } from "../../components/platforms/environment.ts";
import { platforms } from "../../stacks/platforms.ts";
import { targets } from "../../stacks/targets.ts";
import { pageOf, rowsOf } from "../support/page-tables.ts";
import { declaredSettings } from "../support/stack-file.ts";

const root = path.join(import.meta.dirname, "..", "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

describe("docs/acceleration.md", () => {
  it("[A1] [A4] [A5] has ports, routes, sizes and calls as the platform has them", () => {
    const expected = Object.entries(services).map(([name, { port, path: route, resources, calls }]) => [
      `\`${name}\``,
      `${port}`,
      `\`/api/${route}\``,
      `${resources.cpuRequest}–${resources.cpuLimit}`,
      `${resources.memoryRequestMiB}–${resources.memoryLimitMiB}`,
      calls.map((callee) => `\`${callee}\``).join(", ") || "–",
    ]);
    expect(rowsOf("acceleration.md")).toEqual(expect.arrayContaining(expected));
  });

  it("[A9] has what each service's copies follow", () => {
    const expected = Object.entries(services).map(([name, { signals }]) => [
      `\`${name}\``,
      signals
        .map((signal) => {
          if (signal.kind === "metric") return `\`${signal.name}\`: ${signal.perCopy} a copy`;
          if (signal.kind === "cpu") return `processors ${signal.percent} %`;
          return signal.kind === "memory" ? `memory ${signal.percent} %` : signal.kind;
        })
        .join(", "),
    ]);
    expect(rowsOf("acceleration.md")).toEqual(expect.arrayContaining(expected));
  });

  it("[A7] [G12] names every variable, and what follows from the environment", () => {
    const variables = Object.keys(commonVariables("production", "http://localhost", Reference.plain("key")));
    expect(variables.filter((name) => !pageOf("acceleration.md").includes(`\`${name}\``))).toEqual([]);
    const expected = Object.entries(environments).map(([name, { logLevel, debug, workers }]) => [
      name,
      logLevel,
      `${debug}`,
      `${workers}`,
    ]);
    expect(rowsOf("acceleration.md")).toEqual(expect.arrayContaining(expected));
  });
});

describe.each(Object.entries(platforms))("docs/%s.md", (name, { external, folders }) => {
  it("[A2] [M2] has all that somebody else may run, and all that somebody else fills", () => {
    const listed = rowsOf(`${name}.md`).map(([setting]) => setting);
    const outside = Object.keys(external).map((server) => `\`external.${server}\``);
    expect(listed).toEqual(expect.arrayContaining([...outside, ...folders.map((folder) => `\`${folder}\``)]));
  });
});

/** `keelson:{eks,gke}.region` stands for the setting of each. */
function eachOf(setting: string): string[] {
  const [, before = "", names = "", after = ""] = /^(.*)\{(.*)\}(.*)$/.exec(setting) ?? [];
  return names === "" ? [setting] : names.split(",").map((name) => `${before}${name}${after}`);
}

describe("docs/operations.md", () => {
  it("[G10] lists every setting of a stack, and no other", () => {
    const groups = { ...platforms, ...targets };
    const settings = declaredSettings().flatMap((key) => {
      const group = groups[key.replace("keelson:", "") as keyof typeof groups];
      return group ? Object.keys(group.settings).map((name) => `${key}.${name}`) : [key];
    });
    const listed = rowsOf("operations.md").flatMap(([cell = ""]) => {
      const setting = /^`(keelson:.*)`$/.exec(cell)?.[1];
      return setting === undefined ? [] : eachOf(setting);
    });
    expect(listed.toSorted()).toEqual(settings.toSorted());
  });
});

describe("docs/dependencies.md", () => {
  it("gives a reason for every package, and for no other", () => {
    const { dependencies, peerDependencies, devDependencies } = JSON.parse(read("package.json")) as Record<
      string,
      Record<string, string>
    >;
    const listed = rowsOf("dependencies.md").flatMap(([cell = ""]) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
    );
    expect(listed.toSorted()).toEqual(
      [...new Set(Object.keys({ ...dependencies, ...peerDependencies, ...devDependencies }))].toSorted(),
    );
  });
});

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rules } from "../../policies/rules/index.ts";

const files = readdirSync(new URL("../../policies/rules/", import.meta.url))
  .map((file) => file.replace(/\.ts$/, ""))
  .filter((name) => name !== "index");

const page = readFileSync(new URL("../../docs/policies.md", import.meta.url), "utf8");

describe("[G11] the policy pack", () => {
  it("contains every rule of its folder, each under the name of its file", () => {
    expect(rules.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
  });

  it.each(files)("has examples for the rule %s", (name) => {
    expect(existsSync(new URL(`rules/${name}.test.ts`, import.meta.url))).toBe(true);
  });

  it.each(rules)("says of $name how strict it is, how bad a violation is, and what to do", (rule) => {
    expect(["mandatory", "advisory"]).toContain(rule.enforcementLevel);
    expect(["low", "medium", "high", "critical"]).toContain(rule.severity);
    expect(rule.remediationSteps).toBeTruthy();
  });

  it.each(Object.entries(configurations()))("gives the setting %s a meaning and a default", (_, setting) => {
    expect(setting).toMatchObject({ description: expect.any(String), default: expect.anything() });
  });

  it("is listed in docs/policies.md, in the same order and words", () => {
    const listed = rules.map(({ name, enforcementLevel, severity, description, tags = [] }) =>
      [`\`${name}\``, enforcementLevel, severity, description, tags.join(", ") || "–"].join(" | "),
    );
    expect(tableUnder("rule")).toEqual(listed);
  });

  it("has its settings listed in docs/policies.md with their defaults", () => {
    const listed = Object.entries(configurations()).map(([name, setting]) =>
      [`\`${name}\``, String(setting.description), `\`${JSON.stringify(setting.default)}\``].join(" | "),
    );
    expect(tableUnder("setting")).toEqual(listed);
  });
});

/** The rows of the page's table whose first heading is `heading`, without the padding of their cells. */
function tableUnder(heading: string): readonly string[] {
  const lines = page.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} `));
  const rows = lines.slice(start + 2, lines.indexOf("", start));
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim())
      .join(" | "),
  );
}

function configurations() {
  return Object.fromEntries(
    rules.flatMap(({ name, configSchema }) =>
      Object.entries(configSchema?.properties ?? {}).map(
        ([key, setting]) => [`${name}.${key}`, setting] as const,
      ),
    ),
  );
}

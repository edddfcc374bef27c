import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { commandLine } from "../../cli/command-line.ts";

const root = path.join(import.meta.dirname, "..", "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const pages = [
  "README.md",
  ...readdirSync(path.join(root, "docs"))
    .filter((name) => name.endsWith(".md") && !name.endsWith(".api.md"))
    .map((name) => `docs/${name}`),
];

/** Fenced blocks of a page in one of the given languages. */
function blocks(page: string, ...languages: readonly string[]): string[] {
  const fences = read(page).matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...fences].flatMap(([, language = "", text = ""]) => (languages.includes(language) ? [text] : []));
}

/** All that stands in code on a page: in lines of a shell, and within sentences. */
function code(page: string): string[] {
  const inline = [
    ...read(page)
      .replaceAll(/^```.*?^```$/gms, "")
      .matchAll(/`([^`\n]+)`/g),
  ].map(([, text = ""]) => text);
  return [...inline, ...blocks(page, "sh").flatMap((text) => text.split("\n"))];
}

const sources = ["examples", "stacks", "components"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|yaml|json)$/.test(name))
    .map((name) => read(path.join(folder, name))),
);

describe.each(pages)("%s", (page) => {
  it("shows code that stands, as it is, in a file that is compiled or tested", () => {
    const shown = blocks(page, "ts", "yaml", "json");
    expect(shown.filter((text) => !sources.some((source) => source.includes(text)))).toEqual([]);
  });

  it("names commands that there are", () => {
    const commands = commandLine(() => {}).commands.map((command) => command.name());
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = code(page).join("\n");
    const ours = [...named.matchAll(/(?:^|npx )keelson ([a-z]+)/gm)].map(([, name]) => name);
    expect(ours.filter((name = "") => !commands.includes(name))).toEqual([]);
    const npm = [...named.matchAll(/npm (?:run )?(start|test|[a-z]+:[a-z]+|bench|api|build)\b/g)].map(
      ([, name]) => name,
    );
    expect(npm.filter((name = "") => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it("names files that there are, and leads to pages that there are", () => {
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = ""]) =>
      path.join(path.dirname(page), link),
    );
    const folders =
      /^(?:components|stacks|cli|embedded|policies|examples|docs|test|images|bin|bench)\/[\w./-]*$/;
    const files = code(page).filter((text) => folders.test(text));
    expect([...links, ...files].filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });
});

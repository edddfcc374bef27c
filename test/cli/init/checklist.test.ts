import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { checklist, type Facts, type Item } from "../../../cli/init/checklist.ts";
import { showChecklist } from "../../../cli/init/checklist-text.ts";
import { secret } from "../../../stacks/settings.ts";

const UNTOUCHED = { isReady: false, isUp: false, isWell: false };

const facts: Facts = {
  stack: "box",
  file: "stacks/Pulumi.box.yaml",
  platform: "tiny",
  target: "docker",
  host: "localhost",
  settings: {},
  shape: {
    tiny: z.strictObject({ keys: z.strictObject({ openai: secret().optional() }).optional() }),
  },
  applications: ["web", "api"],
  folders: [],
  hostIsKnown: true,
  isCommitted: false,
  state: UNTOUCHED,
};

/** Every item of a phase, or of all; `✔` for what is done, the command for what is left. */
function items(given: Partial<Facts>, about = /./): string[] {
  const all: Item[] = Object.values(checklist({ ...facts, ...given })).flat();
  return all
    .filter(({ text }) => about.test(text))
    .map(({ text, done, command }) => `${done ? "✔" : "○"} ${text}${command ? ` | ${command}` : ""}`);
}

describe("the checklist of a deployment", () => {
  it("[K12] has the three phases, each step that is left with its command", () => {
    const text = stripVTControlCharacters(showChecklist(checklist(facts)));
    const phases = text.split("\n\n").map((phase) => phase.split("\n"));
    expect(phases.map(([title]) => title)).toEqual([
      "before the deployment",
      "deployment",
      "after the deployment",
    ]);
    const lines = text.split("\n");
    const afterLeft = lines.flatMap((line, index) => (line.startsWith("  ○") ? [lines[index + 1]!] : []));
    expect(afterLeft.length).toBeGreaterThan(5);
    expect(afterLeft.filter((line) => !/^ {6}\S/.test(line))).toEqual([]);
    expect(
      Math.max(
        ...phases
          .flat()
          .filter((line) => /^ {2}[✔○]/.test(line))
          .map(({ length }) => length),
      ),
    ).toBeLessThan(80);
  });

  it("[K12] leaves doctor, preview, up and verify to a stack that was never up", () => {
    const commands = items({}).join("\n");
    for (const command of ["doctor", "preview", "up", "verify"])
      expect(commands).toContain(`| npx keelson ${command} box`);
  });

  it("[K12] has them done for a stack that is up and well", () => {
    const all = items({ state: { isReady: true, isUp: true, isWell: true } });
    expect(all.filter((item) => /npx keelson (doctor|preview|up|verify)/.test(item))).toEqual([]);
    expect(all.filter((item) => /^✔ (machine|migrations|smoke test)/.test(item))).toHaveLength(3);
  });

  it("[K12] leaves verify alone to a stack that is up and not well", () => {
    const all = items({ state: { isReady: true, isUp: true, isWell: false } }, /smoke test|migrations/);
    expect(all).toEqual([
      expect.stringMatching(/^✔ migrations/),
      expect.stringMatching(/^○ smoke test.* \| npx keelson verify box$/),
    ]);
  });

  it("asks for secrets that only their owner knows, until they are there", () => {
    const set = "npx keelson pulumi box -- config set --secret --path keelson:tiny.keys.openai";
    expect(items({}, /openai/)).toEqual([`○ if you have one: openai | ${set}`]);
    const settings = { tiny: { keys: { openai: { secure: "v1:abc" } } } };
    expect(items({ settings }, /openai/)).toEqual([]);
  });

  it("names the applications whose image is not there", () => {
    expect(items({ settings: { images: { web: "w:1" } } }, /images/)).toEqual([
      "○ images: the reference application stands in for 1 of 2 | npx keelson pulumi box -- config set --path keelson:images.api IMAGE",
    ]);
    expect(items({ settings: { images: { web: "w:1", api: "a:1" } } }, /images/)[0]).toMatch(/^✔/);
    expect(items({ settings: { images: { "reference-app": "own:1" } } }, /images/)[0]).toMatch(/^✔/);
  });

  it("asks for folders that somebody else fills", () => {
    const folders = ["documents"];
    expect(items({ folders }, /documents/)).toEqual([
      '○ the folder "documents": yours to fill, where it is used | name it in stacks/Pulumi.box.yaml: keelson:docker.folders.documents',
    ]);
    const settings = { docker: { folders: { documents: "/srv" } } };
    expect(items({ folders, settings }, /documents/)[0]).toMatch(/^✔/);
  });

  it("asks for DNS and TLS where a host name of the network is given", () => {
    const host = "ai.example.com";
    expect(items({}, /TLS|DNS/)).toEqual([]);
    expect(items({ host, hostIsKnown: false }, /TLS|DNS/)).toEqual([
      "○ the DNS leads ai.example.com to where it runs | getent hosts ai.example.com",
      "○ TLS on the way in | choose it in stacks/Pulumi.box.yaml: keelson:docker.tls",
    ]);
    for (const tls of ["acme", { kind: "issuer", name: "ours" }])
      expect(items({ host, settings: { docker: { tls } } }, /TLS/)).toEqual(["✔ TLS on the way in"]);
    for (const tls of ["off", { kind: "off" }])
      expect(items({ host, settings: { docker: { tls } } }, /TLS/)[0]).toMatch(/^○/);
  });

  it("has the stack file on record once it is committed", () => {
    expect(items({ isCommitted: true }, /on record/)[0]).toMatch(/^✔/);
  });
});

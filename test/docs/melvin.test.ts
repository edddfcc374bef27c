import { describe, expect, it } from "vitest";
import { commands, folders, type MelvinService, sizes } from "../../components/platforms/melvin-services.ts";
import { melvinSettings } from "../../stacks/melvin-settings.ts";
import { deploy as stack } from "../../stacks/deploy.ts";
import { deploy, type Registration } from "../support/engine.ts";
import { pageOf, rowsOf } from "../support/page-tables.ts";
import { stackFile } from "../support/stack-file.ts";

const page = pageOf("melvin.md");
const rows = rowsOf("melvin.md");

/** Containers of the stack with its vectors in one kind of store. */
async function containers(kind: string): Promise<readonly Registration[]> {
  const { values } = stackFile("melvin-docker");
  const given = { ...values, "keelson:melvin": JSON.stringify({ vectors: { kind } }) };
  const all = await deploy(() => stack({ values: given, secrets: new Set() }));
  return all.filter(({ type }) => type === "docker:index/container:Container");
}

describe("docs/melvin.md", () => {
  it("[M2] has the budget as the platform has it", () => {
    const budget = Object.entries(sizes).map(([name, size]) => [
      `\`${name}\``,
      `${size.cpuRequest}–${size.cpuLimit}`,
      `${size.memoryRequestMiB}–${size.memoryLimitMiB}`,
      `${size.storageGiB}`,
    ]);
    expect(rows.map(([name, , , ...size]) => [name, ...size])).toEqual(expect.arrayContaining(budget));
  });

  it.each([
    ["Qdrant", "qdrant"],
    ["Chroma", "chroma"],
    ["FAISS", undefined],
  ] as const)("[M2] has the sum of all that a Docker host promises with %s", async (title, kind) => {
    const running = (await containers(kind ?? "faiss")).filter(
      ({ inputs }) => inputs["restart"] === "unless-stopped",
    );
    const sum = (amount: (inputs: Registration["inputs"]) => number) =>
      running.reduce((total, { inputs }) => total + amount(inputs), 0);
    const stores: readonly MelvinService[] = [
      "worker",
      "postgres",
      "mongodb",
      "ollama",
      ...(kind ? [kind] : []),
    ];
    const disk = [
      ...stores.map((name) => sizes[name].storageGiB),
      folders.audit.sizeGiB,
      folders.cards.sizeGiB,
      kind ? 0 : folders.index.sizeGiB,
      // The proxy's certificates.
      1,
    ];
    expect(rows).toContainEqual([
      title,
      sum(({ cpuShares }) => cpuShares / 1024).toFixed(2),
      sum(({ memoryReservation }) => memoryReservation / 1024).toFixed(2),
      `${disk.reduce((one, other) => one + other)}`,
    ]);
  });

  it("[M6] [G10] has every setting and every command", () => {
    const listed = rows.map(([setting]) => setting);
    const settings = Object.keys(melvinSettings).map((name) => `\`melvin.${name}\``);
    expect(listed).toEqual(expect.arrayContaining(settings));
    const usual = Object.entries(commands).map(([name, words]) => [`\`${name}\``, `\`${words.join(" ")}\``]);
    expect(rows.map(([name, words]) => [name, words])).toEqual(expect.arrayContaining(usual));
  });

  it("names every variable that the applications are told", async () => {
    const told = (await Promise.all(["qdrant", "chroma", "faiss"].map(containers)))
      .flat()
      .filter(({ name }) => /^melvin-(api|worker|migrations|admin)$/.test(name))
      .flatMap(({ inputs }) => inputs["envs"].map((line: string) => line.split("=")[0]!))
      .filter((name: string) => !name.startsWith("KEELSON_"));
    expect([...new Set(told)].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});

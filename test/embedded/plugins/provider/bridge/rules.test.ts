import { describe, expect, it } from "vitest";
import { container } from "../../../../../embedded/plugins/docker/container/container.ts";
import { containerProperties } from "../../../../../embedded/plugins/docker/properties.ts";
import { volume } from "../../../../../embedded/plugins/docker/volume/volume.ts";
import type { Resource } from "../../../../../embedded/plugins/provider/resource.ts";
import { unknown, type Value, type Values } from "../../../../../embedded/plugins/provider/value.ts";
import type { DockerHost } from "../../../../../embedded/plugins/docker/daemon/daemon.ts";

const urn = "urn:pulumi:test::keelson::docker:index/container:Container::web";
const context = {
  urn,
  configuration: {} as DockerHost,
  signal: new AbortController().signal,
  log: () => {},
};

const mount = (source: string, target = "/data") => ({ type: "volume", source, target });
const usual = { image: "busybox", name: "web", mounts: [mount("one")] };

/** A container as it is after a refresh, when every list is known. */
const stored: Values = {
  ...Object.fromEntries(
    Object.entries(await container.previewCreate({ inputs: usual }, context)).map(settled),
  ),
  user: "redis",
  workingDir: "/srv",
  hostname: "4afa81e8c2a8",
  envs: ["A=1"],
};

function settled([name, value]: [string, Value]): [string, Value] {
  const type = containerProperties[name as keyof typeof containerProperties]?.type;
  const isList = typeof type === "object" && ("list" in type || "set" in type);
  return [name, value === unknown ? (isList ? [] : null) : value];
}

describe("what a difference of a container replaces", () => {
  it.each([
    ["another source of a mount is changed in place", { mounts: [mount("two")] }, []],
    ["a mount more replaces it", { mounts: [mount("one"), mount("two", "/more")] }, ["mounts"]],
    [
      "what the image decides is no difference where the program says nothing",
      { user: "", workingDir: "" },
      [],
    ],
    ["an empty text for what Docker makes up is none", { hostname: "" }, []],
    ["a value that is not known yet replaces it where another value would", { envs: unknown }, ["envs"]],
    ["each place counts for itself", { envs: ["B=1", "C=1"] }, ["envs", "envs"]],
  ] as const)("%s", async (_, change, replaces) => {
    expect(await difference(container, { ...usual, envs: ["A=1"], ...change })).toMatchObject({ replaces });
  });

  it("nothing that is ignored counts", async () => {
    const inputs = { ...usual, envs: ["A=2"], memory: 64 };
    const found = await difference(container, inputs, ["envs[0]"]);
    expect(found).toMatchObject({ differs: ["memory"], replaces: [] });
  });

  it("a container goes before its successor comes, a volume only if the program chose its name", async () => {
    const changed = { ...usual, image: "alpine", __defaults: ["name"] };
    expect(await difference(container, changed)).toMatchObject({ deleteBeforeReplace: true });
    const outputs = { name: "data", driver: "local" };
    const named = { name: "other", __defaults: [] };
    expect(await differenceOf(volume, outputs, named)).toMatchObject({ deleteBeforeReplace: true });
    const autoNamed = { name: "data-1234567", __defaults: ["name"] };
    expect(await differenceOf(volume, outputs, autoNamed)).toMatchObject({ deleteBeforeReplace: false });
  });
});

describe("what a check of a container finds wrong", () => {
  it.each([
    [{ memory: -1 }, "'-1' cannot be lower than 0. Examine values at 'web.memory'."],
    [
      { memory: "much" },
      "expected a value of type integer, got one of type string. Examine values at 'web.memory'.",
    ],
    [
      { restart: "maybe" },
      "'maybe' is not one of 'no', 'on-failure', 'always', 'unless-stopped'. Examine values at 'web.restart'.",
    ],
    [{ pidsLimit: 5 }, "Invalid or unknown key. Examine values at 'web.pidsLimit'."],
    [{ exitCode: 5 }, "Value for unconfigurable attribute. Examine values at 'web.exitCode'."],
    [{ ulimits: [{ name: "nofile", soft: 1 }] }, "Missing required property 'ulimits[0].hard'"],
    [
      { healthcheck: { interval: "soon" } },
      '"soon" is not a duration: write numbers with units, such as "1m30s". Examine values at \'web.healthcheck.interval\'.',
    ],
    [
      { gpus: "all", deviceRequests: [] },
      "Conflicting configuration arguments. \"deviceRequests\" conflicts with gpus. Examine values at 'web.deviceRequests'.",
    ],
    [
      { uploads: [{ file: "/f", contentBase64: "s3cret!" }] },
      "the value is not base64: encode the bytes with the standard alphabet and padding. Examine values at 'web.uploads[0].contentBase64'.",
    ],
  ])("%j", async (inputs, reason) => {
    const { failures } = await checked({ ...usual, ...inputs });
    expect(failures).toEqual([{ property: "", reason }]);
  });

  it("takes a value for its type where it can be read so, and a single value for a list of one", async () => {
    const { inputs } = await checked({ ...usual, memory: "64", cpus: 2, init: "true", envs: "A=1" });
    expect(inputs).toMatchObject({ memory: 64, cpus: "2", init: true, envs: ["A=1"] });
  });

  it("lets what is not known yet pass", async () => {
    const { inputs, failures } = await checked({
      ...usual,
      memory: unknown,
      ulimits: unknown,
      restart: unknown,
    });
    expect(failures).toEqual([]);
    expect(inputs).toMatchObject({ memory: unknown, ulimits: unknown });
  });
});

describe("the name of a container that the program gives none", () => {
  const nameless = { image: "busybox" };

  it("is the one that the stack's settings propose", async () => {
    const { inputs } = await checked(nameless, { mode: "propose", proposedName: "keelson-web" });
    expect(inputs["name"]).toBe("keelson-web");
  });

  it("is refused where the stack's settings forbid it", async () => {
    await expect(checked(nameless, { mode: "disable", proposedName: "" })).rejects.toThrow(
      "automatic naming is disabled but no explicit name was provided",
    );
  });

  it("stays what it was", async () => {
    const first = await checked(nameless);
    expect(first.inputs["name"]).toMatch(/^web-[0-9a-f]{7}$/);
    const second = await checked(nameless, undefined, first.inputs, "another seed");
    expect(second.inputs["name"]).toBe(first.inputs["name"]);
  });
});

async function checked(
  inputs: Values,
  autonaming?: { mode: "propose" | "disable"; proposedName: string },
  oldInputs: Values = {},
  seed = "seed",
) {
  const request = {
    urn,
    oldInputs,
    inputs,
    randomSeed: Buffer.from(seed),
    ...(autonaming ? { autonaming } : {}),
  };
  return container.check(request, context);
}

function difference(resource: Resource<DockerHost>, inputs: Values, ignoreChanges: readonly string[] = []) {
  return differenceOf(resource, stored, inputs, ignoreChanges);
}

async function differenceOf(
  resource: Resource<DockerHost>,
  outputs: Values,
  inputs: Values,
  ignoreChanges: readonly string[] = [],
) {
  return resource.diff({ urn, id: "1", oldInputs: inputs, outputs, inputs, ignoreChanges }, context);
}

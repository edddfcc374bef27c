import type { AddressInfo } from "node:net";
import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { Reference } from "../../../components/model/reference.ts";
import { modelJob, type OllamaModel } from "../../../components/services/ollama-model.ts";
import { ollamaRecipe } from "../../../components/services/ollama.ts";
import { embeddedReference } from "../../../embedded/images/recipes.ts";
import type { Containers, Started } from "../../support/containers.ts";
import { openWith } from "../../support/embedded-images.ts";
import { runJob, startWorkload } from "../../support/started-workload.ts";
import { tinyModel } from "../../support/tiny-model.ts";

const given = tinyModel("given");
const sold = tinyModel("sold");
const WRONG = "0".repeat(64);
const patience = { timeout: 30_000, interval: 100 };

let containers: Containers;
let ollama: Started;
/** Volume with archives, as somebody else filled it; a host named `shop` has them for download. */
let archives: string;

beforeAll(async () => {
  containers = await openWith("ollama", "ollama", "curl");
  archives = await containers.volume("archives");
  await containers.start("shop", {
    Image: embeddedReference("busybox"),
    Cmd: [
      "sh",
      "-ec",
      `cd /archives; echo "$GIVEN" | base64 -d > given.gguf; echo "$SOLD" | base64 -d > sold.gguf
      exec httpd -f -p 80`,
    ],
    Env: [`GIVEN=${given.content.toString("base64")}`, `SOLD=${sold.content.toString("base64")}`],
    HostConfig: { Binds: [`${archives}:/archives`] },
  });
  ollama = await startWorkload(
    containers,
    "ollama",
    ollamaRecipe({ image: embeddedReference("ollama") }),
    "http",
  );
  await ready();
});
afterAll(() => containers.close());

const ready = () =>
  vi.waitFor(
    async () => expect((await fetch(`http://${await ollama.address()}/api/tags`)).status).toBe(200),
    patience,
  );

/** Models that the server has, by name. */
async function models(): Promise<Record<string, string>> {
  const answer = await fetch(`http://${await ollama.address()}/api/tags`);
  const { models: all } = (await answer.json()) as { models: { name: string; digest: string }[] };
  return Object.fromEntries(all.map(({ name, digest }) => [name, digest]));
}

/** Runs the job of a model as a target does, and gives its exit status and its log. */
async function run(model: OllamaModel, server = "http://ollama:11434") {
  const job = { ...modelJob(model, Reference.plain(server)), image: embeddedReference("curl") };
  return runJob(containers, job, { archives });
}

const inFolder = (name: string, sha256 = given.sha256, path = "given.gguf") =>
  run({ name, archive: { folder: "archives", path, sha256 } });
const downloaded = (name: string, sha256 = sold.sha256) =>
  run({ name, archive: { url: "http://shop/sold.gguf", sha256 } });

describe("a model from an archive", () => {
  it("[M3] [G13] is known to the server after the job, and after as many more runs", async () => {
    expect(await inFolder("given")).toMatchObject({ status: 0, log: expect.stringContaining("success") });
    const first = await models();
    expect(first).toHaveProperty("given:latest");
    expect(await inFolder("given")).toMatchObject({ status: 0 });
    expect(await models()).toEqual(first);
  });

  it("[M3] is refused with another checksum than it should have, with both, and is not sent to the server", async () => {
    const { status, log } = await inFolder("forged", WRONG);
    expect(status).toBe(1);
    expect(log).toContain(`/archives/given.gguf has the SHA-256 ${given.sha256}, and not ${WRONG}`);
    expect(await models()).not.toHaveProperty("forged:latest");
  });

  it("is missed with its path where it is not there", async () => {
    const { status, log } = await inFolder("missing", WRONG, "other.gguf");
    expect(status).toBe(1);
    expect(log).toContain("/archives/other.gguf is not there, or not to be read by user 1000");
  });

  it("[M3] is downloaded, too, where it has a URL", async () => {
    expect(await downloaded("bought")).toMatchObject({ status: 0 });
    expect(await models()).toHaveProperty("bought:latest");
  });

  it("that can't be downloaded fails the job, with the reason", async () => {
    const { status, log } = await run({
      name: "sold-out",
      archive: { url: "http://shop/none.gguf", sha256: WRONG },
    });
    expect(status).not.toBe(0);
    expect(log).toContain("The requested URL returned error: 404");
  });

  it("[M3] that is downloaded and has another checksum is refused by the server, with both", async () => {
    const { status, log } = await downloaded("swapped", WRONG);
    expect(status).not.toBe(0);
    expect(log).toContain("digest mismatch");
    expect(log).toContain(sold.sha256);
    expect(log).toContain(WRONG);
    expect(await models()).not.toHaveProperty("swapped:latest");
  });
});

describe("a model by its name", () => {
  it("[G13] is not pulled where it is there already, with the digest that it should have", async () => {
    await inFolder("known");
    const { "known:latest": digest } = await models();
    const { status, log } = await run({ name: "known", digest: digest! });
    expect({ status, log }).toMatchObject({
      status: 0,
      log: expect.stringContaining("known is there already"),
    });
    expect(await run({ name: "known" })).toMatchObject({ status: 0 });
  });

  it("[G13] that can't be pulled fails the job, with the server's reason", async () => {
    const { status, log } = await run({ name: "shop:80/owner/name:1" });
    expect(status).not.toBe(0);
    expect(log).toMatch(/"error":"pull model manifest: .*shop:80/);
  });

  it("[M3] that has another digest after the pull is removed, and fails the job", async () => {
    const deleted: unknown[] = [];
    const listed: { name: string; digest: string; details: object }[] = [];
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        if (request.url === "/api/pull")
          listed.push({ name: "gemma2:2b", digest: given.sha256, details: {} });
        if (request.url === "/api/delete") deleted.push(JSON.parse(Buffer.concat(parts).toString()));
        response.end(JSON.stringify({ models: listed }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
    onTestFinished(() => void server.close());
    const { NetworkSettings } = await ollama.container.inspect();
    const [{ Gateway: host } = { Gateway: "" }] = Object.values(NetworkSettings.Networks);
    const address = `http://${host}:${(server.address() as AddressInfo).port}`;

    const { status, log } = await run({ name: "gemma2:2b", digest: WRONG }, address);
    expect(status).toBe(1);
    expect(log).toContain(
      "gemma2:2b has another digest than it should, as the list above tells, and is removed",
    );
    expect(log).toContain(given.sha256);
    expect(deleted).toEqual([{ model: "gemma2:2b" }]);
    listed.splice(0);
    expect(await run({ name: "gemma2:2b", digest: given.sha256 }, address)).toMatchObject({ status: 0 });
  });
});

describe("the ollama image", () => {
  it("[G6] [G7] serves without rights, and keeps its models over a restart", async () => {
    await inFolder("kept");
    const before = await models();
    await ollama.container.restart({ t: 30 });
    await ready();
    expect(await models()).toEqual(before);
    const { State } = await ollama.container.inspect();
    expect(State.OOMKilled).toBe(false);
  });

  it("ends in order when it is stopped", async () => {
    await ollama.container.stop({ t: 30 });
    expect((await ollama.container.inspect()).State.ExitCode).toBe(0);
    await ollama.container.start();
    await ready();
  });

  it("serves by its own command and as its own user, as the official image does", async () => {
    const plain = await containers.start("plain", { Image: embeddedReference("ollama"), port: 11434 });
    await vi.waitFor(async () => {
      const answer = await fetch(`http://${await plain.address()}/`);
      expect(await answer.text()).toBe("Ollama is running");
    }, patience);
  });
});

import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { platforms } from "../../../stacks/platforms.ts";
import { derivedImage } from "../../support/derived-image.ts";
import { lawsOnDocker } from "../../support/docker-laws.ts";
import { DockerStack } from "../../support/docker-stack.ts";
import { Entry } from "../../support/entry.ts";
import { wiresOf } from "../../support/laws.ts";
import { GrafanaClient } from "../../support/grafana-client.ts";
import { observabilityLaws } from "../../support/observability-laws.ts";
import { PrometheusClient } from "../../support/prometheus-client.ts";
import { type References, referencesOf } from "../../support/references.ts";
import { tinyModel } from "../../support/tiny-model.ts";

const NAME = "test-melvin";
const PORT = 18481;
const PROMETHEUS_PORT = 18582;
/** The port of the platform's document. */
const DATABASE_PORT = 8004;
const MODEL = "tiny:1";

let stack: DockerStack;
let folder: string;
let firstUp: string;
let references: References;
const model = tinyModel();
const entry = new Entry(`localhost:${PORT}`, "localhost");

/** The model from an archive, with the checksum that it is said to have. */
const melvin = (sha256: string) => ({
  model: { name: MODEL, archive: { folder: "models", path: "tiny.gguf", sha256 } },
  // Docker refuses a limit beyond the processors of the machine, of which a small one has two.
  sizes: { ollama: { cpuLimit: 2 } },
});

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "models-"));
  // Containers read it as users of their own.
  await chmod(folder, 0o755);
  await writeFile(path.join(folder, "tiny.gguf"), model.content);
  references = await referencesOf((common) =>
    platforms.melvin.make({ ...common, observability: true }, {}, {}),
  );
  stack = await DockerStack.open(NAME, {
    "keelson:platform": "melvin",
    "keelson:target": "docker",
    "keelson:observability": true,
    "keelson:docker": {
      name: NAME,
      httpPort: PORT,
      publish: { prometheus: { http: PROMETHEUS_PORT }, postgres: { sql: DATABASE_PORT } },
      folders: { models: folder },
    },
    "keelson:melvin": melvin(model.sha256),
  });
  firstUp = await stack.done("up");
});
afterAll(async () => {
  await stack.close();
  await rm(folder, { recursive: true, force: true });
});

/** What the stack says of who may log in. */
async function administrator(): Promise<{ user: string; password: string }> {
  const { admin } = JSON.parse(
    await stack.done("pulumi", "--", "stack", "output", "logins", "--show-secrets", "--json"),
  ) as { admin: { user: string; password: string } };
  return admin;
}

/** Whether a port of an address accepts connections. */
const accepts = (address: string, port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host: address, port, timeout: 2000 });
    const end = (accepted: boolean) => () => {
      socket.destroy();
      resolve(accepted);
    };
    socket.on("connect", end(true)).on("error", end(false)).on("timeout", end(false));
  });

describe("melvin-docker, brought up for real", () => {
  lawsOnDocker(
    () => ({ stack, output: firstUp }),
    () => references,
    {
      published: [
        `proxy 0.0.0.0:${PORT}`,
        `prometheus 127.0.0.1:${PROMETHEUS_PORT}`,
        `postgres 127.0.0.1:${DATABASE_PORT}`,
      ],
      secrets: 7,
    },
  );

  observabilityLaws(
    () => ({
      grafana: new GrafanaClient(`http://localhost:${PORT}/grafana`, stack),
      prometheus: PrometheusClient.at(PROMETHEUS_PORT),
    }),
    () => references,
    ["MongoDB", "PostgreSQL", "Traces and logs"],
  );

  it("[M1] proves every relation by a write and a read, by the real protocol", async () => {
    const wires = await wiresOf(stack);
    for (const wire of [/database: PostgreSQL, .*TLS/, /MongoDB, /, /Qdrant, /, /Ollama, /])
      expect(wires).toContainEqual(expect.stringMatching(wire));
  });

  it("[M1] lets tools reach PostgreSQL on the loopback address of the host, and nobody elsewhere", async () => {
    const { deployment } = await stack.state({ clear: true });
    const made = deployment.resources!.find(({ urn }) => urn.endsWith("RandomPassword::postgres-melvin"))!;
    const password = JSON.parse((made.outputs as { result: { plaintext: string } }).result.plaintext);
    const client = new Client({
      ...{ host: "127.0.0.1", port: DATABASE_PORT, user: "melvin", database: "melvin", password },
      ssl: { rejectUnauthorized: false },
    });
    await client.connect();
    const { rows } = await client.query("select current_user as name");
    await client.end();
    expect(rows).toEqual([{ name: "melvin" }]);
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((each) => each?.family === "IPv4" && !each.internal)
      .map((each) => each!.address);
    expect(others.length).toBeGreaterThan(0);
    for (const address of others) expect(await accepts(address, DATABASE_PORT), address).toBe(false);
  });

  it("[M3] has the model that was given before the api starts", async () => {
    const job = (await stack.containers()).find(({ Name }) => Name.endsWith("-tiny-1-model"))!;
    expect(job.State).toMatchObject({ Status: "exited", ExitCode: 0 });
    const { State } = await stack.service("api");
    expect(Date.parse(State.StartedAt)).toBeGreaterThan(Date.parse(job.State.FinishedAt));
  });

  it("[M4, M7] lets the administrator in with the generated password, and writes down who was refused", async () => {
    const { user, password } = await administrator();
    expect((await entry.ask("/login", { name: user, password })).status).toBe(204);
    expect((await entry.ask("/login", { name: user, password: "Wrong-password-1" })).status).toBe(401);
    const busybox = "/run/keelson-tools/busybox";
    const { exitCode, output } = await stack.output(
      "api",
      ...[busybox, "sh", "-c", `${busybox} cat /var/log/melvin/audit/*`],
    );
    expect(exitCode, output).toBe(0);
    expect(output).toContain(user);
    expect(output).not.toContain(password);
    expect(output).not.toContain("Wrong-password-1");
  });

  it("[M8] takes a new image of the api without a failed request, after its migrations, and keeps its data", async () => {
    const image = await derivedImage((await stack.service("api")).Config.Image, `${NAME}-api`, {
      LABEL: "keelson.test=next",
    });
    expect((await entry.ask("/items", { text: "written before" })).status).toBe(201);
    await stack.set({ "keelson:images": { api: image } });
    let statuses: readonly number[] = [];
    const replaced = await stack.replacedBy(async () => {
      statuses = await entry.askDuring("/health", () => stack.done("up"));
    });
    expect(replaced).toEqual(["admin", "api", "migrations"]);
    expect(statuses.length).toBeGreaterThan(20);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    expect((await entry.ask("/items")).body).toContain("written before");
  });

  it("[M3] stops at a model with another checksum, names both, and leaves the api serving", async () => {
    const { Id } = await stack.service("api");
    await stack.set({ "keelson:melvin": melvin("0".repeat(64)) });
    const { status, output } = await stack.keelson("up");
    expect(status).not.toBe(0);
    expect(output).toContain("0".repeat(64));
    expect(output).toContain(model.sha256);
    expect((await stack.service("api")).Id).toBe(Id);
    expect((await entry.ask("/health")).status).toBe(200);
    await stack.set({ "keelson:melvin": melvin(model.sha256) });
    await stack.done("up");
  });

  it("[M4] refuses a password against the policy before anything is made, without repeating it", async () => {
    await stack.done(
      "pulumi",
      "--",
      "config",
      "set",
      "--secret",
      "--path",
      "melvin.admin.password",
      "hunter2",
    );
    const { status, output } = await stack.keelson("up");
    expect(status).not.toBe(0);
    expect(output).toContain("keelson:melvin.admin.password");
    expect(output).toContain("nothing was made");
    expect(output).not.toContain("hunter2");
    await stack.set({ "keelson:melvin": melvin(model.sha256) });
  });

  it("[G6] leaves nothing behind when data may be deleted too", async () => {
    await stack.done("down", "--delete-data", "--yes");
    expect([await stack.containers(), await stack.volumes(), await stack.networks()]).toEqual([[], [], []]);
  });
});

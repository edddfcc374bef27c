import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { platforms } from "../../../stacks/platforms.ts";
import { derivedImage } from "../../support/derived-image.ts";
import { lawsOnDocker } from "../../support/docker-laws.ts";
import { DockerStack } from "../../support/docker-stack.ts";
import { Entry } from "../../support/entry.ts";
import { missingWires, PROVE, unproven } from "../../support/semantik-proofs.ts";
import { GrafanaClient } from "../../support/grafana-client.ts";
import { observabilityLaws } from "../../support/observability-laws.ts";
import { PrometheusClient } from "../../support/prometheus-client.ts";
import { type References, referencesOf } from "../../support/references.ts";

const NAME = "test-semantik";
const PORT = 18482;
const PROMETHEUS_PORT = 18583;
const FLOWER_PORT = 18483;
/** Where the hub's own client keeps the platform's default model, within its cache. */
const MODEL_FOLDER = "hub/models--Qwen--Qwen3-Embedding-0.6B";
const APPLICATIONS = ["vecpipe", "webui", "worker"];

let stack: DockerStack;
let folder: string;
let firstUp: string;
let references: References;
const entry = new Entry(`localhost:${PORT}`, "localhost");

/** Who may log in, by what they are for. */
type Logins = Readonly<Record<"superuser" | "flower", { user: string; password: string }>>;
const logins = async (): Promise<Logins> =>
  JSON.parse(await stack.done("pulumi", "--", "stack", "output", "logins", "--show-secrets", "--json"));

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "semantik-"));
  for (const name of ["documents", "models"]) await mkdir(path.join(folder, name), { mode: 0o755 });
  await writeFile(path.join(folder, "documents", "hello.txt"), "hello");
  references = await referencesOf((common) =>
    platforms.semantik.make({ ...common, observability: true }, {}, {}),
  );
  stack = await DockerStack.open(NAME, {
    "keelson:platform": "semantik",
    "keelson:target": "docker",
    "keelson:observability": true,
    "keelson:docker": {
      name: NAME,
      httpPort: PORT,
      publish: { prometheus: { http: PROMETHEUS_PORT }, flower: { http: FLOWER_PORT } },
      folders: { documents: path.join(folder, "documents"), models: path.join(folder, "models") },
    },
  });
  firstUp = await stack.done("up");
});
afterAll(async () => {
  await stack.close();
  await rm(folder, { recursive: true, force: true });
});

describe("semantik-docker, brought up for real", () => {
  lawsOnDocker(
    () => ({ stack, output: firstUp }),
    () => references,
    {
      published: [
        `proxy 0.0.0.0:${PORT}`,
        `prometheus 127.0.0.1:${PROMETHEUS_PORT}`,
        `flower 127.0.0.1:${FLOWER_PORT}`,
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
    ["PostgreSQL", "Redis", "Traces and logs"],
  );

  it("[K7] answers at the paths that its document names", async () => {
    expect((await entry.ask("/api/health/readyz")).status).toBe(200);
    const { Config } = await stack.service("webui");
    expect(Config.Healthcheck).toMatchObject({ Timeout: expect.any(Number) });
  });

  it("[K1] proves every relation of the web application and of vecpipe by its protocol", async () => {
    expect(await missingWires(stack)).toEqual([]);
  });

  it("[K1] has the worker take a task from the broker, and prove its own relations in it", async () => {
    const { exitCode, output } = await stack.output(
      "worker",
      ...["/run/keelson-tools/launch", "python3", "-c", PROVE],
    );
    expect(exitCode, output).toBe(0);
    expect(unproven(output)).toEqual([]);
  });

  it("[K1] shows Flower to those who know its password, and to nobody else", async () => {
    const { user, password } = (await logins()).flower;
    const workers = (given: string) =>
      fetch(`http://127.0.0.1:${FLOWER_PORT}/workers`, {
        headers: { authorization: `Basic ${Buffer.from(`${user}:${given}`).toString("base64")}` },
      });
    expect((await workers("another")).status).toBe(401);
    const shown = await workers(password);
    expect(shown.status).toBe(200);
    expect(await shown.text()).toContain("celery@");
  });

  it("[K6] runs its applications as 1000:1000 with one capability, and gives them folders without a chown", async () => {
    for (const service of APPLICATIONS) {
      const { Config, HostConfig } = await stack.service(service);
      expect(Config.User, service).toBe("1000:1000");
      expect(HostConfig.CapAdd, service).toEqual(["CAP_NET_BIND_SERVICE"]);
      expect(HostConfig.SecurityOpt, service).toContain("no-new-privileges:true");
      expect(await stack.shell(service, "touch /app/data/probe && rm /app/data/probe"), service).toBe(0);
    }
  });

  it("[K6] reads documents that others put there, and can't write them", async () => {
    for (const service of ["webui", "worker"]) {
      expect(await stack.shell(service, 'test "$(cat /mnt/docs/hello.txt)" = hello')).toBe(0);
      expect(await stack.shell(service, "touch /mnt/docs/new 2>/dev/null")).not.toBe(0);
    }
  });

  it("[K4] has the model where all find it, which they read and don't write, and asks no hub for it", async () => {
    for (const service of APPLICATIONS) {
      const { Config } = await stack.service(service);
      expect(Config.Env, service).toContain("HF_HUB_OFFLINE=true");
      const home = Config.Env.find((line) => line.startsWith("HF_HOME="))!.slice("HF_HOME=".length);
      expect(await stack.shell(service, `ls ${home}/hub/* >/dev/null`), service).toBe(0);
      expect(await stack.shell(service, `touch ${home}/new 2>/dev/null`), service).not.toBe(0);
    }
  });

  it("[K10] has its superuser, whom the generated password lets in", async () => {
    const { user, password } = (await logins()).superuser;
    expect((await entry.ask("/login", { name: user, password })).status).toBe(204);
    expect((await entry.ask("/login", { name: user, password: "Wrong-password-1" })).status).toBe(401);
  });

  it("[K5] stops at a failed migration with its log, and leaves the old version serving", async () => {
    const working = (await stack.service("webui")).Config.Image;
    const script =
      "#!/run/keelson-tools/busybox sh\necho 'relation \"document\" does not exist' >&2\nexit 3\n";
    const broken = await derivedImage(working, `${NAME}-broken`, {
      files: { "/usr/local/bin/alembic": script },
    });
    const { Id } = await stack.service("webui");
    await stack.set({ "keelson:images": { webui: broken } });
    const { status, output } = await stack.keelson("up");
    expect(status).not.toBe(0);
    expect(output).toContain('relation "document" does not exist');
    expect((await stack.service("webui")).Id).toBe(Id);
    expect((await entry.ask("/api/health/readyz")).status).toBe(200);
  });

  it("[G9, K5] takes a new image without a failed request, once its migrations went well", async () => {
    const image = await derivedImage((await stack.service("webui")).Config.Image, `${NAME}-webui`, {
      LABEL: "keelson.test=next",
    });
    await stack.set({ "keelson:images": { webui: image } });
    const statuses = await entry.askDuring("/api/health/readyz", () => stack.done("up"));
    expect((await stack.service("webui")).Config.Image).toBe(image);
    expect(statuses.length).toBeGreaterThan(20);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  });

  it("[K4] takes the model from an archive instead, unless its checksum is another", async () => {
    const archive = path.join(folder, "models", "model.tar.gz");
    const content = path.join(folder, "content");
    const snapshot = path.join(content, MODEL_FOLDER, "snapshots", "given");
    await mkdir(snapshot, { recursive: true });
    await writeFile(path.join(snapshot, "weights"), "weights");
    await execa("tar", ["-czf", archive, "-C", content, "."]);
    const sha256 = createHash("sha256")
      .update(await readFile(archive))
      .digest("hex");
    const from = (sum: string) => ({
      model: { source: { kind: "archive", folder: "models", path: "model.tar.gz", sha256: sum } },
    });
    await stack.set({ "keelson:images": {}, "keelson:semantik": from("0".repeat(64)) });
    const { status, output } = await stack.keelson("up");
    expect(status).not.toBe(0);
    expect(output).toContain(sha256);
    await stack.set({ "keelson:semantik": from(sha256) });
    await stack.done("up");
    const unpacked = `grep -q weights "$HF_HOME/${MODEL_FOLDER}/snapshots/given/weights"`;
    expect(await stack.shell("vecpipe", unpacked)).toBe(0);
  });

  it("[G6] leaves nothing behind when data may be deleted too", async () => {
    await stack.done("down", "--delete-data", "--yes");
    expect([await stack.containers(), await stack.volumes(), await stack.networks()]).toEqual([[], [], []]);
  });
});

import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { inOrder } from "../../../components/platforms/acceleration-services.ts";
import { platforms } from "../../../stacks/platforms.ts";
import { derivedImage } from "../../support/derived-image.ts";
import { lawsOnDocker } from "../../support/docker-laws.ts";
import { DockerStack } from "../../support/docker-stack.ts";
import { Entry } from "../../support/entry.ts";
import { GrafanaClient } from "../../support/grafana-client.ts";
import { wiresOf } from "../../support/laws.ts";
import { observabilityLaws } from "../../support/observability-laws.ts";
import { PrometheusClient } from "../../support/prometheus-client.ts";
import { type References, referencesOf } from "../../support/references.ts";

const NAME = "test-acceleration";
const PORT = 18480;
const JAEGER_PORT = 18580;
const PROMETHEUS_PORT = 18581;
const PATHS = ["gateway", "orchestrator", "agents", "tools", "rag", "sqltool", "workflow", "observability"];

/** Observed, the platform is promised more than the smallest host has. */
const DOCKER = {
  name: NAME,
  httpPort: PORT,
  machine: { cpus: 8, memoryGiB: 32, storageGiB: 500 },
  publish: { jaeger: { http: JAEGER_PORT }, prometheus: { http: PROMETHEUS_PORT } },
};

let stack: DockerStack;
let firstUp: string;
let references: References;
let grafana: GrafanaClient;
const prometheus = PrometheusClient.at(PROMETHEUS_PORT);

beforeAll(async () => {
  references = await referencesOf((common) =>
    platforms.acceleration.make({ ...common, observability: true }, {}, {}),
  );
  stack = await DockerStack.open(NAME, {
    "keelson:platform": "acceleration",
    "keelson:target": "docker",
    "keelson:docker": DOCKER,
    "keelson:observability": { samplingRatio: 1, downSeconds: 0 },
  });
  firstUp = await stack.done("up");
  grafana = new GrafanaClient(GRAFANA, stack);
});
afterAll(async () => {
  await stack.close();
});

const entry = new Entry(`localhost:${PORT}`, "localhost");
const GRAFANA = `http://localhost:${PORT}/grafana`;

/** The services of each trace in which a service took part. */
async function tracesOf(service: string): Promise<readonly string[][]> {
  const found = await fetch(`http://127.0.0.1:${JAEGER_PORT}/api/traces?service=${service}&limit=1000`);
  const { data } = (await found.json()) as {
    data: readonly { readonly processes: Readonly<Record<string, { readonly serviceName: string }>> }[];
  };
  return data.map(({ processes }) => Object.values(processes).map(({ serviceName }) => serviceName));
}

describe("acceleration-docker, brought up for real", () => {
  it("[A1, A4] answers 200 for the health of each service, and for the web application", async () => {
    const statuses = await Promise.all(
      [...PATHS.map((path) => `/api/${path}/health`), "/"].map(async (path) => [
        path,
        (await entry.ask(path)).status,
      ]),
    );
    expect(statuses).toEqual(statuses.map(([path]) => [path, 200]));
  });

  it("[A2, A7, D, G15] reaches every dependency by its real protocol with its credentials", async () => {
    const wires = await wiresOf(stack);
    for (const service of [
      "agents",
      "gateway",
      "orchestrator",
      "rag",
      "sqltool",
      "tools",
      "workflow-engine",
      "observability",
    ]) {
      expect(wires).toContainEqual(
        expect.stringMatching(new RegExp(`^${service} → database: PostgreSQL, .*TLS`)),
      );
      expect(wires).toContainEqual(expect.stringMatching(new RegExp(`^${service} → redis: Redis, `)));
    }
    expect(wires).toContainEqual(expect.stringMatching(/^rag → chroma: Chroma, vector upserted/));
    expect(wires.filter((wire) => wire.startsWith("gateway → ") && wire.includes("HTTP"))).toHaveLength(7);
  });

  lawsOnDocker(
    () => ({ stack, output: firstUp }),
    () => references,
    {
      published: [
        `proxy 0.0.0.0:${PORT}`,
        `jaeger 127.0.0.1:${JAEGER_PORT}`,
        `prometheus 127.0.0.1:${PROMETHEUS_PORT}`,
      ],
      secrets: 16,
    },
  );

  observabilityLaws(
    () => ({ grafana, prometheus }),
    () => references,
    ["PostgreSQL", "Redis", "Traces and logs"],
  );

  it("[G16] [A8] alerts of a service that does not answer, and no longer once it does", async () => {
    const exporter = stack.docker.getContainer((await stack.service("redis-exporter")).Id);
    const patience = { timeout: 90_000, interval: 1000 };
    await exporter.pause();
    await vi.waitFor(async () => expect(await prometheus.down()).toEqual(["redis-exporter"]), patience);
    await exporter.unpause();
    await vi.waitFor(async () => expect(await prometheus.down()).toEqual([]), patience);
  });

  it("[G16] [A8] traces a request through the gateway, with every service that it asks for it", async () => {
    expect((await entry.ask("/api/gateway/wiring?now")).status).toBe(200);
    const asked = references.serversOf("gateway").map(({ host }) => host);
    const services = inOrder.filter((service) => asked.includes(service));
    expect(services.length).toBeGreaterThan(3);
    const patience = { timeout: 60_000, interval: 2000 };
    await vi.waitFor(async () => {
      expect(await tracesOf("gateway")).toContainEqual(expect.arrayContaining(["gateway", ...services]));
    }, patience);
  });

  it("[G5] has no way out that nobody refers to, and none to a store by its address", async () => {
    const { Networks } = (await stack.service("chroma")).NetworkSettings;
    expect(await stack.reaches("tools", Object.values(Networks)[0]!.IPAddress, 8000)).toBe(false);
    expect(await stack.reaches("gateway", "1.1.1.1", 443)).toBe(false);
  });

  it("[G6, G9] replaces one service alone when its image changes, without a failed request, and keeps its data", async () => {
    const text = `written before ${Date.now()}`;
    const written = await entry.ask("/api/rag/items", { text });
    expect(written.status).toBe(201);

    const image = await derivedImage((await stack.service("rag")).Config.Image, `${NAME}-rag`, {
      LABEL: "keelson.test=next",
    });
    await stack.set({ "keelson:images": { rag: image } });
    let statuses: readonly number[] = [];
    const replaced = await stack.replacedBy(async () => {
      statuses = await entry.askDuring("/api/rag/health", () => stack.done("up"));
    });

    expect(replaced).toEqual(["rag", "rag-migrations"]);
    expect((await stack.service("rag")).Config.Image).toBe(image);
    expect((await entry.ask("/api/rag/items")).body).toContain(text);
    expect(statuses.length).toBeGreaterThan(20);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  });

  it("[G6] keeps what a store holds when its image changes, and replaces none of its clients", async () => {
    const image = await derivedImage((await stack.service("redis")).Config.Image, `${NAME}-redis`, {
      LABEL: "keelson.test=next",
    });
    const replaced = await stack.replacedBy(async () => {
      await stack.set({ "keelson:images": { redis: image } });
      await stack.done("up");
    });
    expect(replaced).toEqual(["rag", "rag-migrations", "redis"]);
    const { ok } = JSON.parse(await stack.done("verify", "--json"));
    expect(ok).toBe(true);
  });

  it("[G3, A7] hands a new secret to the services that use it, and to them alone", async () => {
    const replaced = await stack.replacedBy(async () => {
      await stack.done(
        "pulumi",
        "--",
        "config",
        "set",
        "--secret",
        "--path",
        "acceleration.modelKeys.openai",
        "sk-of-a-test",
      );
      await stack.done("up");
    });
    expect(replaced).toEqual(["agents", "orchestrator", "rag", "sqltool"]);
    const told = (service: string) =>
      stack.run(
        service,
        "/run/keelson-tools/busybox",
        "grep",
        "-q",
        "^OPENAI_API_KEY='sk-of-a-test'$",
        "/run/keelson/variables",
      );
    expect(await told("rag")).toBe(0);
    expect(await told("tools")).not.toBe(0);
    expect(JSON.stringify(await stack.containers())).not.toContain("sk-of-a-test");
    expect(JSON.stringify(await stack.state({ clear: false }))).not.toContain("sk-of-a-test");
  });

  it("[G7] restarts a process that hangs", async () => {
    const { Id, State } = await stack.service("redis");
    await stack.run("redis", "sh", "-c", "kill -STOP $(pidof redis-server)");
    const deadline = Date.now() + 90_000;
    let seen = State;
    while (
      Date.now() < deadline &&
      !(seen.StartedAt !== State.StartedAt && seen.Health?.Status === "healthy")
    ) {
      await wait(1000);
      seen = (await stack.docker.getContainer(Id).inspect()).State;
    }
    expect(seen.StartedAt).not.toBe(State.StartedAt);
    expect(seen.Health?.Status).toBe("healthy");
  });

  it("[A6, G13, K5] stops at a failed migration with its log, leaves the old version serving, and runs it again next time", async () => {
    const working = (await stack.service("tools")).Config.Image;
    const script = "#!/run/keelson-tools/busybox sh\necho 'relation \"tools\" does not exist' >&2\nexit 3\n";
    const broken = await derivedImage(working, `${NAME}-broken`, {
      files: { "/usr/local/bin/alembic": script },
    });
    const { Id } = await stack.service("tools");
    await stack.set({ "keelson:images": { tools: broken } });
    for (const attempt of [1, 2]) {
      const { status, output } = await stack.keelson("up");
      expect(status).not.toBe(0);
      expect(output).toContain('job "tools-migrations" ended with exit code 3');
      expect(output).toContain('relation "tools" does not exist');
      expect(output).toContain(`keelson: attempt ${attempt} exit 3`);
    }
    expect((await stack.service("tools")).Id).toBe(Id);
    expect((await entry.ask("/api/tools/health")).status).toBe(200);

    await stack.set({ "keelson:images": {} });
    await stack.done("up");
    expect(await stack.done("preview", "--", "--expect-no-changes")).toMatch(/\d+ unchanged/);
  });

  it("[G10] refuses a stack file with five mistakes by five messages, and makes nothing", async () => {
    const before = await stack.idsByService();
    await stack.set({
      "keelson:environment": "prod",
      "keelson:hots": "example.com",
      "keelson:images": { gatway: "example/gateway:1" },
      "keelson:docker": { ...DOCKER, httpPort: 184800, tls: "on" },
    });
    const { status, output } = await stack.keelson("up");
    expect(status).not.toBe(0);
    for (const mistake of [
      "keelson:environment",
      "keelson:hots",
      "keelson:images.gatway",
      "keelson:docker.httpPort",
      "keelson:docker.tls",
    ])
      expect(output).toContain(`  ${mistake} is `);
    expect(output).toContain("5 mistakes, and nothing was made");
    expect(await stack.idsByService()).toEqual(before);
  });

  it("[G6] keeps data and passwords when it is taken down, says so, and finds both again", async () => {
    await stack.set({
      "keelson:hots": undefined,
      "keelson:environment": "production",
      "keelson:images": {},
      "keelson:docker": DOCKER,
    });
    const output = await stack.done("down");
    expect(await stack.containers()).toEqual([]);
    const kept = ["chroma", "postgres", "prometheus", "proxy", "redis"].map(
      (service) => `${NAME}-${service}-data`,
    );
    expect(await stack.volumes()).toEqual(kept);
    for (const volume of kept) expect(output).toContain(volume);
    expect(output).toContain("--delete-data");

    await stack.done("up");
    expect((await entry.ask("/api/rag/items")).body).toContain("written before");
  });

  it("[G6] leaves nothing behind when data may be deleted too", async () => {
    await stack.done("down", "--delete-data", "--yes");
    expect([await stack.containers(), await stack.volumes(), await stack.networks()]).toEqual([[], [], []]);
  });
});

import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DockerStack } from "../../support/docker-stack.ts";
import { secretsIn } from "../../support/live-stack.ts";
import { tool } from "../../../components/targets/docker/scripts.ts";
import { derivedImage } from "../../support/derived-image.ts";

const NAME = "test-acceleration";
const PORT = 18480;
const ENTRY = `http://localhost:${PORT}`;
const PATHS = ["gateway", "orchestrator", "agents", "tools", "rag", "sqltool", "workflow", "observability"];

let stack: DockerStack;
let firstUp: string;

beforeAll(async () => {
  stack = await DockerStack.open(NAME, {
    "keelson:platform": "acceleration",
    "keelson:target": "docker",
    "keelson:docker": { name: NAME, httpPort: PORT },
  });
  firstUp = await stack.done("up");
});
afterAll(async () => {
  await stack.close();
});

const get = async (path: string) => fetch(`${ENTRY}${path}`);
/** The containers that run a service's or a job's own program, by name: not those that ready files and volumes for them. */
const idsByService = async () => {
  const own = (await stack.containers()).filter(({ Config }) => !Config.Labels["keelson.root"]);
  return Object.fromEntries(own.map(({ Id, Config }) => [Config.Labels["keelson.service"]!, Id]));
};

/** Services whose containers are others than before. */
async function replacedBy(change: () => Promise<unknown>): Promise<string[]> {
  const before = await idsByService();
  await change();
  const after = await idsByService();
  return Object.keys(after)
    .filter((name) => before[name] !== after[name])
    .toSorted();
}

describe("acceleration-docker, brought up for real", () => {
  it("[A1, A4] answers 200 for the health of each service, and for the web application", async () => {
    const statuses = await Promise.all(
      [...PATHS.map((path) => `/api/${path}/health`), "/"].map(async (path) => [
        path,
        (await get(path)).status,
      ]),
    );
    expect(statuses).toEqual(statuses.map(([path]) => [path, 200]));
  });

  it("[A2, A7, D, G15] reaches every dependency by its real protocol with its credentials", async () => {
    const { ok, checks } = JSON.parse(await stack.done("verify", "--json"));
    expect(ok).toBe(true);
    const wires: string[] = checks
      .filter(({ kind }: { kind: string }) => kind === "wire")
      .map(({ name, detail }: { name: string; detail: string }) => `${name}: ${detail}`);
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

  it("[G1] changes nothing when it is brought up again", async () => {
    expect(await stack.done("preview", "--", "--expect-no-changes")).toMatch(/\d+ unchanged/);
  });

  it("[G7] has every container bounded, unprivileged and watched, or with a reason written down", async () => {
    for (const { Name, Config, HostConfig, State } of await stack.containers()) {
      const lasting = HostConfig.RestartPolicy?.Name === "unless-stopped";
      const started = State.Status !== "created";
      expect(HostConfig.Privileged, Name).toBe(false);
      expect(HostConfig.CapDrop, Name).toEqual(["ALL"]);
      expect(HostConfig.SecurityOpt, Name).toContain("no-new-privileges:true");
      expect(HostConfig.Memory, Name).toBeGreaterThan(0);
      expect(/^[1-9]\d*:[1-9]/.test(Config.User) || Boolean(Config.Labels["keelson.root"]), Name).toBe(true);
      if (!started) continue;
      expect(HostConfig.NanoCpus, Name).toBeGreaterThan(0);
      expect(HostConfig.Ulimits, Name).toContainEqual(expect.objectContaining({ Name: "nproc" }));
      expect(HostConfig.LogConfig, Name).toMatchObject({
        Type: "json-file",
        Config: { "max-size": expect.any(String) },
      });
      if (!lasting) continue;
      expect(HostConfig.ReadonlyRootfs, Name).toBe(true);
      expect(Config.Healthcheck?.Test?.[1], Name).toBe(tool("check"));
      expect(State.Health?.Status, Name).toBe("healthy");
    }
  });

  it("[G5] opens nothing on the host but the entry point", async () => {
    const published = (await stack.containers()).flatMap(({ Config, HostConfig }) =>
      Object.values((HostConfig.PortBindings ?? {}) as Record<string, { HostIp: string; HostPort: string }[]>)
        .flat()
        .map(({ HostIp, HostPort }) => `${Config.Labels["keelson.service"]} ${HostIp}:${HostPort}`),
    );
    expect(published).toEqual([`proxy 0.0.0.0:${PORT}`]);
  });

  it("[G5] lets a store be reached by those who refer to it, and by nobody else", async () => {
    const reaches = (from: string, host: string, port: number) =>
      stack.run(
        from,
        "/run/keelson-tools/busybox",
        "nc",
        "-w",
        "2",
        host,
        String(port),
        "-e",
        "/run/keelson-tools/busybox",
        "true",
      );
    const chroma = Object.values((await stack.service("chroma")).NetworkSettings.Networks)[0]!.IPAddress;
    expect(await reaches("rag", "chroma", 8000)).toBe(0);
    expect(await reaches("tools", "chroma", 8000)).not.toBe(0);
    expect(await reaches("tools", chroma, 8000)).not.toBe(0);
    expect(await reaches("web", "postgres", 5432)).not.toBe(0);
    expect(await reaches("gateway", "1.1.1.1", 443), "a way out that nobody referred to").not.toBe(0);
  });

  it("[G3] shows no secret in containers, networks, volumes, the state, or what it printed", async () => {
    const secrets = secretsIn(await stack.state({ clear: true }));
    expect(secrets.size).toBeGreaterThanOrEqual(14);
    const networks = await Promise.all(
      (await stack.networks()).map((name) => stack.docker.getNetwork(name).inspect()),
    );
    const volumes = await Promise.all(
      (await stack.volumes()).map((name) => stack.docker.getVolume(name).inspect()),
    );
    const logs = await Promise.all(
      (await stack.containers()).map(({ Id }) =>
        stack.docker.getContainer(Id).logs({ stdout: true, stderr: true }),
      ),
    );
    const places: Record<string, string> = {
      containers: JSON.stringify(await stack.containers()),
      networks: JSON.stringify(networks),
      volumes: JSON.stringify(volumes),
      state: JSON.stringify(await stack.state({ clear: false })),
      terminal: firstUp,
      logs: logs.join(""),
    };
    for (const [place, text] of Object.entries(places))
      for (const secret of secrets) expect(text.includes(secret), `a secret in ${place}`).toBe(false);
  });

  it("[G11] passes its policies", async () => {
    expect(await stack.done("preview", "--", "--policy-pack", "program/policies")).toMatch(/\d+ unchanged/);
  });

  it("[G6, G9] replaces one service alone when its image changes, without a failed request, and keeps its data", async () => {
    const text = `written before ${Date.now()}`;
    const written = await fetch(`${ENTRY}/api/rag/items`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text }),
    });
    expect(written.status).toBe(201);

    const statuses: number[] = [];
    const changed = new AbortController();
    const asking = (async () => {
      while (!changed.signal.aborted) {
        statuses.push(
          await get("/api/rag/health").then(
            ({ status }) => status,
            () => 0,
          ),
        );
        await wait(50);
      }
    })();
    const image = await derivedImage((await stack.service("rag")).Config.Image, `${NAME}-rag`, {
      LABEL: "keelson.test=next",
    });
    const replaced = await replacedBy(async () => {
      await stack.set({ "keelson:images": { rag: image } });
      await stack.done("up");
    });
    changed.abort();
    await asking;

    expect(replaced).toEqual(["rag", "rag-migrations"]);
    expect((await stack.service("rag")).Config.Image).toBe(image);
    expect(JSON.stringify(await (await get("/api/rag/items")).json())).toContain(text);
    expect(statuses.length).toBeGreaterThan(20);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  });

  it("[G6] keeps what a store holds when its image changes, and replaces none of its clients", async () => {
    const image = await derivedImage((await stack.service("redis")).Config.Image, `${NAME}-redis`, {
      LABEL: "keelson.test=next",
    });
    const replaced = await replacedBy(async () => {
      await stack.set({ "keelson:images": { redis: image } });
      await stack.done("up");
    });
    expect(replaced).toEqual(["rag", "rag-migrations", "redis"]);
    const { ok } = JSON.parse(await stack.done("verify", "--json"));
    expect(ok).toBe(true);
  });

  it("[G3, A7] hands a new secret to the services that use it, and to them alone", async () => {
    const replaced = await replacedBy(async () => {
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
    expect((await get("/api/tools/health")).status).toBe(200);

    await stack.set({ "keelson:images": {} });
    await stack.done("up");
    expect(await stack.done("preview", "--", "--expect-no-changes")).toMatch(/\d+ unchanged/);
  });

  it("[G10] refuses a stack file with five mistakes by five messages, and makes nothing", async () => {
    const before = await idsByService();
    await stack.set({
      "keelson:environment": "prod",
      "keelson:hots": "example.com",
      "keelson:images": { gatway: "example/gateway:1" },
      "keelson:docker": { name: NAME, httpPort: 184800, tls: "on" },
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
    expect(await idsByService()).toEqual(before);
  });

  it("[G6] keeps data and passwords when it is taken down, says so, and finds both again", async () => {
    await stack.set({
      "keelson:hots": undefined,
      "keelson:environment": "production",
      "keelson:images": {},
      "keelson:docker": { name: NAME, httpPort: PORT },
    });
    const output = await stack.done("down");
    expect(await stack.containers()).toEqual([]);
    const kept = ["chroma", "postgres", "proxy", "redis"].map((service) => `${NAME}-${service}-data`);
    expect(await stack.volumes()).toEqual(kept);
    for (const volume of kept) expect(output).toContain(volume);
    expect(output).toContain("--delete-data");

    await stack.done("up");
    expect(JSON.stringify(await (await get("/api/rag/items")).json())).toContain("written before");
  });

  it("[G6] leaves nothing behind when data may be deleted too", async () => {
    await stack.done("down", "--delete-data", "--yes");
    expect([await stack.containers(), await stack.volumes(), await stack.networks()]).toEqual([[], [], []]);
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ref, Reference } from "../../../../components/model/reference.ts";
import type { Workload } from "../../../../components/model/workload.ts";
import { HttpService } from "../../../../components/services/http-service.ts";
import { Postgres } from "../../../../components/services/postgres.ts";
import { Docker } from "../../../../components/targets/docker/docker.ts";
import type { DockerArgs } from "../../../../components/targets/docker/docker-args.ts";
import { deploy, type Registration } from "../../../support/engine.ts";

const CONTAINER = "docker:index/container:Container";
const resources = { cpuRequest: 0.1, cpuLimit: 0.5, memoryRequestMiB: 64, memoryLimitMiB: 128 };
const http = { image: "web:1", command: ["serve"], port: 8000, ready: "/health", resources };

const container = (all: readonly Registration[], name: string) =>
  all.find((each) => each.type === CONTAINER && each.name === name)!;
const networksOf = ({ inputs }: Registration): string[] =>
  inputs["networksAdvanced"].map(({ name }: { name: string }) => name).toSorted();

/** Services, each of which refers to some of those before it. */
const graph = fc
  .array(fc.array(fc.nat()), { minLength: 1, maxLength: 6 })
  .map((all) => all.map((callees, index) => [...new Set(callees.filter((callee) => callee < index))]));

async function services(calls: readonly (readonly number[])[]): Promise<Registration[]> {
  return deploy(() => {
    const target = new Docker("t");
    const made: HttpService[] = [];
    for (const [index, callees] of calls.entries()) {
      const env = Object.fromEntries(
        callees.map((callee) => [`URL_${callee}`, ref`${made[callee]!.url}/api`]),
      );
      made.push(new HttpService(`s${index}`, { target, ...http, env }));
    }
  });
}

/** Runs one workload that differs from a plain one in some respect. */
async function workload(change: Partial<Workload>, args: DockerArgs = {}): Promise<readonly Registration[]> {
  return deploy(() => {
    const target = new Docker("t", args);
    const plain: Workload = {
      image: "web:1",
      command: ["serve"],
      ports: { http: { number: 8000 } },
      probes: { readiness: { check: { kind: "tcp", port: "http" } } },
      resources,
      user: { uid: 1000, gid: 1000 },
    };
    target.run("web", () => ({ ...plain, ...change }), { parent: target });
  });
}

describe("a reference on a Docker host", () => {
  it("[G4, G5] lets its holder into the network of what it names, after that is healthy; nobody else gets in", async () => {
    await fc.assert(
      fc.asyncProperty(graph, async (calls) => {
        const all = await services(calls);
        for (const [index, callees] of calls.entries()) {
          const client = container(all, `t-s${index}`);
          expect(networksOf(client)).toEqual([index, ...callees].map((each) => `t-s${each}`).toSorted());
          const awaited = client.dependencies.filter(
            (urn) => urn.includes(`${CONTAINER}::t-s`) && !urn.endsWith("-files"),
          );
          expect(awaited.toSorted()).toEqual(
            callees.map((callee) => container(all, `t-s${callee}`).urn).toSorted(),
          );
        }
      }),
      { numRuns: 10 },
    );
  });

  it("derives no property of a client from its server, so that replacing the server replaces the server alone", async () => {
    await fc.assert(
      fc.asyncProperty(graph, async (calls) => {
        for (const { propertyDependencies } of await services(calls)) {
          const urns = Object.values(propertyDependencies).flat();
          expect(urns.filter((urn) => urn.includes(CONTAINER))).toEqual([]);
        }
      }),
      { numRuns: 10 },
    );
  });

  it("[G5] to the outside opens the way out for its holder alone", async () => {
    const all = await deploy(() => {
      const target = new Docker("t");
      new HttpService("asks", {
        target,
        ...http,
        env: { API: Reference.outside("https://api.example.com") },
      });
      new HttpService("keeps", { target, ...http });
    });
    expect(networksOf(container(all, "t-asks"))).toEqual(["t-asks", "t-egress"]);
    expect(networksOf(container(all, "t-keeps"))).toEqual(["t-keeps"]);
    const internal = all
      .filter(({ type }) => type.includes("Network"))
      .map(({ name, inputs }) => [name, inputs["internal"] ?? false]);
    expect(Object.fromEntries(internal)).toEqual({ "t-asks": true, "t-keeps": true, "t-egress": false });
  });

  it("to another target is refused, because nothing leads there", async () => {
    await expect(
      deploy(() => {
        const { http: elsewhere } = new HttpService("far", { target: new Docker("a"), ...http });
        new HttpService("near", { target: new Docker("b"), ...http, env: { FAR: elsewhere } });
      }),
    ).rejects.toThrow('"far" runs on another target');
  });
});

describe("a container", () => {
  it("[G7] is bounded, unprivileged, watched and restarted", async () => {
    const { inputs } = container(await workload({}), "t-web");
    expect(inputs).toMatchObject({
      capabilities: { drops: ["ALL"] },
      securityOpts: ["no-new-privileges:true"],
      readOnly: true,
      user: "1000:1000",
      memory: 128,
      memorySwap: 128,
      memoryReservation: 64,
      cpus: "0.5",
      ulimits: [{ name: "nproc", soft: 4096, hard: 4096 }],
      restart: "unless-stopped",
      logOpts: { "max-size": "10m", "max-file": "3" },
      wait: true,
    });
    expect(
      inputs["command"],
      "what is in `command` hides a failed start from the next update",
    ).toBeUndefined();
  });

  it("[G7] keeps the capabilities that its recipe gives a reason for", async () => {
    const { inputs } = container(
      await workload({ capabilities: { NET_BIND_SERVICE: "binds port 80" } }),
      "t-web",
    );
    expect(inputs["capabilities"]).toEqual({ drops: ["ALL"], adds: ["CAP_NET_BIND_SERVICE"] });
  });

  it("is awaited as long as it may take to start", async () => {
    const probes = { readiness: { check: { kind: "tcp", port: "http" } }, startupSeconds: 240 } as const;
    expect(container(await workload({ probes }), "t-web").inputs["waitTimeout"]).toBe(240);
  });

  it("is replaced without a gap, unless a volume or a port of the host is its own", async () => {
    const volumes = { data: { path: "/data", sizeGiB: 1 } };
    expect(container(await workload({}), "t-web")).toMatchObject({ deleteBeforeReplace: false });
    expect(container(await workload({ volumes }), "t-web")).toMatchObject({ deleteBeforeReplace: true });
    const published = container(await workload({}, { publish: { web: { http: 8004 } } }), "t-web");
    expect(published).toMatchObject({
      deleteBeforeReplace: true,
      inputs: { ports: [{ internal: 8000, external: 8004, ip: "127.0.0.1" }] },
    });
  });

  it("[G3] has secret variables and files in a volume, and nothing of them in its configuration", async () => {
    const env = { TOKEN: Reference.hidden("it's a secret"), LEVEL: "INFO" };
    const all = await workload({ env, files: { "app.conf": ref`key=${Reference.hidden("k")}` } });
    const { inputs } = container(all, "t-web");
    expect(inputs["envs"]).toEqual(["LEVEL=INFO"]);
    expect(inputs["mounts"]).toContainEqual(
      expect.objectContaining({ target: "/run/keelson", readOnly: true }),
    );
    const { inputs: carrier } = container(all, "t-web-files");
    expect(carrier).toMatchObject({ start: false, mustRun: false });
    expect(carrier["uploads"].map(({ file }: { file: string }) => file)).toEqual([
      "/run/keelson/variables",
      "/run/keelson/app.conf",
    ]);
    expect(JSON.stringify(all)).not.toContain("it's a secret");
  });

  it("gets other files by another volume and is replaced for it, while the old container keeps its own", async () => {
    const filled = async (level: string) => {
      const all = await workload({ files: { "app.conf": level } });
      const volume = all.find(({ name, type }) => name === "t-web-files" && type.includes("Volume"))!;
      const label = container(all, "t-web").inputs["labels"].find(
        (each: { label: string }) => each.label === "keelson.volumes",
      );
      return { volume: volume.inputs["name"] as string, label: label.value as string };
    };
    const [info, again, debug] = [await filled("INFO"), await filled("INFO"), await filled("DEBUG")];
    expect(again).toEqual(info);
    expect(debug.volume).not.toBe(info.volume);
    expect(info.label).toContain(info.volume);
    expect(debug.label).toContain(debug.volume);
  });
});

describe("a volume", () => {
  const volumes = { data: { path: "/data", sizeGiB: 1 } };
  const volumeOf = (all: readonly Registration[]) => all.find(({ name }) => name === "t-web-data")!;

  it("[G6] is protected and retained", async () => {
    expect(volumeOf(await workload({ volumes }))).toMatchObject({ protect: true, retainOnDelete: true });
  });

  it("[G6] goes only where the stack says that data may be destroyed", async () => {
    const all = await workload({ volumes }, { destroyData: true });
    expect(volumeOf(all)).toMatchObject({ protect: false, retainOnDelete: false });
  });

  it("[K6] belongs to the service's user before it starts", async () => {
    const all = await workload({ volumes });
    const owner = container(all, "t-web-owner");
    expect(owner.inputs["entrypoints"]).toEqual(["/bin/busybox", "chown", "1000:1000", "/volumes/0"]);
    expect(owner.inputs["capabilities"]).toEqual({ drops: ["ALL"], adds: ["CAP_CHOWN"] });
    expect(container(all, "t-web").dependencies).toContain(owner.urn);
  });
});

describe("a platform that is too large", () => {
  it("[G8] is refused with the table before anything of it is made", async () => {
    let made: string[] = [];
    const attempt = deploy(() => {
      const target = new Docker("t", { machine: { cpus: 1, memoryGiB: 1, storageGiB: 10 } });
      target.admit({ big: { cpuRequest: 2, memoryRequestMiB: 64 } });
      made = ["something"];
      new Postgres("postgres", { target });
    });
    await expect(attempt).rejects.toThrow(
      /2\.00 cores promised, 0\.85 can be; most go to big \(2\.00\)[^]*can be promised/,
    );
    expect(made).toEqual([]);
  });
});

describe("a published port", () => {
  it("[G10] of a service or by a name that does not exist is refused, with those that do", async () => {
    await expect(workload({}, { publish: { web: { sql: 8004 } } })).rejects.toThrow(
      'port "sql" of "web" is published; it has: http',
    );
    const platform = deploy(() => {
      new Docker("t", { publish: { postgers: { sql: 8004 } } }).admit({
        postgres: { cpuRequest: 0.1, memoryRequestMiB: 64 },
      });
    });
    await expect(platform).rejects.toThrow(
      "ports are published of postgers, which is not here; there are: postgres",
    );
  });
});

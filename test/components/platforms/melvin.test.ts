import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { Reference, type Setting } from "../../../components/model/reference.ts";
import { Melvin } from "../../../components/platforms/melvin.ts";
import type { MelvinArgs } from "../../../components/platforms/melvin-args.ts";
import { acceptedPassword, melvinProblems } from "../../../components/platforms/melvin-checks.ts";
import { sizes } from "../../../components/platforms/melvin-services.ts";
import { deploy } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const images = { api: "melvin-api:7", worker: "melvin-worker:7" };

/** What the platform asks of its target. */
async function asked(args: Partial<MelvinArgs> = {}) {
  const target = new RecordingTarget(["models"]);
  let melvin: Melvin | undefined;
  await deploy(() => {
    melvin = new Melvin("melvin", { target, host: "melvin.example.com", images, ...args });
  });
  return { target, melvin: melvin! };
}

const problems = (args: Parameters<typeof melvinProblems>[0] | Partial<MelvinArgs>) =>
  melvinProblems({ target: new RecordingTarget(["models"]), ...args }).map(
    ({ propertyPath, reason }) => `${propertyPath} ${reason}`,
  );

describe("Melvin", () => {
  it("[M7] publishes metrics at /metrics of the api, and is well where /health answers", async () => {
    const { target, melvin } = await asked();
    expect(target.workloads["api"]).toMatchObject({
      metrics: { port: "http", path: "/metrics" },
      probes: { readiness: { check: { kind: "http", path: "/health" } } },
    });
    expect(melvin.health).toEqual({ api: "http://melvin.example.com/health" });
  });

  it("[M8] gives the api no folder of its own, since only then two of it may run while one replaces the other", async () => {
    const { target } = await asked({ vectors: { kind: "faiss" } });
    expect(target.workloads["api"]!.volumes).toEqual({});
    expect(Object.keys(target.workloads["worker"]!.volumes!)).toEqual(["log"]);
  });

  it("[M8] runs migrations and ingestion of the image that the api is given", async () => {
    const { target } = await asked({ ingestion: "job" });
    for (const job of ["migrations", "admin", "ingestion"])
      expect(target.jobs[job]!.image).toBe("melvin-api:7");
    expect(target.workloads["api"]!.image).toBe("melvin-api:7");
  });

  it("[M2] asks for exactly what its services are promised, and says which of them can run elsewhere", async () => {
    const { target } = await asked();
    const { api, worker, postgres, mongodb, qdrant, ollama, ...others } = target.plan;
    const all = { api, worker, postgres, mongodb, qdrant, ollama };
    for (const [name, demand] of Object.entries(all)) {
      const { cpuRequest, memoryRequestMiB } = sizes[name as keyof typeof sizes];
      expect(demand, name).toMatchObject({ cpuRequest, memoryRequestMiB });
      expect(target.workloads[name]!.resources, name).toMatchObject({ cpuRequest, memoryRequestMiB });
    }
    const offloaded = Object.entries(all).filter(([, demand]) => demand!.offload !== undefined);
    expect(offloaded.map(([name]) => name)).toEqual(["postgres", "mongodb", "qdrant", "ollama"]);
    // Folders are the rest: each is asked for by the size that it is made with.
    expect(new Set(Object.keys(others))).toEqual(new Set(Object.keys(target.shared)));
    for (const [name, { sizeGiB }] of Object.entries(target.shared))
      expect(others[name]).toEqual({ cpuRequest: 0, memoryRequestMiB: 0, storageGiB: sizeGiB });
  });

  it("[M2] takes sizes and commands of one's own, and leaves the others", async () => {
    const { target } = await asked({
      sizes: { ollama: { memoryLimitMiB: 9000, storageGiB: 99 } },
      commands: { worker: ["melvin-worker"], workerCheck: ["melvin-worker", "status"] },
    });
    const { resources, volumes } = target.workloads["ollama"]!;
    expect(resources).toMatchObject({ memoryLimitMiB: 9000, memoryRequestMiB: 6144 });
    expect(volumes!["models"]!.sizeGiB).toBe(99);
    const { command, probes } = target.workloads["worker"]!;
    expect(command).toEqual(["melvin-worker"]);
    expect(probes.readiness.check).toEqual({ kind: "exec", command: ["melvin-worker", "status"] });
  });

  it("[M4] hands the administrator's password over as a secret, and tells the program of it as one", async () => {
    const { target, melvin } = await asked({ admin: { password: pulumi.secret("Chosen.2026") } });
    const told: Setting = target.jobs["admin"]!.env!["ADMIN_PASSWORD"]!;
    expect(told).toBeInstanceOf(Reference);
    expect((told as Reference).secret).toBe(true);
    expect(target.jobs["admin"]!.command.join(" ")).not.toContain("Chosen.2026");
    expect(melvin.logins.admin.user).toBe("admin");
    expect(await settled(melvin.logins.admin.password)).toEqual({ value: "Chosen.2026", secret: true });
  });

  it("[M4, G10] refuses all mistakes at once, before anything is made, and repeats no secret", async () => {
    const target = new RecordingTarget();
    const registered = await deploy(() => {
      expect(
        () =>
          new Melvin("melvin", {
            target,
            host: "localhost",
            images,
            admin: { name: "the boss", password: "secret-word" },
            scryfall: { requestsPerSecond: 0 },
            vectors: { kind: "chroma" },
            external: { qdrant: { url: "https://vectors.example.com" } },
          }),
      ).toThrow(
        /^(?!.*secret-word)admin\.name is "the boss".*; admin\.password has no capital letter.*; admin\.password has no digit.*; scryfall\.requestsPerSecond is 0.*; external\.qdrant is given/,
      );
    });
    expect(registered.map(({ type }) => type)).toEqual(["keelson:platforms:Melvin"]);
    expect(target.plan).toEqual({});
  });
});

describe("the checks of Melvin's arguments", () => {
  it.each<[Partial<MelvinArgs>, readonly string[]]>([
    [{}, []],
    [{ vectors: { kind: "faiss" }, ingestion: "api" }, ["ingestion"]],
    [{ vectors: { kind: "faiss" }, ingestion: "job" }, []],
    [{ external: { chroma: { url: "https://c.example.com" } } }, ["external.chroma"]],
    [{ external: { ollama: { url: "http://o:11434" } }, gpus: 1 }, ["gpus"]],
    [{ gpus: 0.5 }, ["gpus"]],
    [{ external: { postgres: { host: "db", authority: "PEM" } } }, ["external.postgres"]],
    [
      {
        external: { postgres: { host: "db", authority: "PEM", admin: { user: "a", password: "p" } } },
        databaseCopies: 3,
      },
      ["databaseCopies"],
    ],
    [{ external: { mongodb: { url: "mongodb://db", databases: {} } } }, ["external.mongodb"]],
    [{ apiPort: 80 }, ["apiPort"]],
    [{ scryfall: { requestsPerSecond: 10.5 } }, ["scryfall.requestsPerSecond"]],
    [{ scryfall: { requestsPerSecond: Number.NaN } }, ["scryfall.requestsPerSecond"]],
    [{ scryfall: { cacheDirectory: "cards" } }, ["scryfall.cacheDirectory"]],
    [{ scryfall: { cacheDirectory: "/var/../etc" } }, ["scryfall.cacheDirectory"]],
    [{ scryfall: { cacheDirectory: "/run/keelson" } }, ["scryfall.cacheDirectory"]],
    [{ apis: { Open: { url: "https://api.example.com", key: "k" } } }, ["apis.Open"]],
    [{ apis: { qdrant: { url: "https://api.example.com", key: "k" } } }, ["apis.qdrant"]],
    [{ apis: { open: { url: "https://u:hidden@api.example.com", key: "k" } } }, ["apis.open.url"]],
    [{ sizes: { api: { memoryRequestMiB: 9000 } } }, ["sizes.api.memoryRequestMiB"]],
    [{ sizes: { api: { cpuLimit: 0.1 } } }, ["sizes.api.cpuRequest"]],
    [{ model: { name: "not a name" } }, ["model"]],
    [{ model: { name: "own", archive: { sha256: "0", url: "https://e.example/own" } } }, ["model"]],
    [
      { model: { name: "own", archive: { sha256: "0".repeat(64), folder: "other", path: "own.gguf" } } },
      ["model.archive.folder"],
    ],
  ])("[G10] find in %j mistakes at %j", (args, paths) => {
    const found = problems(args);
    expect(found.map((line) => line.split(" ")[0])).toEqual(paths);
    expect(found.join()).not.toContain("hidden");
  });

  it("[M4] judge a password that is known only later when it is, and don't repeat it then either", () => {
    expect(acceptedPassword("Chosen.2026")).toBe("Chosen.2026");
    expect(() => acceptedPassword("secret-word")).toThrow(
      /^admin\.password has no capital letter from A to Z, has no digit from 0 to 9$/,
    );
  });
});

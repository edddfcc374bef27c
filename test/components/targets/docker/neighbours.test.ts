import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Demand } from "../../../../components/model/capacity.ts";
import { HttpService } from "../../../../components/services/http-service.ts";
import { Redis } from "../../../../components/services/redis.ts";
import { Docker } from "../../../../components/targets/docker/docker.ts";
import type { DockerArgs } from "../../../../components/targets/docker/docker-args.ts";
import { neighboursAmong } from "../../../../components/targets/docker/neighbours.ts";
import { promisedLabel, promiseOf } from "../../../../components/targets/docker/promise.ts";
import { deploy } from "../../../support/engine.ts";

const MACHINE = { cpus: 4, memoryGiB: 16, storageGiB: 500 };
const resources = { cpuRequest: 0.5, cpuLimit: 1, memoryRequestMiB: 8192, memoryLimitMiB: 8192 };
const http = { image: "web:1", command: ["serve"], port: 8000, ready: "/health", resources };

const demand: fc.Arbitrary<Demand> = fc.record({
  cpuRequest: fc.integer({ min: 0, max: 400 }).map((hundredths) => hundredths / 100),
  memoryRequestMiB: fc.nat(16384),
  storageGiB: fc.nat(500),
  gpus: fc.nat(4),
});

/** Brings up a small platform, and says what its containers look like in a list of Docker's. */
async function listed(name: string, args: DockerArgs = {}) {
  const all = await deploy(() => {
    const target = new Docker(name, { machine: MACHINE, ...args });
    new HttpService("web", { target, ...http });
    new Redis("queue", { target, evict: "never" });
    const user = { uid: 1000, gid: 1000 };
    target.share("models", { sizeGiB: 30, user }, { parent: target });
  });
  return all
    .filter(({ type }) => type === "docker:index/container:Container")
    .map(({ inputs }) => ({
      Labels: Object.fromEntries(
        inputs["labels"].map(({ label, value }: { label: string; value: string }) => [label, value]),
      ) as Record<string, string>,
    }));
}

describe("what a Docker host has promised to others", () => {
  it("[G8] is read back from a container's label as it was promised", () => {
    fc.assert(
      fc.property(demand, (promised) => {
        expect(promiseOf(promisedLabel(promised))).toEqual(promised);
      }),
    );
    expect(promiseOf({ "keelson.stack": "box" })).toBeUndefined();
  });

  it("names a label that can't be read", () => {
    for (const label of ["lots", "7", '{"cpus":"4"}', "null"])
      expect(() => promiseOf({ "keelson.promised": label })).toThrow(
        `the label keelson.promised is ${label}; it takes amounts`,
      );
  });

  it("[G8] is the sum of its services and of the folders that they share, whatever helps them to start", async () => {
    const containers = await listed("box");
    expect(containers.length).toBeGreaterThan(3);
    expect(neighboursAmong(containers, "crate")).toEqual({
      box: { cpuRequest: 0.6, memoryRequestMiB: 8448, storageGiB: 32, gpus: 0 },
    });
  });

  it("[G8] is neither what the stack has itself, nor what no stack of this kind has", async () => {
    const foreign = { Labels: { "com.example.app": "wiki" } };
    expect(neighboursAmong([...(await listed("box")), foreign], "box")).toEqual({});
  });

  it("[G8] counts a service once while it is replaced: as its newer container says", () => {
    const of = (memoryRequestMiB: number) => ({
      Labels: {
        "keelson.stack": "box",
        "keelson.service": "web",
        ...promisedLabel({ cpuRequest: 1, memoryRequestMiB }),
      },
    });
    expect(neighboursAmong([of(512), of(1024)], "crate")).toMatchObject({ box: { memoryRequestMiB: 512 } });
  });
});

describe("a second stack on a Docker host", () => {
  it("[G8, M2] that fits alone is refused for what the first one has, with the arithmetic and what to do", async () => {
    const neighbours = neighboursAmong(await listed("box"), "crate");
    await expect(listed("crate")).resolves.not.toEqual([]);
    const refusal: Error = await listed("crate", { neighbours }).then(
      () => expect.unreachable(),
      (error: Error) => error,
    );
    const [reason, ...table] = refusal.message.split("\n");
    expect(reason).toBe(
      '"crate": this does not fit the host: 16.25 GiB of memory promised, 13.60 can be; ' +
        'most go to stack "box" (8.25), web (8.00); ' +
        "lower what is promised, leave something out, move a stack to another host or state a larger machine",
    );
    expect(table.map((line) => line.trim().split(/\s{2,}/))).toEqual([
      ["cores", "GiB of memory", "GiB of storage"],
      ["web", "0.50", "8.00", "0"],
      ['stack "box"', "0.60", "8.25", "32"],
      ["promised", "1.10", "16.25", "32"],
      ["can be promised (85 %)", "3.40", "13.60", "425"],
    ]);
  });

  it("[M2] is told which of its parts can run elsewhere, and by which setting", async () => {
    const models = {
      ...resources,
      memoryRequestMiB: 14336,
      offload: "keelson:external: { ollama: { url } }",
    };
    const attempt = deploy(() => new Docker("box", { machine: MACHINE }).admit({ ollama: models }));
    await expect(attempt).rejects.toThrow(
      /state a larger machine\nollama can run elsewhere: keelson:external: \{ ollama: \{ url \} \}\n/,
    );
  });

  it("[M2] is told so too where only the target's own entry point is too much", async () => {
    const offload = "keelson:external: { web: { url } }";
    const full = { ...resources, cpuRequest: 3.35 };
    const attempt = deploy(() => {
      const target = new Docker("box", { machine: MACHINE });
      target.admit({ web: { ...full, offload } });
      const { http: to } = new HttpService("web", { target, ...http, resources: full });
      target.expose("entry", { host: "box.example.com", routes: { "/": { to } } }, { parent: target });
    });
    await expect(attempt).rejects.toThrow(`\nweb can run elsewhere: ${offload}\n`);
  });

  it("[G8] comes up beside one that leaves it room", async () => {
    const neighbours = { tiny: { cpuRequest: 0.1, memoryRequestMiB: 256 } };
    await expect(listed("crate", { neighbours })).resolves.not.toEqual([]);
  });
});

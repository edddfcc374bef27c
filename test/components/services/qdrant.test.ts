import { execFileSync } from "node:child_process";
import * as path from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { isHidden, Reference, textOf } from "../../../components/model/reference.ts";
import { externalQdrant } from "../../../components/services/external-qdrant.ts";
import { HttpService } from "../../../components/services/http-service.ts";
import { Qdrant, QDRANT_RESOURCES, qdrantRecipe } from "../../../components/services/qdrant.ts";
import { Docker } from "../../../components/targets/docker/docker.ts";
import { Kubernetes } from "../../../components/targets/kubernetes/kubernetes.ts";
import { deploy, type Registration } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const plain = {
  image: "qdrant/qdrant:v1.19.1-unprivileged",
  resources: QDRANT_RESOURCES,
  storageGiB: 7,
  apiKey: Reference.hidden("k3y"),
};
const alone = { copies: 1, peers: ["qdrant"] };
const peers = ["qdrant-0.qdrant-peers", "qdrant-1.qdrant-peers", "qdrant-2.qdrant-peers"];
const cluster = { copies: 3, peers };

const configuration = async (settings = plain, site = alone) => {
  const { value, secret } = await settled(
    (qdrantRecipe(settings, site).files!["qdrant.yaml"] as Reference).value,
  );
  return { secret, settings: parse(value) as Record<string, Record<string, unknown>> };
};

describe("the Qdrant server", () => {
  it("[G3] asks for its key, which stands in a secret file and nowhere else", async () => {
    const { settings, secret } = await configuration();
    expect(settings["service"]).toMatchObject({ api_key: "k3y" });
    expect(secret).toBe(true);
    const { files: _, ...rest } = qdrantRecipe(plain, alone);
    expect(JSON.stringify(rest)).not.toContain("k3y");
  });

  it("uses as many threads as it may use cores, whatever the machine has", async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0.1, max: 64, noNaN: true }), async (cpuLimit) => {
        const { settings } = await configuration({ ...plain, resources: { ...QDRANT_RESOURCES, cpuLimit } });
        const threads = Math.ceil(cpuLimit);
        expect(settings).toMatchObject({
          service: { max_workers: threads },
          storage: { performance: { max_search_threads: threads, optimizer_cpu_budget: threads } },
        });
      }),
      { numRuns: 20 },
    );
  });

  it("[G6] keeps vectors and snapshots on its volume, and writes elsewhere only what it may lose", async () => {
    const { volumes, env, scratch } = qdrantRecipe(plain, alone);
    expect(volumes).toEqual({ storage: { path: "/qdrant/storage", sizeGiB: 7 } });
    const { settings } = await configuration();
    expect(settings["storage"]).toMatchObject({
      storage_path: "/qdrant/storage",
      snapshots_path: "/qdrant/storage/snapshots",
    });
    expect(path.dirname(env!["QDRANT_INIT_FILE_PATH"] as string)).toBe(scratch![0]);
  });

  it("tells nobody of its use, and shows its metrics to those without the key on a port of their own", async () => {
    const { ports, metrics } = qdrantRecipe(plain, alone);
    const { settings } = await configuration();
    expect(settings["telemetry_disabled"]).toBe(true);
    expect(metrics).toEqual({ port: "metrics" });
    expect(settings["service"]!["metrics_port"]).toBe(ports!["metrics"]!.number);
  });

  it("is alone where it is the only copy: it opens no port for others and joins none", async () => {
    const { command, ports } = qdrantRecipe(plain, alone);
    expect(command).toEqual(["./qdrant", "--config-path", "/run/keelson/qdrant.yaml"]);
    expect(Object.keys(ports!)).toEqual(["http", "metrics"]);
    expect((await configuration()).settings["cluster"]).toMatchObject({ enabled: false });
  });
});

describe("a cluster of Qdrant servers", () => {
  /** What the program is started with in the copy of this name. */
  function argumentsOf(copy: string): string {
    const [shell, ...rest] = qdrantRecipe(plain, cluster).command;
    const cwd = temporaryFolder({ qdrant: '#!/bin/sh\necho "$@"\n' });
    execFileSync("chmod", ["+x", path.join(cwd, "qdrant")]);
    return execFileSync(shell!, rest, {
      cwd,
      env: { ...process.env, HOSTNAME: copy },
      encoding: "utf8",
    }).trim();
  }

  const configured = "--config-path /run/keelson/qdrant.yaml";

  it("is begun by the first copy, and joined by the others under their own names", () => {
    expect(peers.map((_, ordinal) => argumentsOf(`qdrant-${ordinal}`))).toEqual([
      `${configured} --uri http://qdrant-0.qdrant-peers:6335`,
      `${configured} --uri http://qdrant-1.qdrant-peers:6335 --bootstrap http://qdrant-0.qdrant-peers:6335`,
      `${configured} --uri http://qdrant-2.qdrant-peers:6335 --bootstrap http://qdrant-0.qdrant-peers:6335`,
    ]);
  });

  it("[G6] keeps new collections twice, and talks by a port of its own", async () => {
    const { settings } = await configuration(plain, cluster);
    expect(settings["storage"]!["collection"]).toEqual({ replication_factor: 2 });
    expect(settings["cluster"]).toEqual({ enabled: true, p2p: { port: 6335 } });
    expect(qdrantRecipe(plain, cluster).ports!["peers"]).toEqual({ number: 6335 });
  });
});

describe("a cluster of Qdrant servers on Kubernetes", () => {
  it("[G5] opens its ports to its copies, and to a client the one that it refers to", async () => {
    const all = await deploy(() => {
      const target = new Kubernetes("t", { cluster: { nodes: [{ cpus: 4, memoryGiB: 16, count: 3 }] } });
      const { url, apiKey } = new Qdrant("vectors", { target, copies: 3 });
      new HttpService("web", {
        target,
        image: "web:1",
        command: ["serve"],
        port: 8000,
        ready: "/health",
        env: { QDRANT_URL: url, QDRANT_API_KEY: apiKey },
        resources: QDRANT_RESOURCES,
      });
    });
    const specOf = (kind: string, name: string) =>
      all.find(({ type, inputs }) => type.endsWith(`:${kind}`) && inputs["metadata"].name === name)!.inputs[
        "spec"
      ];
    expect(specOf("StatefulSet", "vectors").replicas).toBe(3);
    const admitted = (name: string) =>
      specOf("NetworkPolicy", name).ingress.flatMap(({ ports }: { ports: { port: number }[] }) =>
        ports.map(({ port }) => port),
      );
    expect(admitted("vectors.from.web")).toEqual([6333]);
    expect(admitted("vectors.peers")).toContain(6335);
  });
});

it("Qdrant is one server on a Docker host, however many copies are asked for, and its key is in no configuration", async () => {
  const all = await deploy(() => {
    new Qdrant("vectors", { target: new Docker("t"), copies: 3 });
  });
  const isServer = ({ type, name }: Registration) => type.endsWith(":Container") && name === "t-vectors";
  const servers = all.filter(isServer);
  expect(servers).toHaveLength(1);
  expect(servers[0]!.inputs["entrypoints"]).toContain("./qdrant");
  expect(JSON.stringify(servers[0]!.inputs)).not.toContain("[secret]");
  const uploads = all.flatMap(({ inputs }) => inputs["uploads"] ?? []);
  expect(uploads).toContainEqual(
    expect.objectContaining({ file: "/run/keelson/qdrant.yaml", content: "[secret]" }),
  );
});

describe("a Qdrant server that somebody else runs", () => {
  const text = async (reference: Reference) => (await settled(textOf(reference))).value;

  it("is told by its URL and in parts, its key as a secret", async () => {
    const { url, host, port, apiKey } = externalQdrant({ url: "https://q.example.com:6333/", apiKey: "k3y" });
    expect(await Promise.all([url, host, port, apiKey!].map(text))).toEqual([
      "https://q.example.com:6333",
      "q.example.com",
      "6333",
      "k3y",
    ]);
    expect([url, host, port, apiKey!].map(isHidden)).toEqual([false, false, false, true]);
    expect(url.grants.every(({ endpoint }) => endpoint.outside)).toBe(true);
  });

  it("needs no key, and no URL with a password", () => {
    expect(externalQdrant({ url: "http://qdrant:6333" })).not.toHaveProperty("apiKey");
    expect(() => externalQdrant({ url: "http://u:hunter2@qdrant:6333" })).toThrow("give it by itself");
  });
});

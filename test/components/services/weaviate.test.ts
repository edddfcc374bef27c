import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHidden, Reference, textOf } from "../../../components/model/reference.ts";
import { externalWeaviate } from "../../../components/services/external-weaviate.ts";
import { WEAVIATE_RESOURCES, weaviateRecipe } from "../../../components/services/weaviate.ts";
import { settled } from "../../support/outputs.ts";

const plain = {
  image: "semitechnologies/weaviate:1.39.6",
  resources: WEAVIATE_RESOURCES,
  storageGiB: 7,
  apiKey: Reference.hidden("k3y"),
};
const site = { host: "vectors" };

describe("the Weaviate server", () => {
  it("[G3] lets in only who knows its key, which is a secret variable", () => {
    const { env, command } = weaviateRecipe(plain, site);
    expect(env).toMatchObject({
      AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED: false,
      AUTHENTICATION_APIKEY_ENABLED: true,
      AUTHENTICATION_APIKEY_ALLOWED_KEYS: plain.apiKey,
    });
    expect(isHidden(env!["AUTHENTICATION_APIKEY_ALLOWED_KEYS"]!)).toBe(true);
    expect(command.join(" ")).not.toContain("k3y");
  });

  it("[G6] keeps its data and its backups on its volume, under a name that outlives the container", () => {
    const { env, volumes } = weaviateRecipe(plain, site);
    expect(volumes).toEqual({ data: { path: "/var/lib/weaviate", sizeGiB: 7 } });
    expect(env).toMatchObject({
      PERSISTENCE_DATA_PATH: "/var/lib/weaviate",
      BACKUP_FILESYSTEM_PATH: "/var/lib/weaviate/backups",
      CLUSTER_HOSTNAME: "vectors",
      RAFT_JOIN: "vectors",
      RAFT_BOOTSTRAP_EXPECT: 1,
    });
  });

  it("leaves a part of its memory limit to what is outside Go's heap, and uses no more threads than cores", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 128, max: 65_536 }),
        fc.double({ min: 0.1, max: 64, noNaN: true }),
        (memoryLimitMiB, cpuLimit) => {
          const resources = { ...WEAVIATE_RESOURCES, memoryLimitMiB, cpuLimit };
          expect(weaviateRecipe({ ...plain, resources }, site).env).toMatchObject({
            GOMEMLIMIT: `${Math.floor(memoryLimitMiB * 0.85)}MiB`,
            GOMAXPROCS: Math.ceil(cpuLimit),
          });
        },
      ),
    );
  });

  it("calls no model, tells nobody of its use, and opens no port for debugging", () => {
    expect(weaviateRecipe(plain, site).env).toMatchObject({
      DEFAULT_VECTORIZER_MODULE: "none",
      API_BASED_MODULES_DISABLED: true,
      DISABLE_TELEMETRY: true,
      GO_PROFILING_DISABLE: true,
    });
  });

  it("is asked by itself whether it is ready and alive, and has the time to write out what it holds", () => {
    const { probes, stopSeconds } = weaviateRecipe(plain, site);
    expect(probes.readiness.check).toEqual({ kind: "http", port: "http", path: "/v1/.well-known/ready" });
    expect(probes.liveness?.check).toEqual({ kind: "http", port: "http", path: "/v1/.well-known/live" });
    expect(stopSeconds).toBe(600);
  });
});

describe("a Weaviate server that somebody else runs", () => {
  const text = async (reference: Reference) => (await settled(textOf(reference))).value;

  it("is told by its URL and in parts, with both its ports, its key as a secret", async () => {
    const { url, host, port, grpcPort, apiKey } = externalWeaviate({
      url: "https://w.example.com",
      apiKey: "k3y",
    });
    expect(await Promise.all([url, host, port, grpcPort, apiKey!].map(text))).toEqual([
      "https://w.example.com:443",
      "w.example.com",
      "443",
      "50051",
      "k3y",
    ]);
    expect([url, host, port, grpcPort, apiKey!].map(isHidden)).toEqual([false, false, false, false, true]);
    expect(externalWeaviate({ url: "http://weaviate:8080" })).not.toHaveProperty("apiKey");
  });

  it("[G5] opens the way to the port that is referred to", () => {
    const { url, grpcPort } = externalWeaviate({ url: "http://weaviate:8080", grpcPort: 9000 });
    const numbers = ({ grants }: Reference) =>
      new Set(grants.map(({ endpoint, port }) => endpoint.ports[port]!.number));
    expect([numbers(url), numbers(grpcPort)]).toEqual([new Set([8080]), new Set([9000])]);
  });
});

import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Values } from "../../../../../embedded/plugins/provider/value.ts";
import { knownChart } from "../../../../../embedded/plugins/kubernetes/helm/charts.ts";
import { Managed } from "../managed.ts";
import { cluster } from "../support.ts";
import { homeWithDefinitions } from "./definitions.ts";
import { KeepingApiServer } from "./keeping-api-server.ts";

const token = "kubernetes:helm.sh/v3:Release";
const program = {
  name: "issuing",
  namespace: "certificates",
  chart: "cert-manager",
  version: "v1.21.1",
  repositoryOpts: { repo: "https://charts.jetstack.io" },
  values: { replicaCount: 2, crds: { enabled: true } },
} satisfies Values;
const definitions = knownChart("cert-manager", true).brings!.definitions;

afterEach(() => vi.unstubAllEnvs());

/** A release that is there. */
async function released(change: Values = {}) {
  vi.stubEnv("KEELSON_HOME", homeWithDefinitions("cert-manager", definitions));
  const api = await KeepingApiServer.start();
  const release = new Managed(cluster({}, api.server.client()), token, "issuer");
  await release.up({ ...program, ...change });
  const states = () => api.revisions("certificates").map(({ version, info }) => `${version} ${info.status}`);
  return { api, release, states };
}

describe("a release that is there", () => {
  it("does not differ from the program that made it", async () => {
    const { api, release } = await released();
    await using _ = api;
    expect(await release.diff(program)).toMatchObject({ changed: false });
  });

  it("gets a new revision with each change, and the old one is superseded", async () => {
    const { api, release, states } = await released();
    await using _ = api;
    const difference = await release.up({ ...program, values: { replicaCount: 3 } });
    expect(difference?.details).toEqual({
      "values.replicaCount": { kind: "update", inputs: false, replaces: false },
      "values.crds": { kind: "delete", inputs: true, replaces: false },
    });
    expect(states()).toEqual(["1 superseded", "2 deployed"]);
    expect(api.revisions("certificates")[1]).toMatchObject({
      config: { replicaCount: 3 },
      info: { description: "Upgrade complete" },
    });
    expect(api.below("namespaces/certificates/secrets/")[0].metadata.labels).toMatchObject({
      status: "superseded",
      modifiedAt: expect.any(String),
    });
    expect(release.known.outputs["status"]).toMatchObject({ revision: 2, status: "deployed" });
    expect(await release.diff({ ...program, values: { replicaCount: 3 } })).toMatchObject({ changed: false });
  });

  it.each(["name", "namespace"])("is replaced when its %s changes, the new one first", async (property) => {
    const { api, release } = await released();
    await using _ = api;
    expect(await release.diff({ ...program, [property]: "other" })).toMatchObject({
      replaces: [property],
      deleteBeforeReplace: false,
    });
  });

  it("leaves alone what is to be ignored", async () => {
    const { api, release } = await released();
    await using _ = api;
    expect(await release.diff({ ...program, version: "v1.20.0" }, ["version"])).toMatchObject({
      changed: false,
    });
  });

  it("takes a null among values for more than nothing", async () => {
    const { api, release } = await released();
    await using _ = api;
    const values = { ...program.values, affinity: null };
    expect((await release.diff({ ...program, values })).details).toHaveProperty(["values.affinity"]);
  });

  it("keeps no more revisions than it is told to", async () => {
    const { api, release, states } = await released({ maxHistory: 2 });
    await using _ = api;
    for (const replicaCount of [3, 4, 5])
      await release.up({ ...program, maxHistory: 2, values: { replicaCount } });
    expect(states()).toEqual(["3 superseded", "4 deployed"]);
  });

  it.each([
    [
      "puts new values over the old ones where it reuses them",
      { reuseValues: true, values: { a: 1 } },
      { a: 1, ...program.values },
    ],
    ["keeps the old ones where it is given none", { values: {} }, program.values],
    ["forgets the old ones where it resets them", { resetValues: true, values: {} }, {}],
  ])("%s", async (_, change, config) => {
    const { api, release } = await released();
    await using server = api;
    await release.up({ ...program, ...change });
    expect(server.revisions("certificates")[1].config).toEqual(config);
  });

  it("is not changed while somebody else changes it, nor after it went", async () => {
    const { api, release } = await released();
    await using _ = api;
    const secretPath = [...api.objects.keys()].find((path) => path.includes("/secrets/"))!;
    const kept = api.objects.get(secretPath);
    const [revision] = api.revisions("certificates");
    const pending = { ...revision, info: { ...revision.info, status: "pending-upgrade" } };
    const packed = gzipSync(JSON.stringify(pending)).toString("base64");
    api.objects.set(secretPath, { ...kept, data: { release: Buffer.from(packed).toString("base64") } });
    const changed = { ...program, values: { replicaCount: 9 } };
    await expect(release.up(changed)).rejects.toThrow(
      "another operation (install/upgrade/rollback) is in progress",
    );
    api.objects.delete(secretPath);
    await expect(release.up(changed)).rejects.toThrow('"issuing" has no deployed releases');
  });
});

describe("a refresh of a release", () => {
  it("finds what others made of it, which is a difference then", async () => {
    const { api, release } = await released();
    await using _ = api;
    const byHand = new Managed(cluster({}, api.server.client()), token, "by-hand");
    await byHand.import("certificates/issuing");
    await byHand.up({ ...program, values: { replicaCount: 7, crds: { enabled: true } } });
    expect(await release.refresh()).toBe(true);
    expect(release.known.outputs).toMatchObject({ values: { replicaCount: 7 }, status: { revision: 2 } });
    expect(Object.keys((await release.diff(program)).details ?? {})).toEqual(["values.replicaCount"]);
  });

  it("finds that it is gone", async () => {
    const { api, release } = await released();
    await using _ = api;
    for (const path of api.objects.keys()) if (path.includes("/secrets/")) api.objects.delete(path);
    expect(await release.refresh()).toBe(false);
  });

  it("of one that is imported gives the inputs that would make it", async () => {
    const { api } = await released();
    await using server = api;
    const imported = new Managed(cluster({}, server.server.client()), token, "issuer");
    expect(await imported.import("certificates/issuing")).toMatchObject({
      name: "issuing",
      namespace: "certificates",
      chart: "cert-manager",
      version: "v1.21.1",
      values: program.values,
      timeout: 300,
    });
  });
});

describe("a release that goes", () => {
  it("takes all its revisions with it, and leaves the definitions, which it says", async () => {
    const { api, release } = await released();
    await using _ = api;
    await release.up({ ...program, values: { replicaCount: 3 } });
    await release.delete();
    expect(api.revisions("certificates")).toEqual([]);
    expect(api.definitions).toHaveLength(definitions.length);
    expect(release.lines[0]?.message).toMatch(
      /^These resources were kept due to the resource policy:\n\[CustomResourceDefinition\] /,
    );
  });

  it("may be gone already", async () => {
    const { api, release } = await released();
    await using _ = api;
    for (const path of api.objects.keys()) if (path.includes("/secrets/")) api.objects.delete(path);
    await release.delete();
    expect(release.lines).toEqual([]);
  });
});

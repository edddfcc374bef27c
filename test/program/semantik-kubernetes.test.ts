import { beforeAll, describe, expect, it } from "vitest";
import { deploy as stack } from "../../stacks/deploy.ts";
import { deploy, type Registration, secretsOf } from "../support/engine.ts";
import { mayOpen } from "../support/evaluator.ts";
import { podsOf, rulesOf } from "../support/reachability.ts";
import { stackWith } from "../support/stack-file.ts";

const APPLICATIONS = ["vecpipe", "webui", "worker"];
const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

interface Choices {
  readonly semantik?: object;
  readonly external?: object;
  readonly kubernetes?: object;
}

/** What the stack registers, with other settings of the platform and of the target. */
async function registered({ semantik = {}, external = {}, kubernetes = {} }: Choices = {}) {
  const changes = {
    "keelson:semantik": semantik,
    "keelson:external": external,
    "keelson:kubernetes": kubernetes,
  };
  const secrets = ["keelson:semantik", "keelson:external"];
  return deploy(() => stack(stackWith("semantik-kubernetes", changes, secrets)));
}

let all: readonly Registration[];
beforeAll(async () => {
  all = await registered();
});

const ofKind = (kind: string, among = all) =>
  among.filter(({ type }) => type.startsWith("kubernetes:") && type.endsWith(`:${kind}`));
const object = (kind: string, name: string, among = all) =>
  ofKind(kind, among).find(({ inputs }) => inputs["metadata"].name === name)!;
const namesOf = (kind: string, among = all): string[] =>
  ofKind(kind, among).map(({ inputs }) => inputs["metadata"].name);
const pod = (kind: string, name: string, among = all) =>
  object(kind, name, among).inputs["spec"].template.spec;
const container = (name: string, among = all) => pod("Deployment", name, among).containers[0];
const mount = (kind: string, name: string, path: string, among = all) => {
  const { volumes, containers } = pod(kind, name, among);
  const { name: volume } = containers[0].volumeMounts.find(({ mountPath }: any) => mountPath === path);
  return volumes.find((each: any) => each.name === volume).persistentVolumeClaim;
};
const waitsFor = (kind: string, name: string, other: Registration) =>
  object(kind, name).dependencies.includes(other.urn);

describe("semantik-kubernetes", () => {
  it("[K1] runs the applications and Flower, and keeps data in PostgreSQL, Redis and Qdrant", () => {
    expect(namesOf("Deployment").toSorted()).toEqual(["flower", ...APPLICATIONS]);
    expect(namesOf("StatefulSet").toSorted()).toEqual(["postgres", "qdrant", "redis"]);
    expect(object("StatefulSet", "qdrant").inputs["spec"].replicas).toBe(3);
  });

  it("[K1] [G5] lets each open what it depends on, and nothing else", () => {
    const rules = rulesOf(all);
    const pods = podsOf(all);
    const nameOf = ({ labels }: (typeof pods)[number]) => labels["app.kubernetes.io/name"]!;
    const opens = (client: string) => {
      const own = pods.filter((each) => nameOf(each) === client);
      const reached = pods.filter((server) =>
        server.ports.some(({ number }) =>
          own.some((from) => from !== server && mayOpen(rules, from, server, { number, transport: "TCP" })),
        ),
      );
      return [...new Set(reached.map(nameOf))].filter((name) => name !== client).toSorted();
    };
    expect(Object.fromEntries([...APPLICATIONS, "flower"].map((name) => [name, opens(name)]))).toEqual({
      webui: ["postgres", "redis", "vecpipe"],
      vecpipe: ["postgres", "qdrant"],
      worker: ["postgres", "qdrant", "redis"],
      flower: ["redis"],
    });
  });

  it("[K1] scales webui, vecpipe and the worker, the worker by the tasks that wait where KEDA can count them", async () => {
    const between = (name: string) => {
      const { minReplicas, maxReplicas } = object("HorizontalPodAutoscaler", name).inputs["spec"];
      return [minReplicas, maxReplicas];
    };
    expect(APPLICATIONS.map(between)).toEqual([
      [1, 3],
      [2, 4],
      [1, 4],
    ]);
    const counted = await registered({ kubernetes: { features: { keda: { namespace: "keda" } } } });
    const [trigger] = object("ScaledObject", "worker", counted).inputs["spec"].triggers;
    expect(trigger).toMatchObject({ type: "redis", metadata: { listName: "celery", listLength: "10" } });
  });

  it("[K3] asks for graphics processors for vecpipe and the worker, and is refused where no node has one", async () => {
    const nodes = [
      { cpus: 3.9, memoryGiB: 14, count: 4 },
      { cpus: 3.9, memoryGiB: 14, count: 2, gpus: 1 },
    ];
    const computing = await registered({ semantik: { gpus: 1 }, kubernetes: { nodes } });
    const limits = (name: string) => container(name, computing).resources.limits["nvidia.com/gpu"];
    expect(APPLICATIONS.map(limits)).toEqual(["1", undefined, "1"]);
    await expect(registered({ semantik: { gpus: 1 } })).rejects.toThrow(/GPUs/);
  });

  it("[K4] has the model on a volume that the job writes and the applications read", () => {
    const cache = "/app/.cache/huggingface";
    const job = object("Job", "model");
    expect(mount("Job", "model", cache)).toEqual({ claimName: "models", readOnly: false });
    for (const name of APPLICATIONS) {
      expect(mount("Deployment", name, cache)).toEqual({ claimName: "models", readOnly: true });
      expect(waitsFor("Deployment", name, job), name).toBe(true);
    }
  });

  it("[K5] [K10] migrates the database before whatever uses it, and then makes the superuser", () => {
    const migrations = object("Job", "webui-migrations");
    expect(migrations.inputs["spec"].template.spec.containers[0].command).toEqual([
      "alembic",
      "upgrade",
      "head",
    ]);
    for (const name of APPLICATIONS) expect(waitsFor("Deployment", name, migrations), name).toBe(true);
    expect(waitsFor("Job", "webui-superuser", migrations)).toBe(true);
    const [stringData] = secretsOf(object("Secret", "semantik-superuser")).map(
      (secret) => JSON.parse(secret).value,
    );
    expect(Object.keys(stringData).toSorted()).toEqual(["email", "password", "username"]);
  });

  it("[K6] runs applications as 1000:1000 with NET_BIND_SERVICE alone, and reads documents of a volume", async () => {
    const volume = "documents-of-the-team";
    const documented = await registered({ kubernetes: { folders: { documents: { volume } } } });
    for (const name of APPLICATIONS) {
      const { securityContext } = container(name, documented);
      expect(securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] },
      });
      expect(pod("Deployment", name, documented).securityContext).toMatchObject({
        runAsUser: 1000,
        runAsGroup: 1000,
        fsGroup: 1000,
      });
    }
    expect(mount("Deployment", "worker", "/mnt/docs", documented)).toMatchObject({ readOnly: true });
  });

  it("[K7] asks applications every 30 s, gives them 10 s, and takes three failures for ill", () => {
    const patience = { periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 3 };
    for (const name of APPLICATIONS) expect(container(name).readinessProbe, name).toMatchObject(patience);
    const paths = ["vecpipe", "webui"].map((name) => container(name).readinessProbe.httpGet.path);
    expect(paths).toEqual(["/health", "/api/health/readyz"]);
  });

  it("[K10] promises applications 2 GiB, and lets them have two cores and 4 GiB", () => {
    for (const name of APPLICATIONS) {
      expect(container(name).resources.requests["memory"]).toBe("2048Mi");
      expect(container(name).resources.limits).toEqual({ cpu: "2", memory: "4096Mi" });
    }
  });

  it("[G8] keeps PostgreSQL in three copies where the cluster has the operator, and is refused where it has none", async () => {
    const features = { cloudNativePg: true };
    const replicated = await registered({ semantik: { databaseCopies: 3 }, kubernetes: { features } });
    expect(ofKind("Cluster", replicated).map(({ inputs }) => inputs["spec"].instances)).toEqual([3]);
    await expect(registered({ semantik: { databaseCopies: 3 } })).rejects.toThrow("install CloudNativePG");
  });

  it("[K1] [G5] lets applications out to stores that somebody else runs, to these alone, and shows none of their secrets", async () => {
    const elsewhere = await registered({
      external: {
        postgres: { host: "203.0.113.5", authority: PEM, admin: { user: "boss", password: "given-admin" } },
        redis: { url: "rediss://203.0.113.6:6380", password: "given-redis" },
        qdrant: { url: "https://203.0.113.7:6333", apiKey: "given-key" },
      },
    });
    expect(namesOf("StatefulSet", elsewhere)).toEqual([]);
    expect(JSON.stringify(elsewhere)).not.toMatch(/given-(admin|redis|key)/);
    const rules = rulesOf(elsewhere);
    const ways: readonly [string, number, readonly string[]][] = [
      ["203.0.113.5", 5432, APPLICATIONS],
      ["203.0.113.6", 6380, ["flower", "webui", "worker"]],
      ["203.0.113.7", 6333, ["vecpipe", "worker"]],
      ["203.0.113.8", 6333, []],
    ];
    const kept = podsOf(elsewhere).filter(({ labels }) =>
      [...APPLICATIONS, "flower"].includes(labels["app.kubernetes.io/name"]!),
    );
    for (const [address, number, expected] of ways) {
      const through = kept.filter((each) => mayOpen(rules, each, address, { number, transport: "TCP" }));
      const clients = new Set(through.map(({ labels }) => labels["app.kubernetes.io/name"]));
      expect(clients, address).toEqual(new Set(expected));
    }
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { deploy as stack } from "../../stacks/deploy.ts";
import { deploy, type Registration, secretsOf } from "../support/engine.ts";
import { mayOpen } from "../support/evaluator.ts";
import { podsOf, rulesOf } from "../support/reachability.ts";
import { stackWith } from "../support/stack-file.ts";

/** What the stack registers, with other settings of the platform, other servers, and other settings of the target. */
async function registered(melvin = {}, external = {}, kubernetes = {}): Promise<Registration[]> {
  const changes = {
    "keelson:melvin": melvin,
    "keelson:external": external,
    "keelson:kubernetes": kubernetes,
  };
  const secrets = ["keelson:melvin", "keelson:external"];
  return deploy(() => stack(stackWith("melvin-kubernetes", changes, secrets)));
}

let all: readonly Registration[];
beforeAll(async () => {
  all = await registered();
});

const ofKind = (kind: string, among = all) =>
  among.filter(({ type }) => type.startsWith("kubernetes:") && type.endsWith(`:${kind}`));
const object = (kind: string, name: string, among = all) =>
  ofKind(kind, among).find(({ inputs }) => inputs["metadata"].name === name)!;
const pod = (kind: string, name: string, among = all) =>
  object(kind, name, among).inputs["spec"].template.spec;
const container = (kind: string, name: string, among = all) => pod(kind, name, among).containers[0];
const claimOf = (kind: string, name: string, path: string, among = all): string => {
  const mount = container(kind, name, among).volumeMounts.find((each: any) => each.mountPath === path);
  const volume = pod(kind, name, among).volumes.find((each: any) => each.name === mount.name);
  return volume.persistentVolumeClaim.claimName;
};
const variables = (kind: string, name: string, among = all): Record<string, string> =>
  Object.fromEntries(container(kind, name, among).env.map((each: any) => [each.name, each.value]));

describe("melvin-kubernetes", () => {
  it("[M1] runs the api in copies that nothing keeps apart from each other, and what has data by itself", () => {
    expect(ofKind("Deployment").map(({ inputs }) => inputs["metadata"].name)).toEqual(["api"]);
    const servers = ofKind("StatefulSet").map(({ inputs }) => [
      inputs["metadata"].name,
      inputs["spec"].replicas,
    ]);
    expect(Object.fromEntries(servers)).toEqual({
      mongodb: 1,
      ollama: 1,
      postgres: 1,
      qdrant: 3,
      worker: 1,
    });
    expect(container("Deployment", "api").ports).toEqual([
      { name: "http", containerPort: 8000, protocol: "TCP" },
    ]);
    expect(container("StatefulSet", "worker")).not.toHaveProperty("ports.0");
  });

  it("[M1] leads all that comes for the host to the api", () => {
    const backends = ofKind("Ingress").flatMap(({ inputs }) =>
      inputs["spec"].rules.flatMap(({ host, http }: any) =>
        http.paths.map(({ path, backend }: any) => [host, path, backend.service.name]),
      ),
    );
    expect(backends).toEqual([["melvin.example.com", "/", "api"]]);
  });

  it("[M2] gives each service the sizes of the budget", () => {
    const memory = (kind: string, name: string) => container(kind, name).resources.requests.memory;
    expect(memory("Deployment", "api")).toBe("2048Mi");
    expect(
      ["worker", "postgres", "mongodb", "qdrant", "ollama"].map((name) => memory("StatefulSet", name)),
    ).toEqual(["1024Mi", "1024Mi", "1024Mi", "1024Mi", "6144Mi"]);
  });

  it("[M2, G8] does not fit nodes that are smaller than its largest pod, and says which and what to do", async () => {
    const nodes = [{ cpus: 3.9, memoryGiB: 4, count: 9 }];
    const refused = registered({}, {}, { nodes });
    await expect(refused).rejects.toThrow(/a copy of "ollama" asks for .*6\.00 GiB of memory/);
    await expect(refused).rejects.toThrow("ollama can run elsewhere: keelson:external: { ollama: { url } }");
  });

  it("[M2, G5] lets api and worker out to a server elsewhere that they are told of, and nobody else", async () => {
    const elsewhere = await registered({}, { ollama: { url: "http://203.0.113.5:11434" } });
    expect(object("StatefulSet", "ollama", elsewhere)).toBeUndefined();
    expect(variables("Deployment", "api", elsewhere)["OLLAMA_URL"]).toBe("http://203.0.113.5:11434");
    const rules = rulesOf(elsewhere);
    const allowed = podsOf(elsewhere)
      .filter((client) => mayOpen(rules, client, "203.0.113.5", { number: 11434, transport: "TCP" }))
      .map(({ labels }) => labels["app.kubernetes.io/name"]!);
    expect(new Set(allowed)).toEqual(new Set(["api", "worker"]));
  });

  it("[M2] asks for graphics processors where Ollama shall have some", async () => {
    const nodes = [{ cpus: 8, memoryGiB: 30, count: 3, gpus: 1 }];
    const accelerated = await registered({ gpus: 1 }, {}, { nodes });
    expect(container("StatefulSet", "ollama", accelerated).resources.limits["nvidia.com/gpu"]).toBe("1");
    await expect(registered({ gpus: 1 })).rejects.toThrow(/"ollama" asks for .*1 GPUs/);
  });

  it("[M3] has the model pulled by a job before the api and the worker start", () => {
    const model = object("Job", "ollama-llama3-2-3b-model");
    expect(model.dependencies).toContain(object("StatefulSet", "ollama").urn);
    expect(object("Deployment", "api").dependencies).toContain(model.urn);
    expect(object("StatefulSet", "worker").dependencies).toContain(model.urn);
  });

  it("[M4, G3] keeps the administrator's password as a secret, for those who run the platform and for the job", () => {
    const [stringData] = secretsOf(object("Secret", "melvin-admin")).map((each) => JSON.parse(each).value);
    expect(Object.keys(stringData)).toEqual(["password", "username"]);
    const job = container("Job", "admin");
    expect(job.command).not.toContain("generated-by-admin-password");
    expect(variables("Job", "admin")["ADMIN_USERNAME"]).toBe("admin");
    const password = job.env.find(({ name }: { name: string }) => name === "ADMIN_PASSWORD");
    expect(password?.value).toBeUndefined();
    expect(object("Deployment", "api").dependencies).toContain(object("Job", "admin").urn);
  });

  it("[M6] keeps cards on a claim, and tells the worker how often it may ask Scryfall", async () => {
    const tuned = await registered({ scryfall: { requestsPerSecond: 4, cacheDirectory: "/srv/cards" } });
    expect(variables("StatefulSet", "worker", tuned)).toMatchObject({
      SCRYFALL_REQUESTS_PER_SECOND: "4",
      SCRYFALL_CACHE_DIR: "/srv/cards",
    });
    expect(claimOf("StatefulSet", "worker", "/srv/cards", tuned)).toBe("cards");
  });

  it("[M7] logs JSON, and keeps the audit log of all copies on one claim", () => {
    expect(variables("Deployment", "api")["LOG_FORMAT"]).toBe("json");
    expect(claimOf("Deployment", "api", variables("Deployment", "api")["AUDIT_LOG_PATH"]!)).toBe("audit");
    expect(object("PersistentVolumeClaim", "audit").protect).toBe(true);
  });

  it("[M8] replaces the api's copies one by one, each after the new one is ready", () => {
    const { strategy } = object("Deployment", "api").inputs["spec"];
    expect(strategy.rollingUpdate.maxUnavailable).toBe(0);
    expect(object("HorizontalPodAutoscaler", "api").inputs["spec"]).toMatchObject({
      minReplicas: 2,
      maxReplicas: 3,
    });
    expect(object("PodDisruptionBudget", "api")).toBeDefined();
    expect(object("Deployment", "api").dependencies).toContain(object("Job", "migrations").urn);
  });

  it("[M8] has room for one copy of the api more than the most, on the one node where all have to be that share its folder", () => {
    const cores = (kind: string, name: string) => {
      const { cpu } = container(kind, name).resources.requests;
      return cpu.endsWith("m") ? Number.parseInt(cpu, 10) / 1000 : Number(cpu);
    };
    expect(pod("Deployment", "api").affinity).toHaveProperty("podAffinity");
    expect(4 * cores("Deployment", "api")).toBeLessThanOrEqual(3.9);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { deploy as stack } from "../../stacks/deploy.ts";
import { deploy, type Registration, secretsOf } from "../support/engine.ts";
import { mayOpen } from "../support/evaluator.ts";
import { podsOf, rulesOf } from "../support/reachability.ts";
import { stackWith } from "../support/stack-file.ts";

/** What the stack registers, with other settings of the target, and nothing that observes it. */
async function registered(kubernetes: object = {}) {
  const given = stackWith("skills-kubernetes", { "keelson:kubernetes": kubernetes }, []);
  return deploy(() => stack({ ...given, values: { ...given.values, "keelson:observability": "false" } }));
}

let all: readonly Registration[];
beforeAll(async () => {
  all = await registered();
});

const ofKind = (kind: string, among = all) =>
  among.filter(({ type }) => type.startsWith("kubernetes:") && type.endsWith(`:${kind}`));
const object = (kind: string, name: string, among = all) =>
  ofKind(kind, among).find(({ inputs }) => inputs["metadata"].name === name)!;
const namesOf = (kind: string): string[] => ofKind(kind).map(({ inputs }) => inputs["metadata"].name);
const spec = (kind: string, name: string, among = all) => object(kind, name, among).inputs["spec"];

describe("skills-kubernetes", () => {
  it("[S6] runs three copies of Elasticsearch, two of the backend and one of the dashboard", () => {
    expect(spec("StatefulSet", "elasticsearch").replicas).toBe(3);
    expect(spec("HorizontalPodAutoscaler", "backend").minReplicas).toBe(2);
    expect(spec("Deployment", "dashboard").replicas).toBe(1);
    expect(namesOf("StatefulSet").toSorted()).toEqual(["elasticsearch", "ollama"]);
  });

  it("[S6] scales the backend by the requests it gets where the cluster counts them, and else by its processors", async () => {
    const scaler = (among = all) => {
      const { minReplicas, maxReplicas, metrics } = spec("HorizontalPodAutoscaler", "backend", among);
      return { minReplicas, maxReplicas, metrics };
    };
    const range = { minReplicas: 2, maxReplicas: 10 };
    expect(scaler()).toMatchObject({ ...range, metrics: [{ resource: { name: "cpu" } }] });
    const counted = await registered({ features: { customMetrics: true } });
    expect(scaler(counted)).toMatchObject({
      ...range,
      metrics: [{ pods: { metric: { name: "http_requests_per_second" } } }],
    });
  });

  it("[S6] keeps data on claims, and what is secret in Secrets", () => {
    const [claim] = spec("StatefulSet", "elasticsearch").volumeClaimTemplates;
    expect(claim.spec.resources.requests.storage).toBe("20Gi");
    const keys = secretsOf(object("Secret", "skills-mcp")).map((secret) => JSON.parse(secret).value);
    expect(Object.keys(keys[0])).toEqual(["api-key"]);
    expect(JSON.stringify(all)).not.toContain("generated-by-");
  });

  it("[S6] leads the dashboard, the API and MCP from one host name, each browser to the copy that it began with", () => {
    const paths = ofKind("Ingress").flatMap(({ inputs }) =>
      inputs["spec"].rules.flatMap(({ http }: any) =>
        http.paths.map(({ path, backend }: any) => [path, backend.service.name]),
      ),
    );
    expect(Object.fromEntries(paths)).toEqual({
      "/": "dashboard",
      "/api": "backend",
      "/api/": "backend",
      "/mcp": "backend",
      "/mcp/": "backend",
    });
    for (const service of ["backend", "dashboard"])
      expect(object("Service", service).inputs["metadata"].annotations, service).toMatchObject({
        "traefik.ingress.kubernetes.io/service.sticky.cookie": "true",
      });
  });

  it("[S6] serves by TLS where the entry has a certificate", async () => {
    const encrypted = await registered({ tls: { kind: "secret", name: "skills-tls" } });
    const hosts = ofKind("Ingress", encrypted).flatMap(({ inputs }) => inputs["spec"].tls ?? []);
    expect(hosts).toContainEqual(expect.objectContaining({ secretName: "skills-tls" }));
  });

  it("[S2] [G5] lets the backend open Elasticsearch and Ollama, and no client anything else of them", () => {
    const rules = rulesOf(all);
    const pods = podsOf(all);
    const nameOf = ({ labels }: (typeof pods)[number]) => labels["app.kubernetes.io/name"]!;
    const clients = (server: string, number: number) => {
      const to = pods.find((each) => nameOf(each) === server)!;
      const through = pods.filter((from) => mayOpen(rules, from, to, { number, transport: "TCP" }));
      return [...new Set(through.map(nameOf))].filter((name) => name !== server).toSorted();
    };
    expect(clients("elasticsearch", 9200)).toEqual(["backend", "elasticsearch-backend-client"]);
    expect(clients("ollama", 11434)).toEqual(["backend", "ollama-gemma2-2b-model"]);
    expect(clients("elasticsearch", 9300)).toEqual([]);
  });

  it("[S4] has the index and the embedding model there before the backend", () => {
    for (const job of ["elasticsearch-backend-client", "embedding-model", "ollama-gemma2-2b-model"])
      expect(object("Deployment", "backend").dependencies, job).toContain(object("Job", job).urn);
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resourceRules as rules } from "../../../policies/rules/index.ts";
import { audit, notKnownYet, type Registered } from "../../support/audit.ts";
import { aksCluster, aksPool, eksCluster, gkeCluster, gkePool, launchTemplate } from "../cloud-examples.ts";
import {
  deployment,
  dockerCarrier,
  dockerContainer,
  dockerJob,
  dockerNetwork,
  dockerVolume,
  kubernetes,
  kubernetesJob,
  namespace,
  statefulSet,
} from "../examples.ts";

const accepted = [
  dockerContainer(),
  dockerJob(),
  dockerCarrier(),
  dockerNetwork(),
  dockerVolume(),
  deployment(),
  statefulSet(),
  kubernetesJob(),
  kubernetes("core/v1:ConfigMap", { data: { "app.yaml": "pool: 5" } }),
  kubernetes(
    "core/v1:Service",
    { spec: { type: "LoadBalancer", ports: [{ port: 80 }] } },
    { "keelson.exposure": "web" },
  ),
  kubernetes("core/v1:PersistentVolumeClaim", { spec: {} }, { "keelson.data": "retained" }),
  namespace(),
  kubernetes("core/v1:Secret", { stringData: { POSTGRES_PASSWORD: "hunter2hunter2" } }),
  kubernetes("networking.k8s.io/v1:Ingress", { spec: { rules: [{ host: "ai.example.com", http: {} }] } }),
  kubernetes("gateway.networking.k8s.io/v1:HTTPRoute", { spec: { hostnames: ["ai.example.com"] } }),
  kubernetes("keda.sh/v1alpha1:ScaledObject", {
    spec: { triggers: [{ type: "kafka", metadata: { topic: "tasks", lagThreshold: "100" } }] },
  }),
  { ...kubernetes("postgresql.cnpg.io/v1:Cluster", { spec: { instances: 3 } }), protect: true },
  kubernetes("networking.k8s.io/v1:NetworkPolicy", { spec: { ingress: [{ from: [{ podSelector: {} }] }] } }),
  eksCluster(),
  gkeCluster(),
  aksCluster(),
  launchTemplate(),
  gkePool(),
  aksPool(),
];

const reportsOf = async (resource: Registered) =>
  (await Promise.all(rules.map((rule) => audit(rule, resource)))).flat();

describe("[G11] what is not known yet", () => {
  it.each(accepted.map((resource) => [resource.type, resource.name, resource] as const))(
    "every rule accepts the %s of the examples, %s",
    async (_type, _name, resource) => {
      expect(await reportsOf(resource)).toEqual([]);
    },
  );

  it("never makes a rule refuse a resource that it accepts when all is known", async () => {
    const places = accepted.flatMap((resource) =>
      pathsIn(resource.props).map((path) => [resource, path] as const),
    );
    for (const [resource, path] of places) {
      const props = withUnknown(resource.props, path) as Registered["props"];
      expect(await reportsOf({ ...resource, props }), `${resource.type}: ${path.join(".")}`).toEqual([]);
    }
  });

  it("never breaks a rule, nor does any other value in any place", async () => {
    const types = fc.constantFrom(...accepted.map(({ type }) => type));
    await fc.assert(
      fc.asyncProperty(types, shapes(), async (type, props) => {
        expect(await reportsOf({ type, name: "any", props })).toBeInstanceOf(Array);
      }),
      { numRuns: 300 },
    );
  });
});

/** Objects that share the keys of real resources, so that views go deep, with anything at all as their values. */
function shapes(): fc.Arbitrary<Record<string, unknown>> {
  const keys = [...new Set(accepted.flatMap(({ props }) => pathsIn(props).flat()))].filter(
    (key) => !/^\d+$/.test(key),
  );
  const { node } = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 6 },
      fc.jsonValue({ maxDepth: 1 }),
      fc.constantFrom(notKnownYet, "", "host", 0, -1, null),
      fc.array(tie("node"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keys), tie("node"), { maxKeys: 8 }),
    ),
  }));
  return fc.dictionary(fc.constantFrom(...keys), node, { minKeys: 1, maxKeys: 12 });
}

type Path = readonly string[];

function pathsIn(value: unknown): readonly Path[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [
    [key],
    ...pathsIn(each).map((path) => [key, ...path]),
  ]);
}

function withUnknown(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return notKnownYet;
  if (Array.isArray(value))
    return value.map((each, index) => (`${index}` === key ? withUnknown(each, rest) : each));
  return Object.fromEntries(
    Object.entries(value ?? {}).map(([name, each]) => [name, name === key ? withUnknown(each, rest) : each]),
  );
}

import type { V1LabelSelector } from "@kubernetes/client-node";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayOpen } from "./evaluator.ts";
import { throughBySets } from "./evaluator-sets.ts";
import { flows, namespaces, type Policy, policy } from "./evaluator-world.ts";

/** What is let through of everything that could be asked. */
const through = (policies: readonly Policy[]) =>
  flows.filter(({ client, server, port }) => mayOpen({ namespaces, policies }, client, server, port));

const labelSelector: fc.Arbitrary<V1LabelSelector> = fc.record(
  {
    matchLabels: fc.dictionary(fc.constantFrom("app", "tier", "team"), fc.constantFrom("web", "front", "a"), {
      maxKeys: 1,
    }),
    matchExpressions: fc.array(
      fc.record({
        key: fc.constantFrom("app", "tier", "team"),
        operator: fc.constantFrom("In", "NotIn", "Exists", "DoesNotExist"),
        values: fc.subarray(["web", "api", "b"], { minLength: 1 }),
      }),
      { maxLength: 1 },
    ),
  },
  { requiredKeys: [] },
);

const peer = fc.oneof(
  fc.record({ podSelector: labelSelector }),
  fc.record({ namespaceSelector: labelSelector }),
  fc.record({ podSelector: labelSelector, namespaceSelector: labelSelector }),
  fc.record({
    ipBlock: fc.constantFrom(
      { cidr: "10.0.0.0/16", except: ["10.0.1.0/24"] },
      { cidr: "10.0.0.0/24" },
      { cidr: "192.168.0.5/32" },
      { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] },
      { cidr: "::/0" },
    ),
  }),
);

const statedPort = fc.oneof(
  fc.record({ port: fc.constantFrom(80, 443, "web") }),
  fc.record({ protocol: fc.constantFrom("TCP", "UDP") }),
  fc.record({ port: fc.constantFrom(80, 81), protocol: fc.constant("UDP") }),
  fc.constant({ port: 80, endPort: 81 }),
);

const rules = (peers: "from" | "to") =>
  fc.array(
    fc.record(
      {
        [peers]: fc.array(peer, { maxLength: 2 }),
        ports: fc.array(statedPort, { maxLength: 2 }),
      },
      { requiredKeys: [] },
    ),
    { maxLength: 2 },
  );

/** Policies that the API server accepts. */
const anyPolicy = fc
  .tuple(
    fc.record(
      {
        podSelector: labelSelector,
        policyTypes: fc.subarray(["Ingress", "Egress"]),
        ingress: rules("from"),
        egress: rules("to"),
      },
      { requiredKeys: ["podSelector"] },
    ),
    fc.constantFrom("here", "there"),
  )
  .map(([spec, namespace]) => policy(spec, namespace));
const anyPolicies = fc.array(anyPolicy, { maxLength: 4 });

describe("the relation of all policies", () => {
  it("is what sets of pods, addresses and ports give, too", () => {
    fc.assert(
      fc.property(anyPolicies, (policies) => {
        expect(through(policies)).toEqual(throughBySets(policies));
      }),
      { numRuns: 60 },
    );
  });

  it("does not depend on the order of the policies", () => {
    fc.assert(
      fc.property(anyPolicies, (policies) => {
        expect(through(policies.toReversed())).toEqual(through(policies));
      }),
      { numRuns: 30 },
    );
  });

  it("only grows with a rule, and with a policy for pods that are closed already", () => {
    const everything = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
    const closed = [policy(everything), policy(everything, "there")];
    fc.assert(
      fc.property(anyPolicies, anyPolicy, (policies, more) => {
        const after = new Set(through([...closed, ...policies, more]));
        expect(through([...closed, ...policies]).filter((flow) => !after.has(flow))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it("is the same if each direction and each rule has a policy of its own", () => {
    const apart = ({ spec, metadata }: Policy): Policy[] =>
      (["ingress", "egress"] as const).flatMap((direction) => {
        const { podSelector, policyTypes = [], egress = [] } = spec!;
        const about =
          policyTypes.length > 0 ? policyTypes : ["Ingress", ...(egress.length > 0 ? ["Egress"] : [])];
        const type = direction === "ingress" ? "Ingress" : "Egress";
        if (!about.includes(type)) return [];
        const alone = { podSelector, policyTypes: [type] };
        return [alone, ...(spec![direction] ?? []).map((rule) => ({ ...alone, [direction]: [rule] }))].map(
          (each) => policy(each, metadata!.namespace),
        );
      });
    fc.assert(
      fc.property(anyPolicies, (policies) => {
        expect(through(policies.flatMap(apart))).toEqual(through(policies));
      }),
      { numRuns: 30 },
    );
  });
});

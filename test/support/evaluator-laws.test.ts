import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayOpen } from "./evaluator.ts";
import { anyPolicy } from "./evaluator-policies.ts";
import { throughBySets } from "./evaluator-sets.ts";
import { flows, namespaces, type Policy, policy } from "./evaluator-world.ts";

/** What is let through of everything that could be asked. */
const through = (policies: readonly Policy[]) => {
  const rules = { namespaces, policies };
  return flows.filter(({ client, server, port }) => mayOpen(rules, client, server, port));
};

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

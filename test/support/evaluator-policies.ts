import type { V1LabelSelector } from "@kubernetes/client-node";
import * as fc from "fast-check";
import { type Policy, policy } from "./evaluator-world.ts";

const key = fc.constantFrom("app", "tier", "team");

const labelSelector: fc.Arbitrary<V1LabelSelector> = fc.record(
  {
    matchLabels: fc.dictionary(key, fc.constantFrom("web", "front", "a"), {
      maxKeys: 1,
    }),
    matchExpressions: fc.array(
      fc.oneof(
        fc.record({
          key,
          operator: fc.constantFrom("In", "NotIn"),
          values: fc.subarray(["web", "api", "b"], { minLength: 1 }),
        }),
        fc.record({ key, operator: fc.constantFrom("Exists", "DoesNotExist") }),
      ),
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

/** Random policies for the small cluster, such as the API server accepts. */
export const anyPolicy: fc.Arbitrary<Policy> = fc
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

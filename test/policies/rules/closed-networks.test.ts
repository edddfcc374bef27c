import { describe, expect, it } from "vitest";
import { closedNetworks } from "../../../policies/rules/closed-networks.ts";
import { auditStack, notKnownYet, type Registered } from "../../support/audit.ts";
import { deployment, dockerContainer, dockerNetwork, kubernetesJob, statefulSet } from "../examples.ts";

const CLOSED = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

function policy(spec: object, namespace = "platform"): Registered {
  return {
    type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    name: "policy",
    props: { metadata: { name: "policy", namespace }, spec },
  };
}

function inNamespace(resource: Registered, namespace = "platform"): Registered {
  return { ...resource, props: { ...resource.props, metadata: { name: resource.name, namespace } } };
}

const unnamed: Registered = { ...policy(CLOSED), props: { metadata: { name: "policy" }, spec: CLOSED } };

describe("[G11] [G5] closed-networks", () => {
  it.each([
    ["a namespace that a policy closes", [inNamespace(deployment()), policy(CLOSED)]],
    ["an empty namespace", [policy({ podSelector: { matchLabels: { app: "api" } } })]],
    ["the namespace without a name", [inNamespace(deployment(), "default"), unnamed]],
    [
      "a namespace that is not known yet",
      [inNamespace(deployment(), notKnownYet), policy(CLOSED, notKnownYet)],
    ],
    ["what a cluster that is yet to be made will have", [{ ...deployment(), props: {} }]],
    ["a Docker host, whose networks are closed by themselves", [dockerContainer(), dockerNetwork()]],
  ] as const)("accepts %s", async (_, resources) => {
    expect(await auditStack(closedNetworks, resources)).toEqual([]);
  });

  it.each([
    ["a namespace without any policy", []],
    ["a policy for some pods", [policy({ ...CLOSED, podSelector: { matchLabels: { app: "db" } } })]],
    ["a policy for one way", [policy({ podSelector: {}, policyTypes: ["Ingress"] })]],
    ["a policy of another namespace", [policy(CLOSED, "other")]],
  ] as const)("refuses %s, and names what runs there", async (_, policies) => {
    const pods = [deployment(), kubernetesJob(), statefulSet()].map((each) => inNamespace(each));
    expect(await auditStack(closedNetworks, [...pods, ...policies])).toEqual([
      'namespace "platform" is open to every pod of the cluster, and runs "api", "migrate", "db"; ' +
        "make a NetworkPolicy there with an empty podSelector and policyTypes [Ingress, Egress]",
    ]);
  });
});

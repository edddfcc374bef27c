import type { StackValidationPolicy } from "@pulumi/policy";
import { closures } from "../views/closure.ts";
import { UNKNOWN } from "../views/read.ts";

/**
 * Refuses to run anything on a shared network that is open unless something closes it (CIS Kubernetes 5.3.2). What is to be
 * reached is opened one by one, which the rule `private-network` judges.
 */
export const closedNetworks: StackValidationPolicy = {
  name: "closed-networks",
  description: "Every namespace with containers is closed to all that no policy opens.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    "Make a NetworkPolicy there with an empty `podSelector` and `policyTypes: [Ingress, Egress]`.",
  tags: ["CIS Kubernetes 5.3.2"],
  validateStack: ({ resources }, report) => {
    const all = resources.flatMap((resource) =>
      closures(resource).map((closure) => ({ ...closure, name: resource.name })),
    );
    const closed = new Set(all.filter(({ role }) => role === "closes").map(({ network }) => network));
    // Which namespace a policy closes may not be known yet.
    if (closed.has(UNKNOWN)) return;
    const open = all.filter(
      ({ role, network }) => role === "runs" && network !== UNKNOWN && !closed.has(network),
    );
    for (const network of new Set(open.map((each) => each.network))) {
      const names = open.filter((each) => each.network === network).map(({ name }) => `"${name}"`);
      report(
        `namespace "${String(network)}" is open to every pod of the cluster, and runs ${names.join(", ")}; ` +
          "make a NetworkPolicy there with an empty podSelector and policyTypes [Ingress, Egress]",
      );
    }
  },
};

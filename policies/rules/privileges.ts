import type { ResourceValidationPolicy } from "@pulumi/policy";
import type { Container } from "../views/container.ts";
import { containers, runs } from "../views/containers.ts";

/**
 * Refuses containers that are as good as root on their host: privileged ones, those that share a namespace of the host,
 * may gain privileges or have a guard of the kernel switched off (CIS Docker 5.2, 5.5, 5.10, 5.16, 5.17, 5.22, 5.26,
 * 5.31; CKV_K8S_16 to CKV_K8S_20; PSS baseline).
 */
export const privileges: ResourceValidationPolicy = {
  name: "privileges",
  description: "No container is privileged, shares the host's namespaces or may gain privileges.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps:
    'Docker: leave out `privileged` and modes named "host", and set `securityOpts: ["no-new-privileges:true"]`. ' +
    "Kubernetes: leave out `privileged` and `host…`, and set `allowPrivilegeEscalation: false`.",
  tags: [
    ...["5.2", "5.5", "5.10", "5.16", "5.17", "5.22", "5.26", "5.31"].map((id) => `CIS Docker ${id}`),
    ...["16", "17", "18", "19", "20"].map((id) => `CKV_K8S_${id}`),
    "PSS baseline",
  ],
  validateResource: (resource, report) => {
    for (const container of containers(resource)) {
      for (const problem of problems(container)) report(`container "${container.name}" ${problem}`);
    }
  },
};

function problems(container: Container): readonly string[] {
  const { privileged, mayGainPrivileges, hostNamespaces, unguarded } = container;
  return [
    ...(privileged === true
      ? ["is privileged; leave that out, and add the one capability that it needs if there is one"]
      : []),
    ...(mayGainPrivileges === true && runs(container)
      ? [
          'may gain privileges; set securityOpts ["no-new-privileges:true"] ' +
            "(Kubernetes: allowPrivilegeEscalation false)",
        ]
      : []),
    ...hostNamespaces.map(
      (each) => `shares the ${each} namespace of the host; leave that mode to the default`,
    ),
    ...unguarded.map((guard) => `runs without ${guard}; leave the default profile on`),
  ];
}

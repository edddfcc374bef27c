import type { ResourceValidationPolicy } from "@pulumi/policy";
import type { Container } from "../views/container.ts";
import { runningContainers } from "../views/containers.ts";

const HOW: Readonly<Record<keyof Container["limits"], string>> = {
  memory: "no memory limit; set memory and memorySwap in MiB (Kubernetes: resources.limits.memory)",
  cpu: 'no CPU limit; set cpus, as in "0.5" (Kubernetes: resources.limits.cpu)',
  processes: "no limit of processes; set ulimits with an entry nproc",
};

/**
 * Refuses containers that can starve their host (CIS Docker 5.11, 5.12, 5.29; CKV_K8S_11, CKV_K8S_13). The number of a
 * pod's processes is a setting of the node and is not judged.
 */
export const resourceLimits: ResourceValidationPolicy = {
  name: "resource-limits",
  description: "Every container has limits of memory, CPU and processes.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    "Docker: set `memory`, `memorySwap`, `cpus` and `ulimits` with `nproc`. Kubernetes: set `resources.limits`.",
  tags: ["CIS Docker 5.11", "CIS Docker 5.12", "CIS Docker 5.29", "CKV_K8S_11", "CKV_K8S_13"],
  validateResource: (resource, report) => {
    for (const { name, limits } of runningContainers(resource)) {
      for (const kind of ["memory", "cpu", "processes"] as const) {
        if (limits[kind] === false) report(`container "${name}" has ${HOW[kind]}`);
      }
    }
  },
};

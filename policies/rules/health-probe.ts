import type { ResourceValidationPolicy } from "@pulumi/policy";
import { containers } from "../views/containers.ts";

/**
 * Refuses services that nobody asks whether they are well (CIS Docker 5.27; CKV_K8S_8, CKV_K8S_9). Jobs tell it by the
 * way they end, and containers that are never started have nothing to tell.
 */
export const healthProbe: ResourceValidationPolicy = {
  name: "health-probe",
  description: "Every container that runs until it is stopped is probed.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Docker: set `healthcheck.tests`. Kubernetes: set `readinessProbe` and `livenessProbe`.",
  tags: ["CIS Docker 5.27", "CKV_K8S_8", "CKV_K8S_9"],
  validateResource: (resource, report) => {
    for (const { name, life, probes } of containers(resource)) {
      if (life !== "service") continue;
      const missing = (["readiness", "liveness"] as const).filter((kind) => probes[kind] === false);
      if (missing.length === 0) continue;
      report(
        `container "${name}" has no ${missing.join(" and no ")} probe; ` +
          `set healthcheck.tests (Kubernetes: ${missing.map((kind) => `${kind}Probe`).join(", ")}), ` +
          'or make it a job: mustRun false with restart "no"',
      );
    }
  },
};

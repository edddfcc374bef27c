import type { ResourceValidationPolicy } from "@pulumi/policy";
import { containers } from "../views/containers.ts";

/** Refuses services that stay down after a crash or after their host was started again. */
export const restartPolicy: ResourceValidationPolicy = {
  name: "restart-policy",
  description: "Every container that runs until it is stopped is started again when it ends by itself.",
  enforcementLevel: "mandatory",
  severity: "medium",
  remediationSteps: 'Set `restart: "unless-stopped"`; for a job set `mustRun: false`.',
  tags: ["CIS Docker 5.15"],
  validateResource: (resource, report) => {
    for (const { name, life, restarts } of containers(resource)) {
      if (life !== "service" || restarts !== false) continue;
      report(
        `container "${name}" is not started again after a crash; set restart "unless-stopped", or mustRun false if it is a job`,
      );
    }
  },
};

import type { ResourceValidationPolicy } from "@pulumi/policy";
import { runningContainers } from "../views/containers.ts";

/**
 * Refuses variables that nobody has written: for each service of its namespace Kubernetes gives a pod some, such as
 * `REDIS_PORT=tcp://…`, which programs take for their own settings.
 */
export const serviceVariables: ResourceValidationPolicy = {
  name: "service-variables",
  description: "No container gets variables about the services beside it.",
  enforcementLevel: "mandatory",
  severity: "low",
  remediationSteps: "Kubernetes: set `enableServiceLinks: false`.",
  tags: [],
  validateResource: (resource, report) => {
    for (const { name, getsServiceVariables } of runningContainers(resource)) {
      if (getsServiceVariables !== true) continue;
      report(
        `container "${name}" gets variables about every service beside it; set enableServiceLinks false`,
      );
    }
  },
};

import type { ResourceValidationPolicy } from "@pulumi/policy";
import { runningContainers } from "../views/containers.ts";

/** Refuses containers whose log can fill the disk of their host: Docker keeps all of it unless it is told otherwise. */
export const logRotation: ResourceValidationPolicy = {
  name: "log-rotation",
  description: "Every container's log is kept within bounds.",
  enforcementLevel: "mandatory",
  severity: "medium",
  remediationSteps: 'Set `logDriver: "json-file"` and `logOpts: { "max-size": "10m", "max-file": "3" }`.',
  tags: [],
  validateResource: (resource, report) => {
    for (const { name, boundedLog } of runningContainers(resource)) {
      if (boundedLog !== false) continue;
      report(
        `container "${name}" keeps its log without bounds; set logDriver "json-file" with logOpts max-size and max-file`,
      );
    }
  },
};

import type { ResourceValidationPolicy } from "@pulumi/policy";
import { runningContainers } from "../views/containers.ts";
import { UNKNOWN } from "../views/read.ts";

/** A name is no answer: only the image knows which number it stands for. */
const NUMERIC = /^0*[1-9]\d*(:\d+)?$/;

/**
 * Refuses containers whose user is root, or is not told (CIS Docker 4.1; CKV_K8S_23, CKV_K8S_40; PSS restricted
 * "Running as Non-root"). The label or annotation `keelson.root` lets one through and says why.
 */
export const nonRoot: ResourceValidationPolicy = {
  name: "non-root",
  description: "Every container runs as a numeric user other than root, or says why it can't.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    'Set `user: "1000:1000"` (Kubernetes: `runAsUser: 1000`), or state the reason in `keelson.root`.',
  tags: ["CIS Docker 4.1", "CKV_K8S_23", "CKV_K8S_40", "PSS restricted"],
  validateResource: (resource, report) => {
    for (const { name, user, rootReason } of runningContainers(resource)) {
      if (rootReason !== undefined || user === UNKNOWN || NUMERIC.test(user ?? "")) continue;
      report(
        `container "${name}" runs as ${user === undefined ? "the user of its image" : `user "${user}"`}; ` +
          'set a numeric user other than 0, as in user "1000:1000" (Kubernetes: runAsUser 1000), ' +
          "or state the reason in the label (Kubernetes: annotation of the pod) keelson.root",
      );
    }
  },
};

import type { ResourceValidationPolicy } from "@pulumi/policy";
import { runningContainers } from "../views/containers.ts";

/**
 * Points out containers whose programs can be changed while they run (CIS Docker 5.13; CKV_K8S_22). Some images can't do
 * without; the label or annotation `keelson.writable-root` says why.
 */
export const readOnlyRoot: ResourceValidationPolicy = {
  name: "read-only-root",
  description: "Every container has a read-only root file system, or says why it can't.",
  enforcementLevel: "advisory",
  severity: "medium",
  remediationSteps:
    "Docker: set `readOnly: true` and `tmpfs` where the program writes. " +
    "Kubernetes: set `readOnlyRootFilesystem: true` and mount an `emptyDir` there.",
  tags: ["CIS Docker 5.13", "CKV_K8S_22"],
  validateResource: (resource, report) => {
    for (const { name, readOnlyRoot: readOnly, writableRootReason } of runningContainers(resource)) {
      if (readOnly !== false || writableRootReason !== undefined) continue;
      report(
        `container "${name}" can write to its root file system; set readOnly and tmpfs ` +
          "(Kubernetes: readOnlyRootFilesystem and an emptyDir), or state the reason in the label " +
          "(Kubernetes: annotation of the pod) keelson.writable-root",
      );
    }
  },
};

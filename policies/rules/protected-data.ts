import type { ResourceValidationPolicy } from "@pulumi/policy";
import { UNKNOWN } from "../views/read.ts";
import { volumes } from "../views/volume.ts";

const FATES: readonly (string | symbol)[] = ["protected", "retained", "disposable", UNKNOWN];

/**
 * Refuses volumes of which nobody has said what becomes of their data. The resource option `protect` says it; so does
 * the label or annotation `keelson.data`: `retained` (made with the resource option `retainOnDelete`, which policies
 * aren't shown) or `disposable` (can be made again).
 */
export const protectedData: ResourceValidationPolicy = {
  name: "protected-data",
  description: "Every volume is protected or retained, or is stated to be disposable.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps:
    "Set the resource option `protect`; or set `retainOnDelete` and the label `keelson.data` to `retained`; " +
    "or, for data that can be made again, the label to `disposable`.",
  tags: [],
  validateResource: (resource, report) => {
    for (const { title, fate } of volumes(resource)) {
      if (fate !== undefined && FATES.includes(fate)) continue;
      report(
        `${title} ${fate === undefined ? "does not say what becomes of its data" : `has the fate "${String(fate)}"`}; ` +
          "set the resource option protect, or retainOnDelete and the label (Kubernetes: annotation) keelson.data " +
          "to retained, or that label to disposable if the data can be made again",
      );
    }
  },
};

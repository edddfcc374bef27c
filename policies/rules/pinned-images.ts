import type { ResourceValidationPolicy } from "@pulumi/policy";
import { containers } from "../views/containers.ts";
import { UNKNOWN } from "../views/read.ts";

/** A digest, or a tag other than `latest`; a registry's port is no tag. The id of an image is its digest too. */
const PINNED = /@sha256:[\da-f]{64}$|^sha256:[\da-f]{64}$|:(?!latest$)\w[\w.-]*$/;

/** Refuses images whose content can change between two deployments (CKV_K8S_14). */
export const pinnedImages: ResourceValidationPolicy = {
  name: "pinned-images",
  description: "Every container image names a version or a digest.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Name the version that was tested, as in `postgres:18.6`, or the digest.",
  tags: ["CKV_K8S_14"],
  validateResource: (resource, report) => {
    for (const { name, image } of containers(resource)) {
      if (image === UNKNOWN || PINNED.test(image)) continue;
      report(
        `container "${name}" runs the image "${image}", which can change between two deployments; ` +
          "name the version that was tested, as in postgres:18.6, or the digest",
      );
    }
  },
};

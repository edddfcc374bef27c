import { posix } from "node:path";
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { containers } from "../views/containers.ts";

/**
 * Files and folders by which a container can take over its host: the sockets of container engines and what they keep,
 * the system's own folders (CIS Docker 5.6), the home of root.
 */
const SENSITIVE = [
  "/boot",
  "/dev",
  "/etc",
  "/lib",
  "/proc",
  "/root",
  "/sys",
  "/usr",
  "/run/containerd",
  "/run/crio",
  "/run/docker.sock",
  "/var/run/docker.sock",
  "/var/lib/containerd",
  "/var/lib/docker",
  "/var/lib/kubelet",
];

/** Refuses mounts by which a container reaches its host (CIS Docker 5.6, 5.18, 5.32; CKV_K8S_27). */
export const hostPaths: ResourceValidationPolicy = {
  name: "host-paths",
  description: "No container sees the Docker socket, a device or a system folder of its host.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps:
    "Use a named volume, or a folder made for the purpose, as in `/srv/documents`. What measures the host mounts `/` read-only, and says why in the label `keelson.machine`.",
  tags: ["CIS Docker 5.6", "CIS Docker 5.18", "CIS Docker 5.32", "CKV_K8S_27"],
  configSchema: {
    properties: {
      allowed: {
        description:
          "Paths of the host that may be mounted although they are sensitive, each with what lies below it.",
        type: "array",
        items: { type: "string" },
        default: [],
      },
    },
  },
  validateResource: (resource, report) => {
    const { allowed } = resource.getConfig<{ allowed: readonly string[] }>();
    for (const container of containers(resource)) {
      for (const path of container.hostPaths) {
        if (allowed.some((each) => within(path, each)) || !isSensitive(path)) continue;
        if (normal(path) === "" && container.machineReason !== undefined) continue;
        report(
          `container "${container.name}" sees "${path}" of the host; use a named volume or a folder made for the ` +
            "purpose, or allow the path in the configuration of this policy",
        );
      }
    }
  },
};

/** A folder is as sensitive as what lies in it. */
function isSensitive(path: string): boolean {
  return SENSITIVE.some((each) => within(path, each) || within(each, path));
}

function within(path: string, folder: string): boolean {
  return `${normal(path)}/`.startsWith(`${normal(folder)}/`);
}

/** Without a slash at the end, so that the root folder is the empty text. */
function normal(path: string): string {
  return posix.normalize(path).replace(/\/$/, "");
}

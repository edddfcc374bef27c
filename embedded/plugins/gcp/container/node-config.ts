/** What the nodes of a pool are. Source of the facts: see ../columns.ts. */
import type { Properties } from "../../provider/property.ts";
import { atLeast, between, oneOf } from "../../provider/validate.ts";
import { commonNodeConfig, readonlyPort } from "./blocks.ts";

const guestAccelerators = {
  type: {
    list: {
      object: {
        count: { type: "integer", required: true, replaces: true, validate: atLeast(1) },
        gpuDriverInstallationConfig: {
          type: {
            object: {
              gpuDriverVersion: {
                type: "string",
                required: true,
                replaces: true,
                validate: oneOf(
                  "GPU_DRIVER_VERSION_UNSPECIFIED",
                  "INSTALLATION_DISABLED",
                  "DEFAULT",
                  "LATEST",
                ),
              },
            },
          },
          computed: true,
          replaces: true,
        },
        type: { type: "string", required: true, replaces: true },
      },
    },
  },
  computed: true,
  replaces: true,
} as const;

const kubeletConfig = {
  type: {
    object: {
      cpuCfsQuota: { type: "boolean", computed: true },
      cpuCfsQuotaPeriod: { type: "string" },
      cpuManagerPolicy: { type: "string", validate: oneOf("static", "none", "") },
      insecureKubeletReadonlyPortEnabled: readonlyPort,
      podPidsLimit: { type: "integer", validate: between(1024, 4_194_304) },
    },
  },
  computed: true,
} as const;

const taints = {
  type: {
    list: {
      object: {
        effect: {
          type: "string",
          required: true,
          validate: oneOf("NO_SCHEDULE", "PREFER_NO_SCHEDULE", "NO_EXECUTE"),
        },
        key: { type: "string", required: true },
        value: { type: "string", required: true },
      },
    },
  },
} as const;

export const nodeConfigProperties = {
  ...commonNodeConfig,
  bootDiskKmsKey: { type: "string", replaces: true },
  diskSizeGb: { type: "integer", computed: true, validate: atLeast(10) },
  diskType: {
    type: "string",
    computed: true,
    validate: oneOf("pd-standard", "pd-balanced", "pd-ssd", "hyperdisk-balanced"),
  },
  guestAccelerators,
  gvnic: { type: { object: { enabled: { type: "boolean", required: true } } } },
  imageType: {
    type: "string",
    computed: true,
    validate: oneOf("COS_CONTAINERD", "UBUNTU_CONTAINERD"),
  },
  kubeletConfig,
  labels: { type: { map: "string" }, computed: true },
  machineType: { type: "string", computed: true },
  metadata: { type: { map: "string" }, computed: true, replaces: true },
  oauthScopes: { type: { set: "string" }, computed: true, replaces: true },
  preemptible: { type: "boolean", default: false, replaces: true },
  resourceLabels: { type: { map: "string" } },
  spot: { type: "boolean", default: false, replaces: true },
  tags: { type: { list: "string" } },
  taints,
} as const satisfies Properties;

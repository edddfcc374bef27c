/** Who reaches a cluster, and what guards it. Source of the facts: see ../columns.ts. */
import { rangeOf } from "../../cloud/networks.ts";
import type { Properties } from "../../provider/property.ts";
import { oneOf } from "../../provider/validate.ts";
import { output } from "../columns.ts";
import { choice, switchable } from "./blocks.ts";

const masterAuth = {
  type: {
    object: {
      clientCertificateConfig: {
        type: { object: { issueClientCertificate: { type: "boolean", required: true, replaces: true } } },
        required: true,
        replaces: true,
      },
      clusterCaCertificate: output,
    },
  },
  computed: true,
} as const;

const masterAuthorizedNetworksConfig = {
  type: {
    object: {
      cidrBlocks: {
        type: {
          set: {
            object: {
              cidrBlock: { type: "string", required: true, validate: rangeOf() },
              displayName: { type: "string" },
            },
          },
        },
      },
      gcpPublicCidrsAccessEnabled: { type: "boolean", computed: true },
      privateEndpointEnforcementEnabled: { type: "boolean", computed: true },
    },
  },
  computed: true,
} as const;

const privateClusterConfig = {
  type: {
    object: {
      enablePrivateEndpoint: { type: "boolean" },
      enablePrivateNodes: { type: "boolean" },
      masterGlobalAccessConfig: switchable,
      masterIpv4CidrBlock: { type: "string", computed: true, replaces: true, validate: rangeOf(28, 28) },
      peeringName: output,
      privateEndpoint: output,
      publicEndpoint: output,
    },
  },
  computed: true,
} as const;

export const accessProperties = {
  anonymousAuthenticationConfig: { type: { object: { mode: choice("ENABLED", "LIMITED") } }, computed: true },
  authenticatorGroupsConfig: {
    type: { object: { securityGroup: { type: "string", required: true } } },
    computed: true,
  },
  binaryAuthorization: {
    type: {
      object: {
        evaluationMode: {
          type: "string",
          computed: true,
          validate: oneOf("DISABLED", "PROJECT_SINGLETON_POLICY_ENFORCE"),
        },
      },
    },
  },
  databaseEncryption: {
    type: {
      object: {
        keyName: { type: "string" },
        state: {
          type: "string",
          required: true,
          validate: oneOf("ENCRYPTED", "ALL_OBJECTS_ENCRYPTION_ENABLED", "DECRYPTED"),
        },
      },
    },
    computed: true,
  },
  enableLegacyAbac: { type: "boolean", default: false },
  enableShieldedNodes: { type: "boolean", default: true },
  masterAuth,
  masterAuthorizedNetworksConfig,
  privateClusterConfig,
  rbacBindingConfig: {
    type: {
      object: {
        enableInsecureBindingSystemAuthenticated: { type: "boolean" },
        enableInsecureBindingSystemUnauthenticated: { type: "boolean" },
      },
    },
    computed: true,
  },
  securityPostureConfig: {
    type: {
      object: {
        mode: { type: "string", computed: true, validate: oneOf("DISABLED", "BASIC", "ENTERPRISE") },
        vulnerabilityMode: {
          type: "string",
          computed: true,
          validate: oneOf("VULNERABILITY_DISABLED", "VULNERABILITY_BASIC", "VULNERABILITY_ENTERPRISE"),
        },
      },
    },
    computed: true,
  },
  workloadIdentityConfig: { type: { object: { workloadPool: { type: "string" } } }, computed: true },
} as const satisfies Properties;

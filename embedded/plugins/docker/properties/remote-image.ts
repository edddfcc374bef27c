/**
 * What an image pulled or built takes and answers.
 * Source of the facts: the schema of the official plugin 5.1.0, which takes them from its Terraform provider 4.5.0.
 */
import type { Properties } from "../../provider/property.ts";

export const remoteImageProperties = {
  build: {
    type: {
      object: {
        additionalContexts: { type: { list: "string" }, replaces: true },
        authConfigs: {
          type: {
            list: {
              object: {
                auth: { type: "string" },
                email: { type: "string" },
                hostName: { type: "string", required: true },
                identityToken: { type: "string" },
                password: { type: "string" },
                registryToken: { type: "string" },
                serverAddress: { type: "string" },
                userName: { type: "string" },
              },
            },
          },
        },
        buildArgs: { type: { map: "string" }, replaces: true },
        buildId: { type: "string", replaces: true },
        buildLogFile: { type: "string", replaces: true },
        builder: { type: "string", replaces: true },
        cacheFroms: { type: { list: "string" }, replaces: true },
        cacheTos: { type: { list: "string" }, replaces: true },
        cgroupParent: { type: "string", replaces: true },
        context: { type: "string", required: true, replaces: true },
        cpuPeriod: { type: "integer", replaces: true },
        cpuQuota: { type: "integer", replaces: true },
        cpuSetCpus: { type: "string", replaces: true },
        cpuSetMems: { type: "string", replaces: true },
        cpuShares: { type: "integer", replaces: true },
        dockerfile: { type: "string", default: "Dockerfile", replaces: true },
        extraHosts: { type: { list: "string" }, replaces: true },
        forceRemove: { type: "boolean", replaces: true },
        isolation: { type: "string", replaces: true },
        label: { type: { map: "string" } },
        labels: { type: { map: "string" }, replaces: true },
        memory: { type: "integer", replaces: true },
        memorySwap: { type: "integer", replaces: true },
        networkMode: { type: "string", replaces: true },
        noCache: { type: "boolean", replaces: true },
        platform: { type: "string", replaces: true },
        provenance: { type: "string", replaces: true },
        pullParent: { type: "boolean", replaces: true },
        remoteContext: { type: "string", replaces: true },
        remove: { type: "boolean", default: true },
        sbom: { type: "string", replaces: true },
        secrets: {
          type: {
            list: {
              object: {
                env: { type: "string", replaces: true },
                id: { type: "string", required: true, replaces: true },
                src: { type: "string", replaces: true },
              },
            },
          },
        },
        securityOpts: { type: { list: "string" }, replaces: true },
        sessionId: { type: "string", replaces: true },
        shmSize: { type: "integer", replaces: true },
        squash: { type: "boolean", replaces: true },
        suppressOutput: { type: "boolean", replaces: true },
        tags: { type: { list: "string" } },
        target: { type: "string", replaces: true },
        ulimits: {
          type: {
            list: {
              object: {
                hard: { type: "integer", required: true, replaces: true },
                name: { type: "string", required: true, replaces: true },
                soft: { type: "integer", required: true, replaces: true },
              },
            },
          },
        },
        useLegacyBuilder: { type: "boolean", default: false, replaces: true },
        version: { type: "string", replaces: true },
      },
    },
    conflictsWith: ["pullTriggers"],
  },
  forceRemove: { type: "boolean" },
  imageId: { type: "string", output: true },
  keepLocally: { type: "boolean" },
  name: { type: "string", required: true, replaces: true },
  platform: { type: "string", default: "", replaces: true },
  pullTriggers: { type: { set: "string" }, replaces: true },
  repoDigest: { type: "string", output: true },
  triggers: { type: { map: "string" }, replaces: true },
} as const satisfies Properties;

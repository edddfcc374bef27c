import { z } from "zod";
import { flag, oneOf, secret, anyText, whole } from "./settings.ts";

const cores = "a number of cores";
const memory = "an amount of memory in GiB";

/** Nodes of a cluster, as a stack says them. */
export const nodePool = z
  .strictObject({
    cpus: z
      .number({ error: cores })
      .positive({ error: cores })
      .describe("cores of one node, less what its system keeps"),
    memoryGiB: z
      .number({ error: memory })
      .positive({ error: memory })
      .describe("memory of one node in GiB, less what its system keeps"),
    count: whole(1, 10000).describe("how many such nodes there are at the most"),
    gpus: whole(0, 64).optional().describe("GPUs of one node; none if it is left out"),
    labels: z.record(z.string(), z.string()).optional().describe("labels of its nodes"),
    taints: z.record(z.string(), z.string()).optional().describe("taints of its nodes"),
  })
  .describe("nodes of one size");

/** What a cluster has beside Kubernetes itself, as a stack says it. */
export const clusterFeatures = z.strictObject({
  certManager: flag.optional().describe("is cert-manager there?"),
  cloudNativePg: flag.optional().describe("is CloudNativePG there?"),
  customMetrics: flag.optional().describe("does the cluster have metrics of pods by name?"),
  keda: z
    .strictObject({ namespace: anyText.describe("namespace of KEDA's pods") })
    .optional()
    .describe("KEDA, which scales by queues"),
  prometheusOperator: z
    .strictObject({
      namespace: anyText.describe("namespace of its Prometheus servers"),
      labels: z
        .record(z.string(), z.string())
        .optional()
        .describe("labels by which they choose what they read"),
      url: z
        .string()
        .regex(/^https?:\/\/[^\s@]+$/, { error: "http://host:port, without a user" })
        .optional()
        .describe("address of one of them, for KEDA to ask"),
    })
    .optional()
    .describe("the Prometheus operator, whose servers read what workloads publish"),
});

/** Certificates of the way into a cluster, as a stack says them. */
export const entryTls = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("off") }).describe("plain HTTP"),
    z
      .strictObject({
        kind: z.literal("issuer"),
        name: anyText.describe("name of the issuer"),
        scope: oneOf(["ClusterIssuer", "Issuer"])
          .default("ClusterIssuer")
          .describe("whether it is the cluster's or the namespace's"),
      })
      .describe("an issuer of cert-manager makes the certificate"),
    z
      .strictObject({ kind: z.literal("secret"), name: anyText.describe("name of the TLS secret") })
      .describe("a secret of the namespace holds the certificate"),
    z
      .strictObject({
        kind: z.literal("certificate"),
        // Swapped by mistake, the key would stand in clear.
        certificate: anyText
          .regex(/^-----BEGIN CERTIFICATE-----\s/, { error: "the certificate with its chain, in PEM" })
          .meta({ description: "the certificate with its chain, in PEM", lines: true }),
        key: secret()
          .regex(/^-----BEGIN ([A-Z]+ )?PRIVATE KEY-----\s/, { error: "its private key, in PEM" })
          .meta({ description: "its private key, in PEM", lines: true }),
      })
      .describe("a certificate of your own"),
  ],
  {
    error:
      "{ kind: off }, { kind: issuer, name }, { kind: secret, name } or { kind: certificate, certificate, key }",
  },
);

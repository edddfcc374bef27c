import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { clusterFeatures, nodePool } from "./cluster-settings.ts";
import { filledVolume, namespaceOn, namespaceSettings } from "./namespace-settings.ts";
import { anyText, oneOf } from "./settings.ts";
import { defined, entry } from "./target-entry.ts";

/** Credentials for a cluster that another stack made. */
function kubeconfigOf(stack: string | undefined): pulumi.Output<string> | undefined {
  if (stack === undefined) return undefined;
  return pulumi.secret(new pulumi.StackReference(stack).requireOutput("kubeconfig")) as pulumi.Output<string>;
}

/** A cluster that is there already. */
export const kubernetes = entry({
  settings: {
    ...namespaceSettings,
    kubeconfig: z
      .string({ error: "the path of a kubeconfig file" })
      .min(1, { error: "the path of a kubeconfig file" })
      .optional()
      .describe("path of a kubeconfig; the one of kubectl if it is left out"),
    clusterStack: z
      .string()
      .regex(/^[^/\s]+\/[^/\s]+\/[^/\s]+$/, { error: "organization/project/stack" })
      .optional()
      .describe("stack whose output kubeconfig is that of the cluster, in the place of a file"),
    context: anyText.optional().describe("context of the kubeconfig; its current one if it is left out"),
    storageClass: anyText
      .optional()
      .describe("storage class for volumes; the cluster's default if it is left out"),
    nodes: z
      .array(nodePool, { error: "a list, as in [{ cpus: 4, memoryGiB: 16, count: 3 }]" })
      .min(1, { error: "at least one pool of nodes, as in [{ cpus: 4, memoryGiB: 16, count: 3 }]" })
      .describe("nodes of the cluster, pool by pool"),
    entry: z
      .strictObject({
        kind: oneOf(["ingress", "gateway"]).describe("by an Ingress, or the Gateway API"),
        class: anyText.describe("its class, as traefik"),
        namespace: anyText.describe("namespace of the controller's pods"),
      })
      .optional()
      .describe("the way in; Ingress of the class traefik if it is left out"),
    features: clusterFeatures.optional().describe("operators that the cluster has; none if it is left out"),
  },
  folder: filledVolume,
  make: (fallback, settings) => {
    const { name = fallback, clusterStack, context, storageClass, sharedStorageClass, ...more } = settings;
    const { kubeconfig = kubeconfigOf(clusterStack), nodes, entry: way, features, ...rest } = more;
    const cluster = {
      ...defined({ kubeconfig, context, storageClass, sharedStorageClass }),
      nodes: nodes.map((pool) => defined(pool)),
      ...(way && { entry: way }),
      ...(features && {
        features: defined({
          ...features,
          prometheusOperator: features.prometheusOperator && defined(features.prometheusOperator),
        }),
      }),
    };
    return { name, target: namespaceOn(cluster, name, rest) };
  },
});

import { z } from "zod";
import { Kubernetes } from "../components/targets/kubernetes/kubernetes.ts";
import { clusterFeatures, entryTls, nodePool } from "./cluster-settings.ts";
import { anyText, flag, oneOf, secret, whole } from "./settings.ts";
import { defined, entry, foldersOf, prefix } from "./target-entry.ts";

const filledVolume = z.strictObject(
  {
    volume: anyText.describe("name of a PersistentVolume"),
    storageClass: anyText.optional().describe("its storage class"),
  },
  { error: "{ volume: name of a PersistentVolume, storageClass }" },
);

/** A cluster that is there already. */
export const kubernetes = entry({
  settings: {
    name: prefix,
    namespace: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
        error: "small letters, digits and dashes, 63 at most",
      })
      .optional()
      .describe("namespace that everything goes to, which is made; the name if it is left out"),
    kubeconfig: z
      .string({ error: "the path of a kubeconfig file" })
      .min(1, { error: "the path of a kubeconfig file" })
      .optional()
      .describe("path of a kubeconfig; the one of kubectl if it is left out"),
    context: anyText.optional().describe("context of the kubeconfig; its current one if it is left out"),
    storageClass: anyText
      .optional()
      .describe("storage class for volumes; the cluster's default if it is left out"),
    sharedStorageClass: anyText.optional().describe("storage class of folders that several nodes write to"),
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
    tls: entryTls.optional().describe("certificates; off if it is left out"),
    registry: z
      .strictObject({
        server: anyText.describe("host name of the registry"),
        user: anyText.describe("user there"),
        password: secret().describe("password there"),
      })
      .optional()
      .describe("credentials for private images"),
    pullSeconds: whole(0, 3600)
      .optional()
      .describe("seconds that a node may take for an image; 120 if it is left out"),
    requestShare: z
      .number({ error: "a number above 0, 1 at most" })
      .gt(0, { error: "a number above 0, 1 at most" })
      .max(1, { error: "a number above 0, 1 at most" })
      .optional()
      .describe("share of the requests that is really asked for; 1 if it is left out"),
    folders: foldersOf(filledVolume),
    destroyData: flag.optional().describe("may data be deleted with its stack?"),
  },
  folder: filledVolume,
  make: (fallback, { name = fallback, ...settings }) => {
    const { kubeconfig, context, storageClass, sharedStorageClass, ...more } = settings;
    const { nodes, entry: way, features, folders, ...rest } = more;
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
    const filled = Object.entries(folders ?? {}).map(([folder, volume]) => [folder, defined(volume)]);
    return {
      name,
      target: new Kubernetes(name, { cluster, folders: Object.fromEntries(filled), ...defined(rest) }),
    };
  },
});

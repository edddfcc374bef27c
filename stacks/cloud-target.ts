import type { z } from "zod";
import type { CloudArgs } from "../components/clusters/cloud-args.ts";
import type { CloudCluster } from "../components/clusters/cloud-cluster.ts";
import { cloudSettings } from "./cloud-settings.ts";
import { filledVolume, namespaceOn, namespaceSettings } from "./namespace-settings.ts";
import type { Exact } from "./platforms.ts";
import { defined, entry, type TargetEntry } from "./target-entry.ts";

/** What makes clusters of one cloud, with the arguments of all clouds and with its own. */
type Maker<Own extends z.ZodRawShape> = new (
  name: string,
  args: CloudArgs & Exact<z.output<z.ZodObject<Own>>>,
) => CloudCluster;

const common = { ...namespaceSettings, ...cloudSettings };
type Common = z.output<z.ZodObject<typeof common>>;

/**
 * A target that is a cluster of a cloud, made with the stack.
 *
 * @param own Settings that only this cloud has
 * @param load Loads what makes its clusters, with the cloud's SDK
 */
export function cloudTarget<Own extends z.ZodRawShape>(
  own: Own,
  load: () => Promise<Maker<Own>>,
): TargetEntry<typeof common & Own> {
  return entry({
    settings: { ...common, ...own },
    folder: filledVolume,
    make: async (fallback, settings) => {
      // A shape that is only known where it is used has no keys here.
      const { name = fallback, namespace = name, sharedStorageClass, ...more } = settings as Common;
      const { tls, registry, pullSeconds, requestShare, folders, destroyData, ...args } = more;
      const { containerRegistry, backups, ...cloud } = args;
      const account = { namespace, name: "backups" };
      const cloudArgs = { ...cloud, registry: containerRegistry, backups: { ...backups, account } };
      const Cluster = await load();
      // They are what the cluster takes: whoever states `own` and `load` together was told so otherwise.
      const made = new Cluster(name, defined(cloudArgs) as never);
      const cluster = { ...made.cluster, ...defined({ sharedStorageClass }) };
      const target = namespaceOn(cluster, name, {
        ...{ namespace, registry, pullSeconds, requestShare, folders, destroyData },
        tls: tls ?? (cloud.certificates && LETS_ENCRYPT),
      });
      return { name, target, cluster: outputsOf(made) };
    },
  });
}

/** The issuer that a cluster has where its stack asks for certificates. */
const LETS_ENCRYPT = { kind: "issuer", name: "letsencrypt", scope: "ClusterIssuer" } as const;

function outputsOf({ kubeconfig, backups, nameServers, registry }: CloudCluster) {
  return { kubeconfig, backups: backups.url, nameServers, registry };
}

import type { StandIn } from "../stand-in.ts";

/** Whose credentials: those of the program's own account, rather than those of `gcloud`; here there are only one's own. */
const DEFAULT_CREDENTIALS = "--use_application_default_credentials";

/** Google's plugin, which is told neither the cluster nor anything else: https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl */
export const gkeGcloudAuthPlugin: StandIn = {
  command: "gke-gcloud-auth-plugin",
  cloud: "gcp",
  clusterType: "clusters",
  usage: "gke-gcloud-auth-plugin",
  isAsked: (args, clusters) => clusters.length > 0 && args.every((each) => each === DEFAULT_CREDENTIALS),
};

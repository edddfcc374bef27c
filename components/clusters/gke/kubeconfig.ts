import * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";
import type { ControlPlane } from "./control-plane.ts";

const INSTALL_HINT =
  "install it with: gcloud components install gke-gcloud-auth-plugin (https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl)";

/** A kubeconfig whose user is whoever the program's own credentials belong to; it waits for what is stated. */
export function kubeconfigOf(
  { name, endpoint, authority }: ControlPlane,
  ready: readonly pulumi.CustomResource[],
): pulumi.Output<string> {
  const nodes = pulumi.all(ready.map(({ id }) => id));
  return pulumi.secret(
    pulumi.all([name, endpoint, authority, nodes]).apply(([cluster, host, certificate]) => {
      return stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": cluster,
        clusters: [
          {
            name: cluster,
            cluster: { server: `https://${host}`, "certificate-authority-data": certificate },
          },
        ],
        contexts: [{ name: cluster, context: { cluster, user: cluster } }],
        users: [{ name: cluster, user: { exec: EXEC } }],
      });
    }),
  );
}

/**
 * Its own credentials would be those of `gcloud`; these are the ones that the provider uses as well
 * (https://github.com/kubernetes/cloud-provider-gcp/tree/master/cmd/gke-gcloud-auth-plugin).
 */
const EXEC = {
  apiVersion: "client.authentication.k8s.io/v1beta1",
  command: "gke-gcloud-auth-plugin",
  args: ["--use_application_default_credentials"],
  installHint: INSTALL_HINT,
  interactiveMode: "Never",
  provideClusterInfo: true,
};

import * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";

/** How a control plane is reached. */
export interface ControlPlane {
  readonly name: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  /** Certificate of the authority that signed the endpoint's, in base64. */
  readonly authority: pulumi.Output<string>;
  readonly region: string;
}

const INSTALL_HINT =
  "install the AWS CLI: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html";

/**
 * A kubeconfig whose user is whoever the program's own credentials belong to; it holds none itself. Whoever reads it waits for
 * some resources.
 */
export function kubeconfigOf(
  { name, endpoint, authority, region }: ControlPlane,
  after: readonly pulumi.Resource[],
): pulumi.Output<string> {
  const made = pulumi.all(after.map(({ urn }) => urn));
  return pulumi.secret(
    pulumi.all([name, endpoint, authority, made]).apply(([cluster, server, certificate]) => {
      const exec = {
        apiVersion: "client.authentication.k8s.io/v1beta1",
        command: "aws",
        // The format is stated, because each user's own settings may name another.
        args: ["eks", "get-token", "--cluster-name", cluster, "--region", region, "--output", "json"],
        installHint: INSTALL_HINT,
        interactiveMode: "Never",
      };
      return stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": cluster,
        clusters: [{ name: cluster, cluster: { server, "certificate-authority-data": certificate } }],
        contexts: [{ name: cluster, context: { cluster, user: cluster } }],
        users: [{ name: cluster, user: { exec } }],
      });
    }),
  );
}

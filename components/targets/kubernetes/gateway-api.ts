import { ofClass } from "./entry.ts";
import { type Dialect, type Entry, type EntryObject, isLong, nameOf } from "./exposure-objects.ts";
import type { EntryRoute } from "./exposure-routes.ts";

const GATEWAY_API = "gateway.networking.k8s.io/v1";
const EVERYTHING = { path: { type: "PathPrefix", value: "/" } };

/** Ports at which the controller has to listen: a Gateway can't ask for names of entry points. */
const PORTS = { http: 80, https: 443 } as const;

/** What routes of one kind of controller lead to, so that browsers are kept with their copy. */
interface Sticky {
  readonly backend: (name: string) => object;
  readonly object: (name: string, route: EntryRoute, encrypted: boolean) => EntryObject;
}

/**
 * Stickiness, by class: `sessionPersistence` is in the experimental definitions of the Gateway API only, which few clusters
 * have, and a standard API server would refuse it.
 */
const STICKY: Readonly<Record<string, Sticky>> = {
  /** https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/traefikservice/ */
  traefik: {
    backend: (name) => ({ group: "traefik.io", kind: "TraefikService", name }),
    object: (name, { service, port }, encrypted) => {
      const sticky = { cookie: { httpOnly: true, sameSite: "lax", secure: encrypted } };
      // Traefik reads what a port speaks from its Service only where a route leads there directly.
      const scheme = port.protocol === "grpc" && { scheme: "h2c" };
      const services = [{ kind: "Service", name: service, port: port.number, ...scheme, sticky }];
      return {
        apiVersion: "traefik.io/v1alpha1",
        kind: "TraefikService",
        name,
        spec: { weighted: { services } },
      };
    },
  },
};

/** The Gateway API: a Gateway with a port for http and one for https, and a route for each path. */
export const gatewayDialect: Dialect = {
  refusals: ({ class: name, routes }) =>
    ofClass(STICKY, name)
      ? []
      : routes
          .filter(({ port }) => port.sticky)
          .map(
            ({ service }) =>
              `the Gateway API has no settled word for keeping browsers with their copy of "${service}", and none is known for the class "${name}"; use Traefik and a class named "traefik" or "traefik-…"`,
          ),
  objects: (entry) => [
    gateway(entry),
    ...entry.routes.flatMap((route) => routeObjects(entry, route)),
    ...(entry.certificate === undefined ? [] : [redirect(entry)]),
  ],
};

function gateway({ name, host: hostname, class: gatewayClassName, certificate }: Entry): EntryObject {
  const listeners = [
    { name: "http", protocol: "HTTP", port: PORTS.http, hostname },
    ...(certificate === undefined
      ? []
      : [
          {
            name: "https",
            protocol: "HTTPS",
            port: PORTS.https,
            hostname,
            tls: { mode: "Terminate", certificateRefs: [{ name: certificate }] },
          },
        ]),
  ];
  return { apiVersion: GATEWAY_API, kind: "Gateway", name, spec: { gatewayClassName, listeners } };
}

function routeObjects(entry: Entry, route: EntryRoute): EntryObject[] {
  const name = nameOf(entry, route);
  const encrypted = entry.certificate !== undefined;
  const sticky = route.port.sticky ? ofClass(STICKY, entry.class) : undefined;
  const rule = {
    matches: [{ path: { type: "PathPrefix", value: route.prefix || "/" } }],
    ...(route.stripPrefix &&
      route.prefix !== "" && {
        filters: [
          {
            type: "URLRewrite",
            urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/" } },
          },
        ],
      }),
    backendRefs: [sticky ? sticky.backend(name) : { name: route.service, port: route.port.number }],
    // Both count from the first byte to the last, whatever happens between; 0 is no limit.
    ...(isLong(route) && { timeouts: { request: "0s", backendRequest: "0s" } }),
  };
  return [
    ...(sticky ? [sticky.object(name, route, encrypted)] : []),
    httpRoute(entry, name, encrypted ? "https" : "http", rule),
  ];
}

function redirect(entry: Entry): EntryObject {
  const requestRedirect = { scheme: "https", statusCode: 301 };
  return httpRoute(entry, `${entry.name}-to-https`, "http", {
    matches: [EVERYTHING],
    filters: [{ type: "RequestRedirect", requestRedirect }],
  });
}

function httpRoute(entry: Entry, name: string, sectionName: "http" | "https", rule: object): EntryObject {
  const parentRefs = [{ name: entry.name, sectionName }];
  return {
    apiVersion: GATEWAY_API,
    kind: "HTTPRoute",
    name,
    spec: { parentRefs, hostnames: [entry.host], rules: [rule] },
  };
}

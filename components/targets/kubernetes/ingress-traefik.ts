import * as pulumi from "@pulumi/pulumi";
import { interpolate } from "../../model/reference.ts";
import { speaksOnly } from "./entry.ts";
import { type Dialect, type Entry, type EntryObject, nameOf } from "./exposure-objects.ts";
import type { EntryRoute } from "./exposure-routes.ts";
import { ingress } from "./ingress-object.ts";

/** https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/#on-ingress */
const ROUTER = "traefik.ingress.kubernetes.io/router";

/** Names of Traefik's entry points, as its chart and k3s have them. */
const ENTRY_POINTS = { http: "web", https: "websecure" } as const;

/**
 * Ingress as Traefik reads it: what it does to requests stands in Middlewares, which annotations refer to. Stickiness is an
 * annotation of the Service. Answers may be silent for as long as they like. What Traefik limits is the time that a request
 * takes to arrive, to 60 s for an upload or a stream in both directions; that is a setting of its own, which no object
 * reaches: `--entryPoints.websecure.transport.respondingTimeouts.readTimeout=0`.
 */
export const traefik: Dialect = {
  refusals: ({ routes }) =>
    routes
      .filter(({ port, ports }) => port.protocol === "grpc" && !speaksOnly("grpc", Object.values(ports)))
      .map(
        ({ service }) =>
          `"${service}" speaks gRPC beside other protocols, and Traefik is told one for a whole Service; let a service of its own speak it, or use the Gateway API`,
      ),
  objects: (entry) => [
    ...entry.routes.flatMap((route) => routeObjects(entry, route)),
    ...(entry.certificate === undefined ? [] : redirectObjects(entry)),
  ],
};

/** Middlewares are referred to by a whole Ingress, so that each route has one of its own. */
function routeObjects(entry: Entry, route: EntryRoute): EntryObject[] {
  const name = nameOf(entry, route);
  const strips = route.stripPrefix && route.prefix !== "";
  const encrypted = entry.certificate !== undefined;
  const annotations = {
    [`${ROUTER}.entrypoints`]: ENTRY_POINTS[encrypted ? "https" : "http"],
    ...(encrypted && { [`${ROUTER}.tls`]: "true" }),
    // Without it, the length of Traefik's own text decides, in which an exact path is shorter than a prefix.
    [`${ROUTER}.priority`]: `${route.prefix.length + 1}`,
    ...(strips && { [`${ROUTER}.middlewares`]: middlewareReference(entry, name) }),
  };
  return [
    ...(strips ? [middleware(name, { stripPrefix: { prefixes: [route.prefix] } })] : []),
    ingress(entry, name, [route], annotations),
  ];
}

/** What comes by http is sent on to https before any service sees it, though an Ingress has to name one. */
function redirectObjects(entry: Entry): EntryObject[] {
  const name = `${entry.name}-to-https`;
  const annotations = {
    [`${ROUTER}.entrypoints`]: ENTRY_POINTS.http,
    [`${ROUTER}.middlewares`]: middlewareReference(entry, name),
  };
  const everything = { ...entry.routes[0]!, prefix: "" };
  return [
    middleware(name, { redirectScheme: { scheme: "https", permanent: true } }),
    ingress({ ...entry, certificate: undefined }, name, [everything], annotations),
  ];
}

function middleware(name: string, spec: object): EntryObject {
  return { apiVersion: "traefik.io/v1alpha1", kind: "Middleware", name, spec };
}

function middlewareReference({ namespace }: Entry, name: string): pulumi.Input<string> {
  return interpolate(["", `-${name}@kubernetescrd`], [namespace]);
}

import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Entry, EntryObject } from "./exposure-objects.ts";
import type { EntryRoute } from "./exposure-routes.ts";
import { NOT_AWAITED } from "./scope.ts";

/**
 * An Ingress for some of an entry's routes. It is not waited for: a controller that is not told its own address never
 * fills in the status that would be waited for.
 */
export function ingress(
  { host, class: ingressClassName, certificate }: Entry,
  name: string,
  routes: readonly EntryRoute[],
  annotations: Readonly<Record<string, pulumi.Input<string>>> = {},
): EntryObject {
  const spec: k8s.types.input.networking.v1.IngressSpec = {
    ingressClassName,
    rules: [{ host, http: { paths: routes.flatMap(pathsOf) } }],
    ...(certificate !== undefined && { tls: [{ hosts: [host], secretName: certificate }] }),
  };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    name,
    annotations: { ...NOT_AWAITED, ...annotations },
    spec,
  };
}

/**
 * The prefix itself and all below it: some controllers compare prefixes letter by letter, so that "/api" alone would take
 * "/apis" too.
 */
function pathsOf({ prefix, service, port }: EntryRoute): k8s.types.input.networking.v1.HTTPIngressPath[] {
  const backend = { service: { name: service, port: { number: port.number } } };
  const below = { path: `${prefix}/`, pathType: "Prefix", backend };
  return prefix === "" ? [below] : [{ path: prefix, pathType: "Exact", backend }, below];
}

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Exposure, Placement } from "../../model/target.ts";
import { type ClusterEntry, TRAEFIK } from "./cluster.ts";
import type { EntryTls } from "./entry.ts";
import type { Dialect, Entry, EntryObject } from "./exposure-objects.ts";
import { type EntryRoute, routesOf } from "./exposure-routes.ts";
import { gatewayDialect } from "./gateway-api.ts";
import { ingressDialect } from "./ingress.ts";
import { installed, metadata, type Scope } from "./scope.ts";
import { certificateSecret, makeCertificate, tlsRefusals } from "./tls.ts";

/** How an exposure is said, by the interface that the cluster serves. */
const DIALECTS: Readonly<Record<ClusterEntry["kind"], (name: string) => Dialect>> = {
  ingress: ingressDialect,
  gateway: () => gatewayDialect,
};

/**
 * Leads requests from outside to services, by Ingress or by the Gateway API, whichever the cluster's entry is. All routes
 * share the host name, and the longest prefix wins. With a certificate, requests by http are sent on to https.
 *
 * @throws ResourceError if a route can't be led as it asks, with what to do
 */
export function expose(
  name: string,
  exposure: Exposure,
  scope: Scope,
  tls: EntryTls,
  { parent, after = [] }: Placement,
): void {
  const routes = checked(exposure, parent);
  const { host } = exposure;
  const { entry: { kind, class: controller } = TRAEFIK, features } = scope.cluster;
  const { namespace } = scope;
  const certificate = certificateSecret(name, tls);
  const entry: Entry = { name, host, class: controller, namespace, certificate, routes };
  const dialect = DIALECTS[kind](controller);
  const refusals = [...tlsRefusals(tls, features), ...dialect.refusals(entry)];
  if (refusals.length > 0) throw refused(host, refusals, parent);
  const grants = Object.values(exposure.routes).flatMap(({ to }) => to.grants);
  const dependsOn = [
    ...installed(scope, "entry"),
    ...grants.flatMap(({ endpoint }) => endpoint.ready),
    ...after.map(({ done }) => done),
  ];
  makeCertificate(name, host, tls, scope, parent);
  makeAll(name, dialect.objects(entry), scope, { parent, dependsOn });
}

function checked(exposure: Exposure, parent: pulumi.Resource): readonly EntryRoute[] {
  try {
    return routesOf(exposure);
  } catch (error) {
    throw refused(exposure.host, [(error as Error).message], parent);
  }
}

/** Makes objects; those of one name belong together, and each comes after the ones that it refers to. */
function makeAll(
  service: string,
  objects: readonly EntryObject[],
  scope: Scope,
  {
    parent,
    dependsOn,
  }: { readonly parent: pulumi.Resource; readonly dependsOn: pulumi.Input<pulumi.Resource>[] },
): void {
  const made = new Map<string, pulumi.Resource[]>();
  for (const { apiVersion, kind, name, annotations, spec } of objects) {
    const earlier = made.get(name) ?? [];
    const resource = new k8s.apiextensions.CustomResource(
      `${scope.prefix}-${name}`,
      {
        apiVersion,
        kind,
        metadata: metadata(scope, service, { name, ...(annotations && { annotations }) }),
        spec,
      },
      scope.options({ parent, dependsOn: [...dependsOn, ...earlier] }),
    );
    made.set(name, [...earlier, resource]);
  }
}

function refused(host: string, reasons: readonly string[], parent: pulumi.Resource): pulumi.ResourceError {
  return new pulumi.ResourceError(`"${host}" can't be exposed so: ${reasons.join("; ")}`, parent, true);
}

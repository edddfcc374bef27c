import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Port } from "../../model/reference.ts";
import type { Workload } from "../../model/workload.ts";
import { APP_PROTOCOLS, serviceAnnotations } from "./entry.ts";
import { metadata, NOT_AWAITED, type Scope, selector } from "./scope.ts";
import type { Workshop } from "./workshop.ts";

type Ports = Readonly<Record<string, Port>>;

/** Name of the Service by which copies find each other. */
export function peersName(service: string): string {
  return `${service}-peers`;
}

/** Host names of the copies, which lead there even before a copy is ready. */
export function peersOf(service: string, copies: number): string[] {
  return Array.from({ length: copies }, (_, copy) => `${service}-${copy}.${peersName(service)}`);
}

/**
 * Makes the Service by which clients, and the cluster's entry, find the ready copies. A single copy with data is led to
 * in any state: there is no other that could answer, and word of its readiness reaches the nodes a moment after the
 * program that waited for it goes on.
 */
export function makeClientService(
  service: string,
  { ports = {}, volumes = {} }: Pick<Workload, "ports" | "volumes">,
  copies: number,
  scope: Scope & Pick<Workshop, "entry" | "tls">,
  parent: pulumi.Resource,
) {
  const annotations = { ...NOT_AWAITED, ...serviceAnnotations(ports, scope.entry, scope.tls) };
  return new k8s.core.v1.Service(
    `${scope.prefix}-${service}`,
    {
      metadata: metadata(scope, service, { annotations }),
      spec: {
        type: "ClusterIP",
        selector: selector(scope, service),
        ports: servicePorts(ports),
        ...(copies === 1 && Object.keys(volumes).length > 0 && { publishNotReadyAddresses: true }),
      },
    },
    scope.options({ parent }),
  );
}

/** Makes the Service that has an address record of each copy, also of those that are not ready: copies that start find each other by it, and what is not ready is watched too. */
export function makePeersService(service: string, ports: Ports, scope: Scope, parent: pulumi.Resource) {
  const name = peersName(service);
  return new k8s.core.v1.Service(
    `${scope.prefix}-${name}`,
    {
      metadata: metadata(scope, service, { name, annotations: NOT_AWAITED }),
      spec: {
        clusterIP: "None",
        publishNotReadyAddresses: true,
        selector: selector(scope, service),
        ports: servicePorts(ports),
      },
    },
    scope.options({ parent }),
  );
}

/** Ports of a container. */
export function containerPorts(ports: Ports) {
  return Object.entries(ports).map(([name, port]) => ({
    name,
    containerPort: port.number,
    protocol: transportOf(port),
  }));
}

/** Whether a port is reached by TCP or by UDP, as Kubernetes writes it. */
export function transportOf({ protocol = "tcp" }: Port): "TCP" | "UDP" {
  return TRANSPORTS[protocol];
}

const TRANSPORTS = { tcp: "TCP", udp: "UDP", http: "TCP", ws: "TCP", grpc: "TCP" } as const satisfies Record<
  NonNullable<Port["protocol"]>,
  string
>;

function servicePorts(ports: Ports) {
  return Object.entries(ports).map(([name, port]) => {
    const appProtocol = APP_PROTOCOLS[port.protocol ?? "tcp"];
    return {
      name,
      port: port.number,
      targetPort: port.number,
      protocol: transportOf(port),
      ...(appProtocol && { appProtocol }),
    };
  });
}

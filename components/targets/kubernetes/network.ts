import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Grant, Port } from "../../model/reference.ts";
import { TRAEFIK } from "./cluster.ts";
import { namespaceNamed, outside, policyPorts } from "./network-peers.ts";
import { metadata, type Scope, selector } from "./scope.ts";

type Spec = k8s.types.input.networking.v1.NetworkPolicySpec;
type Peer = k8s.types.input.networking.v1.NetworkPolicyPeer;

/**
 * Who may open what in a target's namespace: nobody anything, but what is opened here. Objects are named for the pods
 * that they select, with a dot, which no service's name has; so no two are ever named alike.
 *
 * Two things need no leave: kubelets, since what comes from a pod's own node is always let in
 * (https://kubernetes.io/docs/concepts/services-networking/network-policies/), and answers on a connection that was let through.
 */
export class NetworkPolicies {
  readonly #scope: Scope;
  readonly #closed: readonly pulumi.Resource[];
  /** Services, by the host names at which they are reached. */
  readonly #services = new Map<string, string>();

  constructor(scope: Scope) {
    this.#scope = scope;
    this.#closed = [this.#close(), this.#openToNames()];
  }

  /** Says which service's pods stand behind a host name. */
  own(host: string, service: string): void {
    this.#services.set(host, service);
  }

  /**
   * Opens what a workload refers to, and nothing else: the way out of its pods, and the way into the pods of each server.
   * Called once for each workload that runs, even for one that refers to nothing.
   *
   * @returns what has to exist before its pods do
   * @throws Error if an endpoint is none of this target's
   */
  open(client: string, grants: readonly Grant[], parent: pulumi.Resource): pulumi.Resource[] {
    const servers = this.#byServer(grants.filter(({ endpoint }) => !endpoint.outside));
    const away = grants.filter(({ endpoint }) => endpoint.outside);
    const egress = [
      ...servers.map(([server, ports]) => ({ to: [this.#pods(server)], ports: policyPorts(ports) })),
      ...away.map(({ endpoint, port }) => ({
        to: [...outside(endpoint.host)],
        ports: policyPorts([endpoint.ports[port]!]),
      })),
    ];
    if (egress.length === 0) return [...this.#closed];
    const out = this.#policy(client, "egress", { egress, policyTypes: ["Egress"] }, parent);
    const into = servers.map(([server, ports]) =>
      this.#admit(server, client, this.#pods(client), ports, parent),
    );
    return [...this.#closed, out, ...into];
  }

  /** Lets the copies of a service open ports of each other. */
  openToPeers(service: string, ports: readonly Port[], parent: pulumi.Resource): pulumi.Resource {
    const peers = [this.#pods(service)];
    // A rule for each port: one rule without any port would open them all.
    const stated = policyPorts(ports).map((port) => [port]);
    return this.#policy(
      service,
      "peers",
      {
        policyTypes: ["Ingress", "Egress"],
        ingress: stated.map((each) => ({ from: peers, ports: each })),
        egress: stated.map((each) => ({ to: peers, ports: each })),
      },
      parent,
    );
  }

  /**
   * Lets the pods that carry requests in from outside open what an exposure leads to.
   *
   * @throws Error if an endpoint is none of this target's
   */
  openToEntry(exposure: string, grants: readonly Grant[], parent: pulumi.Resource): pulumi.Resource[] {
    const { namespace } = this.#scope.cluster.entry ?? TRAEFIK;
    return this.openToNamespace(exposure, namespace, grants, parent);
  }

  /**
   * Lets all pods of another namespace open what is granted.
   *
   * @param client - what they do it for, named like nothing else that is a client
   * @throws Error if an endpoint is none of this target's
   */
  openToNamespace(
    client: string,
    namespace: string,
    grants: readonly Grant[],
    parent: pulumi.Resource,
  ): pulumi.Resource[] {
    // What lies outside is none of this namespace's to close or open.
    const inside = grants.filter(({ endpoint }) => !endpoint.outside);
    return this.#byServer(inside).map(([server, ports]) =>
      this.#admit(server, client, namespaceNamed(namespace), ports, parent),
    );
  }

  #close(): pulumi.Resource {
    return this.#make("deny-all", this.#scope.prefix, {
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
    });
  }

  /**
   * Host names are looked up by every pod, on both transports: long answers come by TCP. Where a cache on the nodes answers
   * instead, some networks want a policy for its address, which only those who run the cluster know
   * (https://github.com/kubernetes/kubernetes/tree/master/cluster/addons/dns/nodelocaldns#network-policy-and-dns-connectivity).
   */
  #openToNames(): pulumi.Resource {
    const dns = [{ number: 53, protocol: "udp" } as const, { number: 53 }];
    return this.#make("allow-dns", this.#scope.prefix, {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ to: [namespaceNamed("kube-system")], ports: policyPorts(dns) }],
    });
  }

  #admit(server: string, client: string, from: Peer, ports: readonly Port[], parent: pulumi.Resource) {
    const ingress = [{ from: [from], ports: policyPorts(ports) }];
    return this.#policy(server, `from.${client}`, { ingress, policyTypes: ["Ingress"] }, parent);
  }

  /** A policy for the pods of one service. */
  #policy(service: string, purpose: string, spec: Omit<Spec, "podSelector">, parent: pulumi.Resource) {
    const podSelector = { matchLabels: selector(this.#scope, service) };
    return this.#make(`${service}.${purpose}`, service, { podSelector, ...spec }, parent);
  }

  #make(name: string, service: string, spec: Spec, parent?: pulumi.Resource): pulumi.Resource {
    return new k8s.networking.v1.NetworkPolicy(
      `${this.#scope.prefix}-${name}`,
      { metadata: metadata(this.#scope, service, { name }), spec },
      this.#scope.options(parent && { parent }),
    );
  }

  #pods(service: string): Peer {
    return { podSelector: { matchLabels: selector(this.#scope, service) } };
  }

  /** The ports that are granted of each service. */
  #byServer(grants: readonly Grant[]): [server: string, ports: readonly Port[]][] {
    const granted = new Map<string, readonly Port[]>();
    for (const { endpoint, port } of grants) {
      const server = this.#serviceAt(endpoint.host);
      granted.set(server, [...(granted.get(server) ?? []), endpoint.ports[port]!]);
    }
    return [...granted];
  }

  #serviceAt(host: string): string {
    const service = this.#services.get(host);
    if (service !== undefined) return service;
    throw new Error(`"${host}" runs on another target, and is not reached from "${this.#scope.prefix}"`);
  }
}

import * as docker from "@pulumi/docker";
import type * as pulumi from "@pulumi/pulumi";
import type { Grant } from "../../model/reference.ts";
import { type Host, labels } from "./host.ts";
import type { Subnets } from "./subnets.ts";

/** Options of the networks that have a way out: containers there can't open each other. */
const APART = { "com.docker.network.bridge.enable_icc": "false" };

/** Networks that all containers of a host share, by what they are for. A container on both leaves by the one that comes first in the alphabet. */
const SHARED = {
  /** Requests come in by published ports; nothing gets out, since no address is translated. */
  ingress: { ...APART, "com.docker.network.bridge.enable_ip_masquerade": "false" },
  /** Requests go out to servers elsewhere. */
  egress: APART,
} as const;

/** The networks of a host. Every service owns one, internal, which its clients join; so a store is reached by them alone. */
export class Networks {
  readonly #host: Host;
  readonly #subnets: Subnets;
  readonly #owned = new Map<string, docker.Network>();
  readonly #shared = new Map<keyof typeof SHARED, docker.Network>();

  constructor(host: Host, subnets: Subnets) {
    this.#host = host;
    this.#subnets = subnets;
  }

  /** Makes the network on which a service is reached by its host name. */
  own(name: string, parent: pulumi.Resource): docker.types.input.ContainerNetworksAdvanced {
    const network = this.#make(name, { internal: true }, parent);
    this.#owned.set(name, network);
    return { name: network.name, aliases: [name] };
  }

  /** The networks that lead to what a workload may open. */
  towards(grants: readonly Grant[]): docker.types.input.ContainerNetworksAdvanced[] {
    const networks = grants.map(({ endpoint }) =>
      endpoint.outside ? this.shared("egress") : this.#of(endpoint.host),
    );
    return [...new Set(networks)].map(({ name }) => ({ name }));
  }

  /** A network that all share; made when it is first needed. */
  shared(purpose: keyof typeof SHARED): docker.Network {
    const made = this.#shared.get(purpose) ?? this.#make(purpose, { options: SHARED[purpose] });
    this.#shared.set(purpose, made);
    return made;
  }

  #of(host: string): docker.Network {
    const network = this.#owned.get(host);
    if (!network)
      throw new Error(`"${host}" runs on another target, and is not reached from "${this.#host.prefix}"`);
    return network;
  }

  #make(name: string, args: docker.NetworkArgs, parent?: pulumi.Resource): docker.Network {
    const { prefix, options } = this.#host;
    const unique = `${prefix}-${name}`;
    return new docker.Network(
      unique,
      {
        ...args,
        name: unique,
        ipamConfigs: [{ subnet: this.#subnets.of(unique) }],
        labels: labels(prefix, name),
      },
      options({ ...(parent && { parent }), deleteBeforeReplace: true }),
    );
  }
}

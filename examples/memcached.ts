import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import { Reference, type Resources, type Target, type Workload } from "keelson";

/** Arguments of {@link Memcached}. */
export interface MemcachedArgs {
  readonly target: Target;
  /** @defaultValue the version that the recipe was written for */
  readonly image?: string;
  /** @defaultValue {@link MEMCACHED_RESOURCES} */
  readonly resources?: Resources;
}

/** Enough for some ten thousand pages. */
export const MEMCACHED_RESOURCES: Resources = {
  cpuRequest: 0.1,
  cpuLimit: 0.5,
  memoryRequestMiB: 128,
  memoryLimitMiB: 128,
};

/** A memcached server. It asks for no password, so the private network alone keeps others out. */
export class Memcached extends ComponentResource {
  /** Server and port, as `host:port`. */
  readonly address: Reference;

  constructor(name: string, args: MemcachedArgs, opts?: ComponentResourceOptions) {
    super("example:services:Memcached", name, {}, opts);
    const { target, image = "memcached:1.6.39-alpine", resources = MEMCACHED_RESOURCES } = args;
    const endpoint = target.run(name, () => memcachedRecipe({ image, resources }), { parent: this });
    this.address = Reference.to(endpoint, "memcached");
    this.registerOutputs({});
  }
}

/** The server; what it keeps leaves room for connections within its memory. */
export function memcachedRecipe({ image, resources }: Required<Omit<MemcachedArgs, "target">>): Workload {
  return {
    image,
    command: ["memcached", "-m", `${Math.floor(resources.memoryLimitMiB * 0.75)}`],
    ports: { memcached: { number: 11211 } },
    probes: { readiness: { check: { kind: "tcp", port: "memcached" } } },
    resources,
    // The official image's user `memcache`.
    user: { uid: 11211, gid: 11211 },
  };
}

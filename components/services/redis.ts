import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import { ref, Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import { FILES, type Resources, type Workload } from "../model/workload.ts";
import { password } from "../secrets/password.ts";

/** Arguments of {@link Redis}. */
export interface RedisArgs {
  readonly target: Target;
  /** What goes when memory is full: nothing, for a queue or results; the keys used longest ago, for a cache. */
  readonly evict: keyof typeof EVICTION;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /** @defaultValue {@link REDIS_RESOURCES} */
  readonly resources?: Resources;
  /**
   * Room for the append-only file, in GiB; raised later at will, never lowered.
   *
   * @defaultValue 2
   */
  readonly storageGiB?: number;
}

/** A Redis server, whoever runs it. */
export interface RedisServer {
  /** Connection URL, with the password. */
  readonly url: Reference;
  /** Server and port, as `host:port`. */
  readonly address: Reference;
  readonly password: Reference;
}

/** Redis' names of what goes when memory is full. */
const EVICTION = { never: "noeviction", oldest: "allkeys-lru" } as const;

/** Enough for a queue or a small cache. */
export const REDIS_RESOURCES: Resources = {
  cpuRequest: 0.1,
  cpuLimit: 0.5,
  memoryRequestMiB: 256,
  memoryLimitMiB: 256,
};

/** A Redis server that asks for a password and keeps what it was told. */
export class Redis extends pulumi.ComponentResource implements RedisServer {
  /** Connection URL of database 0, with the password. */
  readonly url: Reference;
  /** Server and port, as `host:port`. */
  readonly address: Reference;
  readonly password: Reference;

  constructor(name: string, args: RedisArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:Redis", name, {}, opts);
    const { target, image = images.redis, resources = REDIS_RESOURCES, storageGiB = 2, evict } = args;
    this.password = password(`${name}-password`, this);
    const settings = { image, resources, storageGiB, evict, password: this.password };
    const endpoint = target.run(name, () => redisRecipe(settings), { parent: this });
    this.address = Reference.to(endpoint, "redis");
    this.url = ref`redis://:${this.password}@${this.address}/0`;
    this.registerOutputs({});
  }
}

type ServerSettings = Required<Omit<RedisArgs, "target">> & { readonly password: Reference };

/** The server, told everything by a file: a command line is seen by all. */
export function redisRecipe({
  image,
  resources,
  storageGiB,
  evict,
  password: secret,
}: ServerSettings): Workload {
  return {
    image,
    command: ["redis-server", `${FILES}/redis.conf`],
    files: {
      "redis.conf": ref`bind 0.0.0.0
dir /data
appendonly yes
appendfsync everysec
maxmemory ${Math.floor(resources.memoryLimitMiB * 0.75)}mb
maxmemory-policy ${EVICTION[evict]}
requirepass ${secret}
`,
    },
    ports: { redis: { number: 6379 } },
    volumes: { data: { path: "/data", sizeGiB: storageGiB } },
    scratch: ["/tmp"],
    // To be refused for want of a password is an answer too, and keeps the password out of the probe.
    probes: {
      readiness: {
        check: { kind: "exec", command: ["sh", "-c", "redis-cli ping | grep -Eq 'PONG|NOAUTH'"] },
      },
    },
    resources,
    // https://redis.io/docs/latest/operate/oss_and_stack/management/admin/#linux; with 2, the kernel refuses just as well.
    kernel: {
      "vm.overcommit_memory": {
        atLeast: 1,
        atMost: 1,
        reason: "without it the file of what was written is not made shorter while memory is low",
      },
    },
    // The official image's user `redis`.
    user: { uid: 999, gid: 999 },
  };
}

import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import { ref, Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import type { Resources, Workload } from "../model/workload.ts";
import { password } from "../secrets/password.ts";
import type { RedisServer } from "./redis.ts";

/** Arguments of {@link Flower}. */
export interface FlowerArgs {
  readonly target: Target;
  /** The broker of the workers that it shows. */
  readonly broker: Pick<RedisServer, "url">;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /** @defaultValue {@link FLOWER_RESOURCES} */
  readonly resources?: Resources;
  /**
   * Path below which it is routed, as in `/flower`; the route leaves the path as it is.
   *
   * @defaultValue none: at the root
   */
  readonly path?: string;
  /** @defaultValue "flower" */
  readonly user?: string;
}

/** Enough to remember ten thousand tasks. */
export const FLOWER_RESOURCES: Resources = {
  cpuRequest: 0.05,
  cpuLimit: 0.5,
  memoryRequestMiB: 96,
  memoryLimitMiB: 256,
};

/** Tasks that it keeps in memory; its own default, 100,000, takes some hundred megabytes. */
const REMEMBERED_TASKS = 10_000;

/** Flower: shows Celery's workers, queues and tasks to those who know its password, and forgets them when it ends. */
export class Flower extends pulumi.ComponentResource {
  /** Its address, as `host:port`. */
  readonly http: Reference;
  /** Its address, as a URL without a trailing slash; with the path that it is routed by. */
  readonly url: Reference;
  readonly user: string;
  /** Generated. */
  readonly password: Reference;

  constructor(name: string, args: FlowerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:Flower", name, {}, opts);
    const { target, broker, image = images.flower, resources = FLOWER_RESOURCES } = args;
    const { path = "", user = "flower" } = args;
    this.user = user;
    this.password = password(`${name}-password`, this);
    const settings = { broker, image, resources, path, user, password: this.password };
    const endpoint = target.run(name, () => flowerRecipe(settings), { parent: this });
    this.http = Reference.to(endpoint, "http");
    this.url = ref`http://${this.http}${withoutSlash(path)}`;
    this.registerOutputs({});
  }
}

type FlowerSettings = Required<Omit<FlowerArgs, "target">> & { readonly password: Reference };

/** The program. Its credentials and the broker's are hidden variables, for a command line is seen by all. */
export function flowerRecipe(settings: FlowerSettings): Workload {
  const { broker, image, resources, user, password: secret } = settings;
  const path = withoutSlash(settings.path);
  return {
    image,
    command: [
      ...["celery", "flower", "--port=5555", "--persistent=False", `--max_tasks=${REMEMBERED_TASKS}`],
      ...(path ? [`--url_prefix=${path.slice(1)}`] : []),
    ],
    env: {
      CELERY_BROKER_URL: broker.url,
      FLOWER_BASIC_AUTH: ref`${user}:${secret}`,
      HOME: "/tmp",
    },
    ports: { http: { number: 5555, protocol: "ws" } },
    scratch: ["/tmp"],
    // Both paths ask for no password, and tell nothing of tasks' arguments.
    probes: { readiness: { check: { kind: "http", port: "http", path: `${path}/healthcheck` } } },
    metrics: { port: "http", path: `${path}/metrics` },
    resources,
    // The official image's user `flower`.
    user: { uid: 1000, gid: 1000 },
  };
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, "");
}

import * as pulumi from "@pulumi/pulumi";
import type { Metrics } from "../model/monitoring.ts";
import { ref, Reference, type Setting } from "../model/reference.ts";
import type { Step, Target } from "../model/target.ts";
import type { Scaling } from "../model/scaling.ts";
import type { Probe, Resources, User, Workload } from "../model/workload.ts";

/** Arguments of {@link HttpService}. */
export interface HttpServiceArgs extends Pick<
  Workload,
  "volumes" | "shared" | "folders" | "capabilities" | "stopSeconds" | "alerts" | "dashboards"
> {
  readonly target: Target;
  /** Image reference, with a version or a digest. */
  readonly image: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  /** Port that it listens on. */
  readonly port: number;
  /** Path that answers 2xx once requests may come. */
  readonly ready: string;
  /**
   * Path that answers 2xx as long as it is worth keeping.
   *
   * @defaultValue the path of `ready`
   */
  readonly live?: string;
  /** Variables; references among them say what it may reach, and what it waits for. */
  readonly env?: Readonly<Record<string, Setting>>;
  /** Files, by name; see `FILES` for where they are. */
  readonly files?: Readonly<Record<string, Setting>>;
  /** Steps that must have ended well before it starts. */
  readonly after?: readonly Step[];
  readonly resources: Resources;
  /**
   * Folders it may write to, beside `/tmp`.
   *
   * @defaultValue none
   */
  readonly scratch?: readonly string[];
  /** @defaultValue 1000:1000 */
  readonly user?: User;
  /**
   * Time in which it must have become ready first, in seconds.
   *
   * @defaultValue 60
   */
  readonly startupSeconds?: number;
  /**
   * How often it is asked, and how much patience there is; see `Probe`.
   *
   * @defaultValue every 10 s, 5 s for an answer, 3 failures in a row
   */
  readonly health?: Pick<Probe, "periodSeconds" | "timeoutSeconds" | "failures">;
  /**
   * The same for whether it is worth keeping.
   *
   * @defaultValue as `health` has it
   */
  readonly liveness?: Pick<Probe, "periodSeconds" | "timeoutSeconds" | "failures">;
  /**
   * Whether connections become WebSockets.
   *
   * @defaultValue false
   */
  readonly websocket?: boolean;
  /**
   * Whether requests of one browser have to reach the same copy, as long as it runs.
   *
   * @defaultValue false
   */
  readonly sticky?: boolean;
  /**
   * Longest silence on a connection before it may be cut, in seconds; streams need hours.
   *
   * @defaultValue 60
   */
  readonly idleSeconds?: number;
  /**
   * Path of its Prometheus metrics, or more about them.
   *
   * @defaultValue none
   */
  readonly metrics?: string | Omit<Metrics, "port">;
  /**
   * How far it may be scaled, on targets that can.
   *
   * @defaultValue one copy
   */
  readonly scaling?: Scaling;
}

/** An application that speaks HTTP. One that keeps data in `volumes` runs in one copy. */
export class HttpService extends pulumi.ComponentResource {
  readonly host: Reference;
  /** Its address, as `host:port`. */
  readonly http: Reference;
  /** Its address, as a URL without a trailing slash. */
  readonly url: Reference;

  constructor(name: string, args: HttpServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:HttpService", name, {}, opts);
    const { target, after = [], scaling } = args;
    const copies = scaling?.min ?? 1;
    const endpoint = target.run(name, () => httpRecipe(args), { parent: this, after, copies });
    this.host = Reference.host(endpoint, "http");
    this.http = Reference.to(endpoint, "http");
    this.url = ref`http://${this.http}`;
    this.registerOutputs({});
  }
}

/** The application as a workload. */
export function httpRecipe(args: Omit<HttpServiceArgs, "target" | "after">): Workload {
  const { image, command, port, ready, live = ready, env = {}, files = {}, resources, scratch = [] } = args;
  const { user = { uid: 1000, gid: 1000 }, startupSeconds = 60, metrics, scaling } = args;
  const { alerts, dashboards } = args;
  const {
    health = {},
    liveness = health,
    volumes = {},
    shared = {},
    folders = {},
    capabilities = {},
    stopSeconds = 30,
  } = args;
  const { websocket = false, sticky = false, idleSeconds = 60 } = args;
  return {
    image,
    command,
    env,
    files,
    ports: { http: { number: port, protocol: websocket ? "ws" : "http", sticky, idleSeconds } },
    volumes,
    shared,
    folders,
    scratch: ["/tmp", ...scratch],
    probes: {
      readiness: { check: { kind: "http", port: "http", path: ready }, ...health },
      liveness: { check: { kind: "http", port: "http", path: live }, ...liveness },
      startupSeconds,
    },
    resources,
    user,
    capabilities,
    stopSeconds,
    ...(metrics && {
      metrics: { port: "http", ...(typeof metrics === "string" ? { path: metrics } : metrics) },
    }),
    ...(alerts && { alerts }),
    ...(dashboards && { dashboards }),
    ...(scaling && { scaling }),
  };
}

import * as pulumi from "@pulumi/pulumi";
import type { Setting } from "../model/reference.ts";
import type { Step, Target } from "../model/target.ts";
import type { Probe, User, Workload } from "../model/workload.ts";

/** Arguments of {@link Worker}. */
export interface WorkerArgs extends Pick<
  Workload,
  "resources" | "volumes" | "shared" | "folders" | "capabilities" | "scratch" | "scaling"
> {
  readonly target: Target;
  /** Image reference, with a version or a digest. */
  readonly image: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  /** Command in the same image that ends with 0 as long as the worker is at work. It is told no secret variables. */
  readonly check: readonly string[];
  /**
   * How often it is asked, and how much patience there is; see `Probe`.
   *
   * @defaultValue every 30 s, 15 s for an answer, 3 failures in a row: each check may start an interpreter
   */
  readonly health?: Pick<Probe, "periodSeconds" | "timeoutSeconds" | "failures">;
  /** Variables; references among them say what it may reach, and what it waits for. */
  readonly env?: Readonly<Record<string, Setting>>;
  /** Files, by name; see `FILES` for where they are. */
  readonly files?: Readonly<Record<string, Setting>>;
  /** Steps that must have ended well before it starts. */
  readonly after?: readonly Step[];
  /** @defaultValue 1000:1000 */
  readonly user?: User;
  /**
   * Time in which it must be at work first, in seconds.
   *
   * @defaultValue 120
   */
  readonly startupSeconds?: number;
  /**
   * Time that its work is given to end when it is told to stop, in seconds.
   *
   * @defaultValue 60
   */
  readonly stopSeconds?: number;
}

/** A process that works by itself and listens on no port. One that keeps data in `volumes` never runs twice at a time. */
export class Worker extends pulumi.ComponentResource {
  constructor(name: string, args: WorkerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:Worker", name, {}, opts);
    const { target, after = [], ...settings } = args;
    const copies = settings.scaling?.min ?? 1;
    target.run(name, () => workerRecipe(settings), { parent: this, after, copies });
    this.registerOutputs({});
  }
}

/** The worker as a workload. */
export function workerRecipe(args: Omit<WorkerArgs, "target" | "after">): Workload {
  const { check, health = {}, scratch = [], startupSeconds = 120, stopSeconds = 60, ...settings } = args;
  return {
    user: { uid: 1000, gid: 1000 },
    ...settings,
    scratch: ["/tmp", ...scratch],
    probes: {
      readiness: {
        check: { kind: "exec", command: check },
        periodSeconds: 30,
        timeoutSeconds: 15,
        ...health,
      },
      startupSeconds,
    },
    stopSeconds,
  };
}

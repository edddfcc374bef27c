import * as pulumi from "@pulumi/pulumi";
import { Reference, type Setting } from "../model/reference.ts";
import type { Step, Target } from "../model/target.ts";
import type { Scaling } from "../model/scaling.ts";
import { FILES, type Probe, type User, type Workload } from "../model/workload.ts";

/** What the worker is told; Celery takes the broker from its own variable, whatever the application says. */
export type CeleryVariables = Readonly<Record<string, Setting>> & {
  /** Connection URL of the broker. */
  readonly CELERY_BROKER_URL: Setting;
};

/** Arguments of {@link CeleryWorker}. */
export interface CeleryWorkerArgs extends Pick<
  Workload,
  "files" | "resources" | "volumes" | "shared" | "folders" | "capabilities"
> {
  readonly target: Target;
  /** Image reference, with a version or a digest; Celery and the application are in it. */
  readonly image: string;
  /** Where Celery finds the application, as in `webui.celery_app`. */
  readonly app: string;
  /**
   * Tasks done at a time, each by a process of its own.
   *
   * @defaultValue 1
   */
  readonly concurrency?: number;
  /** @defaultValue "INFO" */
  readonly logLevel?: "DEBUG" | "INFO" | "WARNING" | "ERROR";
  /**
   * Queues that it takes tasks from.
   *
   * @defaultValue the application's default queue; of Celery itself, `celery`
   */
  readonly queues?: readonly string[];
  /** Variables; references among them say what it may reach, and what it waits for. */
  readonly env: CeleryVariables;
  /** Steps that must have ended well before it starts. */
  readonly after?: readonly Step[];
  /**
   * Folders it may write to, beside `/tmp`.
   *
   * @defaultValue none
   */
  readonly scratch?: readonly string[];
  /** @defaultValue 1000:1000 */
  readonly user?: User;
  /**
   * Time in which it must have become ready first, in seconds: it imports the application.
   *
   * @defaultValue 120
   */
  readonly startupSeconds?: number;
  /**
   * Time that its tasks are given to end when it is told to stop, in seconds: as long as the longest of them takes.
   *
   * @defaultValue 120
   */
  readonly stopSeconds?: number;
  /**
   * How often it is asked, and how much patience there is; see `Probe`.
   *
   * @defaultValue every 30 s, 20 s for an answer, 3 failures in a row
   */
  readonly health?: Pick<Probe, "periodSeconds" | "timeoutSeconds" | "failures">;
  /**
   * How far it may be scaled, on targets that can; a signal of the kind "queue" follows the tasks that wait.
   *
   * @defaultValue one copy
   */
  readonly scaling?: Scaling;
}

/** A worker of a Celery application: takes tasks from a broker, and listens on no port. */
export class CeleryWorker extends pulumi.ComponentResource {
  constructor(name: string, args: CeleryWorkerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:CeleryWorker", name, {}, opts);
    const { target, after = [], scaling } = args;
    target.run(name, () => celeryWorkerRecipe(args), { parent: this, after, copies: scaling?.min ?? 1 });
    this.registerOutputs({});
  }
}

/** Name of the file that tells the probes of the broker: they see no secret variables on every target. */
const BROKER = "celery-broker";

/** The worker as a workload. Told to stop, it takes no more tasks and ends those under way. */
export function celeryWorkerRecipe(args: Omit<CeleryWorkerArgs, "target" | "after">): Workload {
  const { image, app, concurrency = 1, logLevel = "INFO", queues = [], env, files = {}, scaling } = args;
  const { resources, volumes = {}, shared = {}, folders = {}, scratch = [], capabilities = {} } = args;
  const { user = { uid: 1000, gid: 1000 }, startupSeconds = 120, stopSeconds = 120, health } = args;
  return {
    image,
    command: [
      ...["celery", "-A", app, "worker", `--loglevel=${logLevel}`, `--concurrency=${concurrency}`],
      ...(queues.length > 0 ? [`--queues=${queues.join(",")}`] : []),
    ],
    // Python programs keep caches below their home, which is read-only.
    env: { HOME: "/tmp", ...env },
    files: { ...files, [BROKER]: hidden(env.CELERY_BROKER_URL) },
    volumes,
    shared,
    folders,
    scratch: ["/tmp", ...scratch],
    probes: { ...probes(stopSeconds, health), startupSeconds },
    resources,
    user,
    capabilities,
    stopSeconds,
    ...(scaling && { scaling }),
  };
}

/** A URL may hold a password even where nobody said so. */
function hidden(setting: Setting): Setting {
  return setting instanceof Reference ? setting : Reference.hidden(`${setting}`);
}

/**
 * Asks this very worker by way of the broker. Celery's own command line does so without the application: to import one
 * that holds models would take more memory than the worker has left.
 */
function ping(seconds: number): string {
  const broker = `CELERY_BROKER_URL="$(cat ${FILES}/${BROKER})"`;
  return `${broker} timeout ${seconds} celery inspect ping --timeout 5 -d "celery@$(uname -n)" 2>&1`;
}

/** Ready is who answers. Alive is who answers, or can't be asked: a new worker would not reach the broker either. */
function probes(stopSeconds: number, health: CeleryWorkerArgs["health"]) {
  const { periodSeconds = 30, timeoutSeconds = 20, failures = 3 } = health ?? {};
  // A check that is ended by the target counts as failed, so this one ends by itself before.
  const asked = ping(Math.max(1, timeoutSeconds - 1));
  const probe = (script: string): Probe => ({
    check: { kind: "exec", command: ["sh", "-c", script] },
    periodSeconds,
    timeoutSeconds,
    failures,
  });
  return {
    readiness: probe(asked),
    liveness: {
      ...probe(`! ${asked} | grep -q "No nodes replied"`),
      // While its last tasks end, a worker answers no more; it is not to be killed for that.
      failures: Math.max(failures, Math.ceil(stopSeconds / periodSeconds) + 1),
    },
  };
}

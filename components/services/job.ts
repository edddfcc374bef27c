import * as pulumi from "@pulumi/pulumi";
import type { Setting } from "../model/reference.ts";
import type { Step, Target } from "../model/target.ts";
import type { JobWorkload, Resources, User } from "../model/workload.ts";

/** Arguments of {@link Job}. */
export interface JobArgs extends Pick<JobWorkload, "shared" | "folders" | "capabilities"> {
  readonly target: Target;
  /** Image reference, with a version or a digest. */
  readonly image: string;
  /** Program and arguments; safe to repeat. */
  readonly command: readonly string[];
  /** Variables; references among them say what it may reach, and what it waits for. */
  readonly env?: Readonly<Record<string, Setting>>;
  /** Files, by name; see `FILES` for where they are. */
  readonly files?: Readonly<Record<string, Setting>>;
  /** Steps that must have ended well before it starts. */
  readonly after?: readonly Step[];
  /** @defaultValue {@link JOB_RESOURCES} */
  readonly resources?: Resources;
  /** @defaultValue 1000:1000 */
  readonly user?: User;
  /**
   * Time after which it is ended and counts as failed, in seconds.
   *
   * @defaultValue 600
   */
  readonly deadlineSeconds?: number;
}

/** Enough for migrations. */
export const JOB_RESOURCES: Resources = {
  cpuRequest: 0.1,
  cpuLimit: 0.5,
  memoryRequestMiB: 128,
  memoryLimitMiB: 512,
};

/**
 * A job of an application, such as its migrations: runs to its end before whatever comes `after` it, again when its
 * inputs change, and again after a failure, which ends the update and shows the log.
 */
export class Job extends pulumi.ComponentResource implements Step {
  readonly done: pulumi.Input<pulumi.Resource>;

  constructor(name: string, args: JobArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:Job", name, {}, opts);
    const { target, after = [], resources = JOB_RESOURCES, user = { uid: 1000, gid: 1000 }, ...job } = args;
    this.done = target.complete(
      name,
      { ...job, resources, user, scratch: ["/tmp"] },
      { parent: this, after },
    ).done;
    this.registerOutputs({});
  }
}

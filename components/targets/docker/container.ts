import type * as docker from "@pulumi/docker";
import { interpolate, isHidden, textOf } from "../../model/reference.ts";
import type { JobWorkload } from "../../model/workload.ts";

/**
 * Processes and threads that one user may have. The `docker` provider has no setting for the control group's limit, so
 * the kernel's limit per user stands in: it counts all containers of a user together.
 */
const PROCESSES = 4096;

/** What every container has, whatever it runs. Nothing goes to `command`: a start that failed would not be seen as failed by the next update. */
export function containerArgs(workload: Omit<JobWorkload, "command">) {
  const { image, env = {}, resources, user, scratch = [], capabilities = {} } = workload;
  const added = Object.keys(capabilities);
  const { stopSeconds = 30, stopSignal = "SIGTERM", writableRoot, sharedMemoryMiB = 64 } = workload;
  return {
    image,
    envs: Object.entries(env).flatMap(([key, setting]) =>
      isHidden(setting) ? [] : [interpolate([`${key}=`, ""], [textOf(setting)])],
    ),
    user: `${user.uid}:${user.gid}`,
    readOnly: !writableRoot,
    ...(scratch.length > 0 && {
      tmpfs: Object.fromEntries(scratch.map((path) => [path, `uid=${user.uid},gid=${user.gid},mode=0700`])),
    }),
    capabilities: { drops: ["ALL"], ...(added.length > 0 && { adds: added.map((name) => `CAP_${name}`) }) },
    securityOpts: ["no-new-privileges:true"],
    // Reaps orphans, and lets a liveness check kill what does not listen any more.
    init: true,
    // The one value that the provider knows.
    ...(resources.gpus && { gpus: "all" }),
    memory: resources.memoryLimitMiB,
    memorySwap: resources.memoryLimitMiB,
    memoryReservation: resources.memoryRequestMiB,
    cpus: decimal(resources.cpuLimit),
    cpuShares: Math.max(2, Math.round(resources.cpuRequest * 1024)),
    ulimits: [{ name: "nproc", soft: PROCESSES, hard: PROCESSES }],
    shmSize: sharedMemoryMiB,
    stopTimeout: stopSeconds,
    stopSignal,
    destroyGraceSeconds: stopSeconds,
    logDriver: "json-file",
    logOpts: { "max-size": "10m", "max-file": "3" },
    // Naming a network here would lose its aliases.
    networkMode: "bridge",
  } satisfies docker.ContainerArgs;
}

/** A number as the provider reads it back: "1" would be a change to "1.0" at every update. */
function decimal(number: number): string {
  return Number.isInteger(number) ? number.toFixed(1) : `${number}`;
}

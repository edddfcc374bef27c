import type { Told } from "./read.ts";

/** A container, whichever target runs it. A fact that the resource does not tell is `UNKNOWN`. */
export interface Container {
  readonly name: string;
  readonly image: Told<string>;
  /** A service runs until it is stopped, a job until it has ended; an idle container is never started and only carries files. */
  readonly life: Told<"service" | "job" | "idle">;
  /** The user, as a number or a name, with or without a group; `undefined` where the image decides. */
  readonly user: Told<string> | undefined;
  /** Whether there is an upper limit. */
  readonly limits: {
    readonly memory: Told<boolean>;
    readonly cpu: Told<boolean>;
    readonly processes: Told<boolean>;
  };
  /** Whether something asks the running container if it is alive, and if it is ready to serve. */
  readonly probes: { readonly liveness: Told<boolean>; readonly readiness: Told<boolean> };
  readonly privileged: Told<boolean>;
  /** Whether a process can get more privileges than its parent, as by a set-user-id program. */
  readonly mayGainPrivileges: Told<boolean>;
  /** The namespaces of the host that it shares, such as "network". */
  readonly hostNamespaces: readonly string[];
  /** The kernel's guards that are switched off for it, such as "seccomp". */
  readonly unguarded: readonly string[];
  /** Files, folders and devices of the host that it sees. */
  readonly hostPaths: readonly string[];
  /** Why it sees the whole host, by its label `keelson.machine`; nothing where it may change what it sees. */
  readonly machineReason: Told<string> | undefined;
  readonly dropsAllCapabilities: Told<boolean>;
  /** Added capabilities, without the prefix `CAP_`. */
  readonly addedCapabilities: readonly string[];
  readonly readOnlyRoot: Told<boolean>;
  /** Whether its log is kept within bounds. */
  readonly boundedLog: Told<boolean>;
  /** Whether it is started again when it ends by itself. */
  readonly restarts: Told<boolean>;
  /** Whether it joins the network that Docker puts every container into that names no other. */
  readonly onDefaultBridge: Told<boolean>;
  /** Whether it is handed credentials by which it can command what runs it. */
  readonly commandsOrchestrator: Told<boolean>;
  /** Whether it is given variables about all services beside it, which its program may take for its own settings. */
  readonly getsServiceVariables: Told<boolean>;
  /** Why it is handed such credentials, by its label or annotation `keelson.identity`. */
  readonly identityReason: Told<string> | undefined;
  /** Why it runs as root, by its label or annotation `keelson.root`. */
  readonly rootReason: Told<string> | undefined;
  /** Why it writes to its root file system, by its label or annotation `keelson.writable-root`. */
  readonly writableRootReason: Told<string> | undefined;
}

/** A container that is started at some time: any but those that only carry files. */
export type Running = Container & { readonly life: "service" | "job" };

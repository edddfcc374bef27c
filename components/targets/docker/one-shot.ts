import type * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { labels } from "./host.ts";

interface OneShot {
  readonly prefix: string;
  readonly service: string;
  readonly image: string;
  /** Why it needs what other containers must do without; policies read them as labels. */
  readonly reasons: { readonly root: string; readonly "writable-root"?: string };
  /** More labels. */
  readonly more?: Readonly<Record<string, string>>;
}

/** A container of the target's own that does one thing as root, with no network, and ends. */
export function oneShot({ prefix, service, image, reasons, more = {} }: OneShot) {
  const said = Object.entries(reasons).map(([key, reason]) => [`keelson.${key}`, reason]);
  return {
    image,
    user: "0:0",
    labels: labels(prefix, service, { ...Object.fromEntries(said), ...more }),
    readOnly: !reasons["writable-root"],
    networkMode: "none",
    capabilities: { drops: ["ALL"] },
    securityOpts: ["no-new-privileges:true"],
    memory: 32,
    memorySwap: 32,
    cpus: "0.5",
    ulimits: [{ name: "nproc", soft: 64, hard: 64 }],
    logDriver: "json-file",
    logOpts: { "max-size": "1m", "max-file": "1" },
    restart: "no",
    attach: true,
    logs: true,
    mustRun: false,
  } satisfies docker.ContainerArgs;
}

/** A container that ran to its end, once it has ended well: whatever waits for it does not start otherwise. */
export function succeeded(what: string, container: docker.Container): pulumi.Output<pulumi.Resource> {
  return pulumi.all([container.exitCode, container.containerLogs]).apply(([code, log]) => {
    if (code) throw failure(`${what} ended with exit code ${code}; its log:\n${log.trimEnd()}`);
    return container;
  });
}

/** An error that is shown as its message alone: the program has ended by then, and Pulumi would print the stack. */
function failure(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  delete error.stack;
  return error;
}

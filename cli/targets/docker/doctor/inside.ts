import { readFile } from "node:fs/promises";
import * as os from "node:os";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import type Docker from "dockerode";
import type { Space } from "../../../doctor/space.ts";
import type { KernelSettings } from "./kernel.ts";

/** What can be seen of a host from a container on it alone. */
export interface Inside {
  readonly kernel: KernelSettings;
  /** Of the file system that has Docker's images and volumes. */
  readonly space: Space;
}

const GIB_IN_KIB = 1024 ** 2;

/** Settings of the kernel that this process runs on. */
export async function ownKernel(names: readonly string[]): Promise<KernelSettings> {
  const found = names.map(async (name) => {
    const content = await readFile(fileOf(name), "utf8").catch(() => undefined);
    return [name, content === undefined ? undefined : Number.parseInt(content, 10)] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

/** Whether an engine on this machine runs on this very kernel, and not in a virtual machine as Docker Desktop does. */
export function isOwnKernel(kernelVersion: string): boolean {
  return process.platform === "linux" && kernelVersion === os.release();
}

/**
 * Looks at a host from a container, for an engine elsewhere: settings that have no namespace are the host's there, and its
 * root lies where Docker's images and volumes do.
 *
 * @param image An image with a static busybox
 */
export async function lookInside(docker: Docker, image: string, names: readonly string[]): Promise<Inside> {
  const reads = names.map((name) => `echo "${name} $(cat ${fileOf(name)} 2>/dev/null)"`);
  const output = await run(docker, image, [...reads, "df -Pk / | tail -n 1"].join("; "));
  return parseInside(output);
}

/** Reads what the container printed: a line for each setting, and the line of `df -P`. */
export function parseInside(output: string): Inside {
  const lines = output.trim().split("\n");
  const [, blocks = "0", , available = "0"] = lines.at(-1)!.trim().split(/\s+/);
  const settings = lines.slice(0, -1).map((line): [string, number | undefined] => {
    const [name = "", value] = line.trim().split(/\s+/);
    return [name, value === undefined ? undefined : Number.parseInt(value, 10)];
  });
  return {
    kernel: Object.fromEntries(settings),
    space: { freeGiB: Number(available) / GIB_IN_KIB, totalGiB: Number(blocks) / GIB_IN_KIB },
  };
}

/** The file of a setting of the kernel. */
function fileOf(name: string): string {
  return `/proc/sys/${name.replaceAll(".", "/")}`;
}

async function run(docker: Docker, image: string, script: string): Promise<string> {
  const output = new PassThrough();
  const written = text(output);
  const options = {
    Entrypoint: ["/bin/busybox", "sh", "-c"],
    User: "65534:65534",
    HostConfig: { AutoRemove: true, NetworkMode: "none", ReadonlyRootfs: true, CapDrop: ["ALL"] },
    Tty: false,
  };
  await docker.run(image, [script], [output, new PassThrough().resume()], options);
  output.end();
  return written;
}

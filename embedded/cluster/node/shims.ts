import { existsSync } from "node:fs";
import { glob, readFile, rm } from "node:fs/promises";
import * as path from "node:path";
import { z } from "zod";
import type { ClusterContext } from "../context.ts";
import { identityOf, isAlive } from "../process-identity.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { nodeFolders } from "./folders.ts";

type Home = Pick<ClusterContext, "home">;

/** Ends the processes that stand between containerd and its containers, whether containerd still knows of them or not. */
export async function endShims(context: Home): Promise<void> {
  const shims = (await processes()).filter(({ command }) =>
    isShim(command, nodeFolders(context).containerdSocket),
  );
  const identities = shims.map(({ id }) => identityOf(id));
  for (const shim of identities) if (isAlive(shim)) process.kill(shim.pid, "SIGKILL");
  while (identities.some(isAlive)) await sleep(50);
  for (const socket of await socketsOf(context)) await rm(socket, { force: true });
}

function isShim(command: readonly string[], socket: string): boolean {
  return path.basename(command[0] ?? "") === "containerd-shim-runc-v2" && command.includes(socket);
}

async function processes(): Promise<{ readonly id: number; readonly command: readonly string[] }[]> {
  const found = [];
  for await (const file of glob("/proc/[0-9]*/cmdline")) {
    // A process that ended meanwhile has no command.
    const command = await readFile(file, "utf8").catch(() => "");
    found.push({ id: Number(file.split("/")[2]), command: command.split("\0") });
  }
  return found;
}

const bootstrap = z.object({ address: z.string() });

/** A shim that was killed leaves its socket, which lies where those of all containerds lie. */
async function socketsOf(context: Home): Promise<string[]> {
  const { running } = nodeFolders(context);
  const sockets = [];
  for await (const file of glob(`${running}/io.containerd.runtime.v2.task/*/*/bootstrap.json`)) {
    const { address } = bootstrap.parse(JSON.parse(await readFile(file, "utf8")));
    sockets.push(address.replace(/^unix:\/\//, ""));
  }
  return sockets.filter((socket) => existsSync(socket));
}

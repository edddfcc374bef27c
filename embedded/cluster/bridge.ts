import { connect } from "node:net";
import { execa } from "execa";
import { z } from "zod";
import { addresses, type ClusterContext, paths } from "./context.ts";
import { searchPath } from "./machine.ts";

const links = z.array(z.object({ ifalias: z.string().optional() }));

/**
 * Makes the cluster's bridge, or keeps the one of a cluster that was not ended in order. The bridge bears the name of its cluster's folder.
 *
 * @throws Error if it belongs to another cluster that runs
 */
export async function makeBridge(context: ClusterContext): Promise<void> {
  const { folder } = paths(context);
  const owner = await ownerOfBridge();
  if (owner !== undefined && owner !== folder && (await answers())) {
    throw new Error(
      `another cluster runs on this machine, and there is room for one: its folder is ${owner || "unknown"}; ` +
        'end it with "keelson cluster down" and the KEELSON_HOME that it was started with',
    );
  }
  const { bridge, hostRange } = addresses;
  if (owner === undefined) await ip("link", "add", bridge, "type", "bridge");
  await ip("link", "set", bridge, "alias", folder, "up");
  await ip("address", "replace", hostRange, "dev", bridge);
}

/** Removes the bridge, if it is this cluster's. */
export async function removeBridge(context: ClusterContext): Promise<void> {
  if ((await ownerOfBridge()) === paths(context).folder) await ip("link", "delete", addresses.bridge);
}

/** The folder of the cluster that made the bridge, or nothing if there is no bridge. */
export async function ownerOfBridge(): Promise<string | undefined> {
  const { stdout, failed } = await execa("ip", ["-json", "link", "show", addresses.bridge], {
    reject: false,
  });
  if (failed) return undefined;
  return links.parse(JSON.parse(stdout))[0]?.ifalias ?? "";
}

/** Whether anything listens where the API server does. */
async function answers(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: addresses.host, port: addresses.apiServerPort, timeout: 1000 });
    const end = (outcome: boolean) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.on("connect", () => end(true));
    socket.on("error", () => end(false));
    socket.on("timeout", () => end(false));
  });
}

async function ip(...args: readonly string[]): Promise<void> {
  await execa("ip", args, { env: { PATH: searchPath } });
}

import { mkdir, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { addresses, type ClusterContext } from "../context.ts";
import { nodeFolders } from "./folders.ts";

/** The bridge that pods are on; the first pod's network makes it. */
export const podBridge = "keelson-pods";

/** Writes what containerd reads to give a pod its network. */
export async function configurePodNetwork(context: Pick<ClusterContext, "home">): Promise<void> {
  const { networkPlugins, podAddresses } = nodeFolders(context);
  await mkdir(networkPlugins, { recursive: true });
  const file = path.join(networkPlugins, "10-keelson.conflist");
  await writeFile(file, JSON.stringify(podNetwork(podAddresses), undefined, 2));
}

/** A list of network plugins, as of the Container Network Interface's specification. */
export function podNetwork(podAddresses: string) {
  return {
    cniVersion: "1.0.0",
    name: "keelson",
    plugins: [
      {
        type: "bridge",
        bridge: podBridge,
        isGateway: true,
        // A pod may reach itself by its service.
        hairpinMode: true,
        ipam: {
          type: "host-local",
          dataDir: podAddresses,
          ranges: [[{ subnet: addresses.podRange }]],
          routes: [{ dst: "0.0.0.0/0" }],
        },
      },
      { type: "portmap", capabilities: { portMappings: true } },
    ],
  };
}

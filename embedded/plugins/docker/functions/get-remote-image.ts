import { providerFunction, type Context } from "../../provider/resource.ts";
import type { DockerHost } from "../daemon/daemon.ts";
import { localImage } from "../daemon/images.ts";
import { repoDigest } from "../image/digest.ts";

/** An image that the daemon has; nothing is pulled. */
export const getRemoteImage = providerFunction({
  inputs: { name: { type: "string", required: true } },
  outputs: {
    id: { type: "string", output: true },
    name: { type: "string" },
    repoDigest: { type: "string", output: true },
  },

  async call({ name }, { configuration }: Context<DockerHost>) {
    const found = await localImage(await configuration.connect(), name);
    if (!found) throw new Error(`did not find docker image '${name}'`);
    return { id: found.Id, name, repoDigest: repoDigest(name, found.RepoDigests) };
  },
});

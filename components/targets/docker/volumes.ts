import * as docker from "@pulumi/docker";
import type * as pulumi from "@pulumi/pulumi";
import { folderDemand } from "../../model/capacity.ts";
import type { SharedVolume, SharedVolumeArgs } from "../../model/shared-volume.ts";
import type { Workload } from "../../model/workload.ts";
import { type Host, labels } from "./host.ts";
import { oneShot, succeeded } from "./one-shot.ts";
import { promisedLabel } from "./promise.ts";

/**
 * Makes the volumes of a workload, owned by its user: a new volume is root's wherever the image has no such folder.
 *
 * @param more Labels for the container that gives them to the user
 */
export function makeVolumes(
  name: string,
  { volumes = {}, user }: Pick<Workload, "volumes" | "user">,
  host: Host,
  parent: pulumi.Resource,
  more: Readonly<Record<string, string>> = {},
) {
  const { prefix, images, options, destroyData } = host;
  const made = Object.entries(volumes).map(([key, { path }]) => {
    const unique = `${prefix}-${name}-${key}`;
    const volume = new docker.Volume(
      unique,
      { name: unique, labels: labels(prefix, name) },
      options({ parent, protect: !destroyData, retainOnDelete: !destroyData }),
    );
    // Docker would give an empty volume what the image has at that path, and its owner with it.
    return { type: "volume", source: volume.name, target: path, volumeOptions: { noCopy: true } };
  });
  if (made.length === 0) return { mounts: [], ready: [] };
  const owner = new docker.Container(
    `${prefix}-${name}-owner`,
    {
      ...oneShot({
        prefix,
        service: name,
        image: images.tools,
        reasons: { root: "gives volumes to the user of the service" },
        more,
      }),
      capabilities: { drops: ["ALL"], adds: ["CAP_CHOWN"] },
      entrypoints: [
        "/bin/busybox",
        "chown",
        `${user.uid}:${user.gid}`,
        ...made.map((_, index) => `/volumes/${index}`),
      ],
      mounts: made.map((mount, index) => ({ ...mount, target: `/volumes/${index}` })),
    },
    options({ parent }),
  );
  return { mounts: made, ready: [succeeded(`giving the volumes of "${name}" to their user`, owner)] };
}

/** Name under which a shared folder is the only volume of what shares it. */
const SHARED = "shared";

/** Makes a volume that several workloads may have. */
export function makeShared(
  name: string,
  { sizeGiB, user }: SharedVolumeArgs,
  host: Host,
  parent: pulumi.Resource,
): SharedVolume {
  const volumes = { [SHARED]: { path: "/", sizeGiB } };
  // No container of a workload has it for its own: what made it says that there is a promise.
  const promised = promisedLabel(folderDemand(sizeGiB));
  const { ready } = makeVolumes(name, { volumes, user }, host, parent, promised);
  return { name, ready };
}

/** How a workload has the folders that others have too. */
export function sharedMounts({ shared = {} }: Pick<Workload, "shared">, { prefix }: Host) {
  return Object.values(shared).map(({ volume, path, writable = false }) => ({
    type: "volume",
    source: `${prefix}-${volume.name}-${SHARED}`,
    target: path,
    readOnly: !writable,
    volumeOptions: { noCopy: true },
  }));
}

import type { ElementOf } from "./types.ts";

type Volume = ElementOf<"volumes">;

/** The container paths that are volumes, for `Config.Volumes`. */
export function volumePaths(volumes: readonly Volume[] = []): Record<string, object> {
  return Object.fromEntries(
    volumes.flatMap((volume) => {
      refuseContradiction(volume);
      return volume.containerPath ? [[volume.containerPath, {}]] : [];
    }),
  );
}

/** Named volumes and host folders in the form `source:path:mode`. */
export function binds(volumes: readonly Volume[] = []): string[] {
  return volumes.flatMap((volume) => {
    const source = volume.hostPath || volume.volumeName;
    if (volume.fromContainer || !source) return [];
    const mode = [volume.readOnly ? "ro" : "rw", volume.selinuxRelabel].filter(Boolean).join(",");
    return [`${source}:${volume.containerPath}:${mode}`];
  });
}

export function volumesFrom(volumes: readonly Volume[] = []): string[] {
  return volumes.flatMap(({ fromContainer }) => (fromContainer ? [fromContainer] : []));
}

function refuseContradiction({ fromContainer, containerPath }: Volume): void {
  if (!fromContainer && !containerPath)
    throw new Error("Unable to parse volumes: volume entry without container path or source container");
  if (fromContainer && containerPath)
    throw new Error("Unable to parse volumes: both a container and a path specified in a volume entry");
}

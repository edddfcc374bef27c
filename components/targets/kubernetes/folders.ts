import * as k8s from "@pulumi/kubernetes";
import type { Workload } from "../../model/workload.ts";
import { metadata, NOT_AWAITED, type Scope } from "./scope.ts";
import type { Workshop } from "./workshop.ts";

/** A volume of the cluster that somebody else makes and fills. */
export interface FilledVolume {
  /** Name of the PersistentVolume; pods on any node may read it (`ReadOnlyMany`). */
  readonly volume: string;
  /**
   * Its storage class.
   *
   * @defaultValue none
   */
  readonly storageClass?: string;
}

/** Volumes that workloads may read, by the name that they know them by. */
export type Folders = Readonly<Record<string, FilledVolume>>;

/** Claims the volumes that somebody else fills, each for all workloads of the namespace, by the name of the folder. */
export function claimFolders(
  folders: Folders,
  scope: Scope & Pick<Workshop, "destroyData">,
): ReadonlyMap<string, k8s.core.v1.PersistentVolumeClaim> {
  const claims = Object.entries(folders).map(
    ([name, { volume, storageClass = "" }]) =>
      [
        name,
        new k8s.core.v1.PersistentVolumeClaim(
          `${scope.prefix}-${claimOf(name)}`,
          {
            metadata: metadata(scope, claimOf(name), { annotations: NOT_AWAITED }),
            spec: {
              accessModes: ["ReadOnlyMany"],
              storageClassName: storageClass,
              volumeName: volume,
              // A claim has to ask for something; the volume has what it has.
              resources: { requests: { storage: "1Mi" } },
            },
          },
          // Where the volume itself would go with its claim, so would what somebody else has put there.
          scope.options({ protect: !scope.destroyData, retainOnDelete: !scope.destroyData }),
        ),
      ] as const,
  );
  return new Map(claims);
}

/** How a pod has folders that somebody else fills. */
export function folderVolumes({ folders = {} }: Pick<Workload, "folders">) {
  const entries = Object.entries(folders).map(([folder, path]) => ({
    name: `folder-${folder}`,
    folder,
    path,
  }));
  return {
    volumes: entries.map(({ name, folder }) => ({
      name,
      persistentVolumeClaim: { claimName: claimOf(folder), readOnly: true },
    })),
    mounts: entries.map(({ name, path }) => ({ name, mountPath: path, readOnly: true })),
  };
}

function claimOf(folder: string): string {
  return `folder-${folder}`;
}

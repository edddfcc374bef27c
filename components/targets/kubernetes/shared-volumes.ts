import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { SharedVolume, SharedVolumeArgs } from "../../model/shared-volume.ts";
import type { Workload } from "../../model/workload.ts";
import { metadata, NOT_AWAITED, type Scope } from "./scope.ts";
import type { Workshop } from "./workshop.ts";

type Sharing = Pick<Workload, "shared">;

/** Makes a claim that several workloads may have. */
export function makeShared(
  name: string,
  { sizeGiB }: SharedVolumeArgs,
  scope: Scope & Pick<Workshop, "destroyData">,
  parent: pulumi.Resource,
): SharedVolume {
  const { storageClass, sharedStorageClass = storageClass } = scope.cluster;
  const retained = { protect: !scope.destroyData, retainOnDelete: !scope.destroyData };
  const claim = new k8s.core.v1.PersistentVolumeClaim(
    `${scope.prefix}-${name}`,
    {
      metadata: metadata(scope, name, { annotations: NOT_AWAITED }),
      spec: {
        accessModes: [isSpread(scope) ? "ReadWriteMany" : "ReadWriteOnce"],
        ...(sharedStorageClass !== undefined && { storageClassName: sharedStorageClass }),
        resources: { requests: { storage: `${sizeGiB}Gi` } },
      },
    },
    scope.options({ parent, ...retained }),
  );
  return { name, ready: [claim] };
}

/** How a pod has the folders that others have too. */
export function sharedVolumes({ shared = {} }: Sharing) {
  const entries = Object.values(shared).map((folder, index) => ({ ...folder, name: `shared-${index}` }));
  return {
    volumes: entries.map(({ name, volume, writable = false }) => ({
      name,
      persistentVolumeClaim: { claimName: volume.name, readOnly: !writable },
    })),
    mounts: entries.map(({ name, path, writable = false }) => ({
      name,
      mountPath: path,
      readOnly: !writable,
    })),
  };
}

/** Labels by which pods that share a folder find each other, where they have to be on one node. */
export function sharingLabels(workload: Sharing, scope: Pick<Scope, "cluster">): Record<string, string> {
  return Object.fromEntries(sharedNames(workload, scope).map((name) => [labelOf(name), "shared"]));
}

/** Keeps pods that share a folder on one node, where its volume can't be had from several. */
export function sharingAffinity(
  workload: Sharing,
  scope: Pick<Scope, "prefix" | "cluster">,
): Partial<k8s.types.input.core.v1.Affinity> {
  const terms = sharedNames(workload, scope).map((name) => ({
    topologyKey: "kubernetes.io/hostname",
    labelSelector: {
      matchLabels: { "app.kubernetes.io/instance": scope.prefix, [labelOf(name)]: "shared" },
    },
  }));
  return terms.length > 0 ? { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } } : {};
}

/** Shared folders that keep their pods together. */
function sharedNames({ shared = {} }: Sharing, scope: Pick<Scope, "cluster">): readonly string[] {
  return isSpread(scope) ? [] : Object.values(shared).map(({ volume }) => volume.name);
}

function isSpread({ cluster }: Pick<Scope, "cluster">): boolean {
  return cluster.sharedStorageClass !== undefined;
}

function labelOf(volume: string): string {
  return `keelson/volume-${volume}`;
}

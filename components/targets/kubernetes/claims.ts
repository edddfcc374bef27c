import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Volume } from "../../model/workload.ts";
import { metadata, NOT_AWAITED, type Scope } from "./scope.ts";
import type { Workshop } from "./workshop.ts";

type Volumes = Readonly<Record<string, Volume>>;
type Spec = k8s.types.input.core.v1.PersistentVolumeClaimSpec;

/** Name of the claim that a StatefulSet takes for a volume of one copy. */
export function claimName(service: string, volume: string, copy: number): string {
  return `${volume}-${service}-${copy}`;
}

/** What a claim asks for. */
export function claimSpec({ sizeGiB }: Volume, { cluster: { storageClass } }: Pick<Scope, "cluster">): Spec {
  return {
    accessModes: ["ReadWriteOnce"],
    ...(storageClass !== undefined && { storageClassName: storageClass }),
    resources: { requests: { storage: `${sizeGiB}Gi` } },
  };
}

/**
 * Claims the volumes of each copy before the StatefulSet does, which then finds its own by their names. Claims of its
 * making could not grow, and nothing would protect them.
 */
export function makeClaims(
  service: string,
  volumes: Volumes,
  copies: number,
  scope: Scope & Pick<Workshop, "destroyData">,
  parent: pulumi.Resource,
): k8s.core.v1.PersistentVolumeClaim[] {
  const retained = { protect: !scope.destroyData, retainOnDelete: !scope.destroyData };
  return Object.entries(volumes).flatMap(([volume, wanted]) =>
    Array.from({ length: copies }, (_, copy) => {
      const name = claimName(service, volume, copy);
      return new k8s.core.v1.PersistentVolumeClaim(
        `${scope.prefix}-${name}`,
        // Many classes bind a claim only when a pod comes that uses it.
        {
          metadata: metadata(scope, service, { name, annotations: NOT_AWAITED }),
          spec: claimSpec(wanted, scope),
        },
        scope.options({ parent, ...retained }),
      );
    }),
  );
}

import { annotations, dockerLabels, stated } from "./labels.ts";
import { at, list, text, type Told, UNKNOWN } from "./read.ts";
import { none, type Resource, see, type View } from "./view.ts";

/** A place for data that outlives a container. */
export interface Volume {
  /** What it is, with its name. */
  readonly title: string;
  /**
   * What becomes of its data when the resource goes: `protected` (the engine refuses), `retained`, `disposable`,
   * `deleted`; another text as the label states it; `undefined` where nothing is said.
   */
  readonly fate: Told<string> | undefined;
}

const view: View<Volume> = {
  "docker:index/container:Container": none,
  "docker:index/network:Network": none,
  "docker:index/volume:Volume": ({ name, props, opts }) => [
    { title: `volume "${name}"`, fate: opts.protect ? "protected" : stated(dockerLabels(props), DATA) },
  ],
  "kubernetes:apps/v1:DaemonSet": none,
  "kubernetes:apps/v1:Deployment": none,
  "kubernetes:apps/v1:StatefulSet": claimTemplates,
  "kubernetes:batch/v1:CronJob": none,
  "kubernetes:batch/v1:Job": none,
  "kubernetes:core/v1:ConfigMap": none,
  "kubernetes:core/v1:Namespace": none,
  "kubernetes:core/v1:PersistentVolumeClaim": ({ name, props, opts }) => [
    { title: `volume claim "${name}"`, fate: opts.protect ? "protected" : stated(annotations(props), DATA) },
  ],
  "kubernetes:core/v1:Pod": none,
  "kubernetes:core/v1:Secret": none,
  "kubernetes:core/v1:Service": none,
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute": none,
  "kubernetes:keda.sh/v1alpha1:ScaledObject": none,
  "kubernetes:networking.k8s.io/v1:Ingress": none,
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": none,
  "kubernetes:postgresql.cnpg.io/v1:Cluster": databaseCluster,
};

/**
 * The label, or annotation, that states what becomes of the data. The engine shows policies the resource option
 * `protect`, but not `retainOnDelete`, so that the label has to stand in for it.
 */
const DATA = "keelson.data";

/** The volumes that a resource declares. */
export function volumes(resource: Resource): readonly Volume[] {
  return see(view, resource);
}

/** The claims that a StatefulSet makes stay when it goes, unless it asks otherwise. */
function claimTemplates({ name, props }: Resource): readonly Volume[] {
  const policy = at(props, "spec", "persistentVolumeClaimRetentionPolicy");
  const ends = ["whenDeleted", "whenScaled"].map((end) => text(at(policy, end)) ?? "Retain");
  const fate = ends.includes("Delete") ? "deleted" : ends.includes(UNKNOWN) ? UNKNOWN : "retained";
  return list(at(props, "spec", "volumeClaimTemplates")).map((template, index) => {
    const claim = text(at(template, "metadata", "name"));
    return { title: `volume claim "${typeof claim === "string" ? claim : index}" of "${name}"`, fate };
  });
}

/** A database server of CloudNativePG: its volumes are deleted with it. */
function databaseCluster({ name, props, opts }: Resource): readonly Volume[] {
  const fate = opts.protect ? "protected" : (stated(annotations(props), DATA) ?? "deleted");
  return [{ title: `volumes of the database cluster "${name}"`, fate }];
}

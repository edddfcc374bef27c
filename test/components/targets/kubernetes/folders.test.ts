import { describe, expect, it } from "vitest";
import type { SharedVolume } from "../../../../components/model/shared-volume.ts";
import type { Workload } from "../../../../components/model/workload.ts";
import type { Cluster } from "../../../../components/targets/kubernetes/cluster.ts";
import { Kubernetes } from "../../../../components/targets/kubernetes/kubernetes.ts";
import type { KubernetesArgs } from "../../../../components/targets/kubernetes/kubernetes-args.ts";
import { deploy, type Registration } from "../../../support/engine.ts";

const user = { uid: 1000, gid: 1000 };
const resources = { cpuRequest: 0.25, cpuLimit: 1, memoryRequestMiB: 64, memoryLimitMiB: 128 };
const plain: Workload = {
  image: "web:1",
  command: ["serve"],
  probes: { readiness: { check: { kind: "exec", command: ["true"] } } },
  resources,
  user,
};
const nodes = [{ cpus: 4, memoryGiB: 16, count: 3 }];

const on = (args: Partial<KubernetesArgs>, use: (target: Kubernetes) => void) =>
  deploy(() => use(new Kubernetes("t", { cluster: { nodes }, ...args })));
const only = (all: readonly Registration[], type: string): Registration => {
  const found = all.filter((each) => each.type.endsWith(`:${type}`));
  expect(found).toHaveLength(1);
  return found[0]!;
};
const templateOf = ({ inputs }: Registration) => inputs["spec"].template;
const claimAt = (registration: Registration, path: string) => {
  const { containers, volumes } = templateOf(registration).spec;
  const mount = containers[0].volumeMounts.find((each: { mountPath: string }) => each.mountPath === path);
  const volume = volumes.find((each: { name: string }) => each.name === mount.name);
  return { readOnly: mount.readOnly, ...volume.persistentVolumeClaim };
};

describe("a folder that several workloads have", () => {
  const sharing = (use: (target: Kubernetes, models: SharedVolume) => void, cluster: Partial<Cluster> = {}) =>
    on({ cluster: { nodes, ...cluster } }, (target) =>
      use(target, target.share("models", { sizeGiB: 10, user }, { parent: target })),
    );
  const fetchAndServe = (target: Kubernetes, volume: SharedVolume) => {
    const job = { ...plain, shared: { models: { volume, path: "/models", writable: true } } };
    target.complete("fetch", job, { parent: target });
    target.run("web", () => ({ ...plain, shared: { models: { volume, path: "/cache" } } }), {
      parent: target,
    });
  };

  it("[K4] is one claim, written by those that say so and read by the others", async () => {
    const all = await sharing(fetchAndServe);
    const claim = only(all, "PersistentVolumeClaim");
    expect(claim.inputs["spec"]).toEqual({
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "10Gi" } },
    });
    expect(claim).toMatchObject({ protect: true, retainOnDelete: true });
    expect(claimAt(only(all, "Job"), "/models")).toEqual({ claimName: "models", readOnly: false });
    expect(claimAt(only(all, "Deployment"), "/cache")).toEqual({ claimName: "models", readOnly: true });
    for (const kind of ["Job", "Deployment"]) expect(only(all, kind).dependencies).toContain(claim.urn);
  });

  it("keeps its pods on one node, by a label that all of them bear", async () => {
    const all = await sharing(fetchAndServe);
    for (const kind of ["Job", "Deployment"]) {
      const { metadata, spec } = templateOf(only(all, kind));
      const [term] = spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution;
      expect(term.topologyKey).toBe("kubernetes.io/hostname");
      expect(metadata.labels).toMatchObject(term.labelSelector.matchLabels);
      expect(term.labelSelector.matchLabels).toEqual({
        "app.kubernetes.io/instance": "t",
        "keelson/volume-models": "shared",
      });
    }
  });

  it("lets its pods go anywhere where the cluster has a class of volumes for that", async () => {
    const all = await sharing(fetchAndServe, { sharedStorageClass: "nfs" });
    expect(only(all, "PersistentVolumeClaim").inputs["spec"]).toMatchObject({
      accessModes: ["ReadWriteMany"],
      storageClassName: "nfs",
    });
    expect(templateOf(only(all, "Deployment")).spec.affinity.podAffinity).toBeUndefined();
  });
});

describe("a volume that somebody else fills", () => {
  const wanting = (folders: Record<string, string>, args: Partial<KubernetesArgs>) =>
    on(args, (target) => void target.run("web", () => ({ ...plain, folders }), { parent: target }));

  it("[K6, G6] is claimed by its name, read by the pods that want it, and kept", async () => {
    const all = await wanting(
      { documents: "/documents" },
      { folders: { documents: { volume: "team-documents", storageClass: "nfs" } } },
    );
    const claim = only(all, "PersistentVolumeClaim");
    expect(claim.inputs["spec"]).toMatchObject({
      accessModes: ["ReadOnlyMany"],
      volumeName: "team-documents",
      storageClassName: "nfs",
    });
    expect(claimAt(only(all, "Deployment"), "/documents")).toEqual({
      claimName: claim.inputs["metadata"].name,
      readOnly: true,
    });
    expect(only(all, "Deployment").dependencies).toContain(claim.urn);
    expect(claim).toMatchObject({ protect: true, retainOnDelete: true });
  });

  it("is refused where the target has none of that name, with those that it has", async () => {
    await expect(wanting({ documents: "/documents" }, {})).rejects.toThrow(
      /"web" wants the folder "documents", and there are: none; state its volume in folders/,
    );
  });
});

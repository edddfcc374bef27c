import { describe, expect, it } from "vitest";
import type { Registration } from "../../../support/engine.ts";
import { clusterOf } from "../../../support/google-cloud.ts";

const ofType = (all: readonly Registration[], type: string) => all.filter((each) => each.type === type);

describe("a cluster on GKE", () => {
  it("[G18] switches the APIs on before anything else, and leaves them on when it goes", async () => {
    const { all } = await clusterOf();
    const services = ofType(all, "gcp:projects/service:Service");
    const names = services.map(({ inputs }) => inputs["service"]);
    expect(names).toEqual(expect.arrayContaining(["container.googleapis.com", "cloudkms.googleapis.com"]));
    expect(services.every(({ inputs }) => inputs["disableOnDestroy"] === false)).toBe(true);
    const others = all.filter(
      ({ type }) => type.startsWith("gcp:") && !services.some((each) => each.type === type),
    );
    for (const { urn: service } of services)
      expect(
        others.filter(({ dependencies }) => !dependencies.includes(service)).map(({ urn }) => urn),
      ).toEqual([]);
  });

  it("switches on the APIs of what is asked for, and of nothing else", async () => {
    const services = async (args: Parameters<typeof clusterOf>[0]) =>
      ofType((await clusterOf(args)).all, "gcp:projects/service:Service").map(({ name }) => name);
    const plain = await services({});
    const budget = { monthlyUsd: 100, email: "operations@example.com" };
    const more = await services({ registry: true, zone: "ai.example.com", budget });
    expect(more.filter((name) => !plain.includes(name))).toEqual([
      "prod-artifactregistry",
      "prod-billingbudgets",
      "prod-containerscanning",
      "prod-dns",
    ]);
  });

  it("[G18] runs nodes as an account that may write logs and metrics, and read the registry", async () => {
    const { all } = await clusterOf({ registry: true });
    const member = "serviceAccount:prod-nodes@acme-ai.iam.gserviceaccount.com";
    const granted = all
      .filter(({ inputs }) => inputs["member"] === member)
      .map(({ inputs }) => String(inputs["role"]));
    expect(granted.toSorted()).toEqual([
      "roles/artifactregistry.reader",
      "roles/container.defaultNodeServiceAccount",
    ]);
  });

  it("[G18] keeps backups in a bucket of its own key, whose only user is one account of the cluster", async () => {
    const account = { namespace: "melvin", name: "saver" };
    const { gke, all } = await clusterOf({ backups: { account, retentionDays: 90 } });
    const [bucket] = ofType(all, "gcp:storage/bucket:Bucket");
    expect(bucket!.inputs).toMatchObject({
      name: "acme-ai-prod-backups",
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      versioning: { enabled: true },
      encryption: { defaultKmsKeyName: "prod-backups-id" },
      softDeletePolicy: { retentionDurationSeconds: 0 },
    });
    expect(bucket!.inputs["lifecycleRules"]).toContainEqual({
      action: { type: "Delete" },
      condition: { daysSinceNoncurrentTime: 90, withState: "ARCHIVED" },
    });
    const users = ofType(all, "gcp:storage/bucketIAMMember:BucketIAMMember").map(({ inputs }) => inputs);
    const pool = "projects/42/locations/global/workloadIdentityPools/acme-ai.svc.id.goog";
    expect(users).toEqual([
      {
        bucket: "acme-ai-prod-backups",
        role: "roles/storage.objectUser",
        member: `principal://iam.googleapis.com/${pool}/subject/ns/melvin/sa/saver`,
      },
    ]);
    expect(gke.backups).toMatchObject({ annotations: {}, podLabels: {} });
  });

  it("[G18] has a storage class of encrypted disks, which waits for the nodes that volumes are for", async () => {
    const { gke, all } = await clusterOf();
    const [storageClass] = ofType(all, "kubernetes:storage.k8s.io/v1:StorageClass");
    expect(gke.cluster.storageClass).toBe("pd-balanced");
    expect(storageClass!.inputs).toMatchObject({
      metadata: { name: "pd-balanced" },
      provisioner: "pd.csi.storage.gke.io",
      parameters: { type: "pd-balanced", "disk-encryption-kms-key": "prod-disks-id" },
      volumeBindingMode: "WaitForFirstConsumer",
    });
  });

  it("protects what can't be had again, until deletion is allowed", async () => {
    const kept = async (deletionProtection: boolean) => {
      const { all } = await clusterOf({ deletionProtection, zone: "ai.example.com" });
      const [cluster] = ofType(all, "gcp:container/cluster:Cluster");
      const [bucket] = ofType(all, "gcp:storage/bucket:Bucket");
      return {
        refused: cluster!.inputs["deletionProtection"],
        emptied: bucket!.inputs["forceDestroy"],
        protected: all.filter(({ protect }) => protect).map(({ type }) => type.split(":").at(-1)!),
      };
    };
    const whole = [
      "Network",
      "Subnetwork",
      "Cluster",
      "ManagedZone",
      "CryptoKey",
      "CryptoKey",
      "CryptoKey",
      "Bucket",
    ];
    expect(await kept(true)).toEqual({ refused: true, emptied: false, protected: whole });
    expect(await kept(false)).toEqual({ refused: false, emptied: true, protected: [] });
  });

  it("labels all that it makes with its name and the stack's tags", async () => {
    const { all } = await clusterOf({ tags: { team: "platform" } });
    const labels = { keelson: "prod", team: "platform" };
    const [provider] = ofType(all, "pulumi:providers:gcp");
    expect(JSON.parse(provider!.inputs["defaultLabels"])).toEqual(labels);
    const [pool] = ofType(all, "gcp:container/nodePool:NodePool");
    expect(pool!.inputs["nodeConfig"].resourceLabels).toEqual(labels);
    const own = all.filter(({ type }) => type.startsWith("gcp:"));
    expect(own.every(({ urn }) => urn.includes("keelson:clusters:Gke"))).toBe(true);
  });

  it("[G18] installs the entry, with a load balancer that passes connections through, once something needs it", async () => {
    const releases = (all: readonly Registration[]) => ofType(all, "kubernetes:helm.sh/v3:Release");
    expect(releases((await clusterOf()).all)).toEqual([]);
    const { gke, all } = await clusterOf({}, ({ cluster }) => [
      cluster.install!("entry"),
      cluster.install!("metrics"),
    ]);
    expect(gke.cluster.entry).toEqual({ kind: "ingress", class: "traefik", namespace: "traefik" });
    const [traefik, ...others] = releases(all);
    expect(others).toEqual([]);
    expect(traefik!.inputs["values"].service.annotations).toEqual({ "cloud.google.com/l4-rbs": "enabled" });
  });

  it("[G18] is previewed before anything of it is there", async () => {
    const { all } = await clusterOf({ registry: true, zone: "ai.example.com" }, undefined, { preview: true });
    expect(ofType(all, "gcp:container/nodePool:NodePool")).toHaveLength(1);
    expect(ofType(all, "kubernetes:storage.k8s.io/v1:StorageClass")).toHaveLength(1);
  });

  it("tells somebody when the bill nears a sum, by a provider whose quota is the project's", async () => {
    const { all } = await clusterOf({ budget: { monthlyUsd: 900, email: "operations@example.com" } });
    expect(ofType(all, "gcp:billing/budget:Budget")[0]!.inputs).toMatchObject({
      billingAccount: "01AB-CD",
      amount: { specifiedAmount: { currencyCode: "USD", units: "900" } },
      budgetFilter: { projects: ["projects/42"] },
    });
    expect(ofType(all, "pulumi:providers:gcp")[0]!.inputs).toMatchObject({ billingProject: "acme-ai" });
  });
});

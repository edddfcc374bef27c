import { describe, expect, it } from "vitest";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import { unknown } from "../../../../embedded/plugins/provider/value.ts";
import { ImaginedGoogle, poolInputs, region, types } from "./imagined-google.ts";

describe("a cluster of the imagined Google Cloud", () => {
  it("has this machine's control plane, and is born with storage classes", async () => {
    const google = await ImaginedGoogle.withApis();
    const { id, outputs } = await google.cluster({ minMasterVersion: "1.36" });
    expect(id).toBe(`projects/acme-ai/locations/${region}/clusters/prod`);
    expect(outputs).toMatchObject({
      endpoint: "10.90.0.1:6443",
      masterAuth: { clusterCaCertificate: "LS0tLS1CRUdJTg==" },
      masterVersion: "1.36.3",
      nodeLocations: [`${region}-a`, `${region}-b`, `${region}-c`],
      clusterIpv4Cidr: "10.4.0.0/16",
      servicesIpv4Cidr: "10.8.0.0/20",
      effectiveLabels: { team: "platform", "goog-pulumi-provisioned": "true" },
    });
    expect([...google.localCluster.storageClasses.keys()]).toEqual(["standard-rwo", "premium-rwo"]);
  });

  it.each<[string, Values, string]>([
    ["of no place", { location: "mars-north1" }, "'mars-north1' is no region of Google Cloud"],
    ["without a first pool", { initialNodeCount: 0 }, "Cluster.initial_node_count must be greater than zero"],
    ["that keeps it", { removeDefaultNodePool: false }, "set removeDefaultNodePool to true"],
    [
      "whose pods' range is not there",
      { ipAllocationPolicy: { clusterSecondaryRangeName: "more" } },
      'Pod secondary range "more" does not exist in network "prod"',
    ],
    [
      "elsewhere than its network",
      { location: "us-central1" },
      "is not in the region us-central1 of the cluster",
    ],
    ["with zones elsewhere", { nodeLocations: ["us-central1-a"] }, `are no zones of ${region}`],
    [
      "with policies enforced twice",
      { datapathProvider: "ADVANCED_DATAPATH", networkPolicy: { enabled: true } },
      "Enabling NetworkPolicy for clusters with DatapathProvider=ADVANCED_DATAPATH is not allowed",
    ],
    [
      "that nobody could reach",
      { privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true } },
      "master_authorized_networks_config must be enabled",
    ],
    [
      "with identities of another project",
      { workloadIdentityConfig: { workloadPool: "other.svc.id.goog" } },
      'it is "acme-ai.svc.id.goog"',
    ],
    [
      "with a key that is missing",
      { databaseEncryption: { state: "ENCRYPTED" } },
      'databaseEncryption "ENCRYPTED" takes a keyName',
    ],
    ["of an old version", { minMasterVersion: "1.20" }, 'Master version "1.20" is unsupported'],
    ["of no version", { minMasterVersion: "newest" }, '"newest" is no version'],
    [
      "whose nodes are an account that is not there",
      { nodeConfig: { serviceAccount: "gone@acme-ai.iam.gserviceaccount.com" } },
      "'gone@acme-ai.iam.gserviceaccount.com' that 'nodeConfig.serviceAccount' names was not found",
    ],
  ])("%s is refused", async (_, own, problem) => {
    const google = await ImaginedGoogle.withApis();
    await expect(google.cluster(own)).rejects.toThrow(problem);
  });

  it.each<[Values, string]>([
    [{ name: "-prod" }, "1 to 40 lower-case letters"],
    [{ releaseChannel: { channel: "FAST" } }, "'FAST' is not one of 'UNSPECIFIED', 'RAPID'"],
    [{ masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: "10.0.0.1/8" }] } }, "write 10.0.0.0/8"],
    [{ privateClusterConfig: { masterIpv4CidrBlock: "172.16.0.0/27" } }, "must be between /28 and /28"],
    [{ loggingConfig: { enableComponents: ["EVERYTHING"] } }, "'EVERYTHING' is not one of"],
    [{ resourceLabels: { Team: "x" } }, 'Team="x" cannot be labels'],
    [
      {
        maintenancePolicy: {
          recurringWindow: { startTime: "today", endTime: "2026-01-03T10:00:00Z", recurrence: "FREQ=DAILY" },
        },
      },
      "'today' is no time",
    ],
    [
      {
        maintenancePolicy: {
          recurringWindow: {
            startTime: "2026-01-03T02:00:00Z",
            endTime: "2026-01-03T10:00:00Z",
            recurrence: "FREQ=HOURLY",
          },
        },
      },
      "'FREQ=HOURLY' is no recurrence",
    ],
    [{ enableTpu: true }, "the embedded gcp plugin does not know this input, which the official plugin may"],
  ])("is refused before anything is made with %j", async (own, problem) => {
    const google = new ImaginedGoogle();
    expect(await google.failures(types.cluster, { initialNodeCount: 1, ...own })).toEqual([
      expect.stringContaining(problem),
    ]);
  });

  it("is upgraded by one minor version at a time, and never downgraded", async () => {
    const google = await ImaginedGoogle.withApis();
    const old = await google.cluster({ minMasterVersion: "1.34" });
    const to = (minMasterVersion: string) => ({ ...old.inputs, minMasterVersion });
    expect(await google.diff(old, to("1.35"))).toMatchObject({ differs: ["minMasterVersion"], replaces: [] });
    await expect(google.update(old, to("1.36"))).rejects.toThrow("so go to 1.35 first");
    const newer = await google.update(old, to("1.35"));
    await expect(google.update(newer, to("1.34"))).rejects.toThrow("cannot be downgraded from 1.35 to 1.34");
  });

  it("is replaced where the cloud cannot change it, and else changed in place", async () => {
    const google = await ImaginedGoogle.withApis();
    const cluster = await google.cluster({ datapathProvider: "LEGACY_DATAPATH" });
    const changes: readonly (readonly [Values, readonly string[]])[] = [
      [{}, []],
      [{ deletionProtection: true, releaseChannel: { channel: "STABLE" } }, []],
      [{ datapathProvider: "ADVANCED_DATAPATH" }, ["datapathProvider"]],
      [
        { ipAllocationPolicy: { clusterSecondaryRangeName: "pods", servicesSecondaryRangeName: "pods" } },
        ["ipAllocationPolicy"],
      ],
    ];
    for (const [own, replaces] of changes)
      expect(await google.diff(cluster, { ...cluster.inputs, ...own })).toMatchObject({ replaces });
    expect(await google.diff(cluster, cluster.inputs)).toMatchObject({ changed: false });
  });

  it("is kept by its protection from deletion, until that is gone", async () => {
    const google = await ImaginedGoogle.withApis();
    const cluster = await google.cluster({ deletionProtection: true });
    await expect(google.delete(cluster)).rejects.toThrow(
      "set deletionProtection to false and run `pulumi up` first",
    );
    await google.delete(await google.update(cluster, { ...cluster.inputs, deletionProtection: false }));
    expect(google.store.all("clusters")).toEqual([]);
    expect(google.localCluster.storageClasses.size).toBe(0);
  });

  it("takes its pools and their nodes with it", async () => {
    const google = await ImaginedGoogle.withApis();
    const cluster = await google.cluster();
    await google.create(types.pool, "general", poolInputs);
    await google.delete(cluster);
    expect(google.store.all("nodePools")).toEqual([]);
    expect(google.localCluster.pools.size).toBe(0);
  });

  it("is found by its name", async () => {
    const google = await ImaginedGoogle.withApis();
    const ask = () =>
      google.invoke("gcp:container/getCluster:getCluster", { name: "prod", location: region });
    await expect(ask()).rejects.toThrow(
      `projects/acme-ai/locations/${region}/clusters/prod not found: there is no cluster`,
    );
    await google.cluster();
    expect(await ask()).toMatchObject({
      endpoint: "10.90.0.1:6443",
      masterAuths: [{ clusterCaCertificate: "LS0tLS1CRUdJTg==" }],
      workloadIdentityConfigs: [{ workloadPool: "acme-ai.svc.id.goog" }],
    });
  });

  it("is previewed without being known", async () => {
    const google = new ImaginedGoogle();
    const planned = await google.preview(types.cluster, "prod", { initialNodeCount: 1, network: unknown });
    expect(planned).toMatchObject({ endpoint: unknown, masterAuth: unknown, deletionProtection: true });
  });
});

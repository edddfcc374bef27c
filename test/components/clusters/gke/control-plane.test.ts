import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { GkeArgs } from "../../../../components/clusters/gke.ts";
import { type Registration, secretsOf } from "../../../support/engine.ts";
import { clusterOf } from "../../../support/google-cloud.ts";

const ofType = (all: readonly Registration[], type: string) => all.filter((each) => each.type === type);
const CLUSTER = "gcp:container/cluster:Cluster";
const controlPlane = async (args: Partial<GkeArgs> = {}) => {
  const { all } = await clusterOf(args);
  return ofType(all, CLUSTER)[0]!.inputs;
};

/** Kubeconfig of the provider that the cluster's own objects are made with. */
function kubeconfigOf(all: readonly Registration[]) {
  const [secret] = secretsOf(ofType(all, "pulumi:providers:kubernetes")[0]!);
  return parse(JSON.parse(secret!).value);
}

describe("the control plane of a cluster on GKE", () => {
  it("[G18] has private nodes only, and an API server that stated networks reach", async () => {
    expect(await controlPlane()).toMatchObject({
      networkingMode: "VPC_NATIVE",
      privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: false },
      masterAuthorizedNetworksConfig: {
        cidrBlocks: [{ cidrBlock: "198.51.100.0/24" }],
        gcpPublicCidrsAccessEnabled: false,
      },
    });
  });

  it("has no address on the internet where no network is stated", async () => {
    expect(await controlPlane({ access: [] })).toMatchObject({
      privateClusterConfig: { enablePrivateEndpoint: true },
      masterAuthorizedNetworksConfig: { gcpPublicCidrsAccessEnabled: false },
    });
  });

  it("[G18] encrypts Secrets with a key that GKE's own account may use before the cluster is made", async () => {
    const { all } = await clusterOf();
    const [cluster] = ofType(all, CLUSTER);
    const grant = ofType(all, "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember").find(
      ({ name }) => name === "prod-secrets",
    )!;
    expect(cluster!.inputs["databaseEncryption"]).toEqual({ state: "ENCRYPTED", keyName: "prod-secrets-id" });
    expect(grant.inputs["member"]).toBe(
      "serviceAccount:service-42@container-engine-robot.iam.gserviceaccount.com",
    );
    expect(cluster!.dependencies).toContain(grant.urn);
  });

  it("[O11] is of the current Kubernetes, and follows a release channel within a window for maintenance", async () => {
    expect(await controlPlane()).toMatchObject({
      minMasterVersion: "1.36",
      releaseChannel: { channel: "REGULAR" },
      maintenancePolicy: { recurringWindow: { recurrence: "FREQ=WEEKLY;BYDAY=SA,SU" } },
    });
    const maintenance = {
      start: "2026-01-01T22:00:00Z",
      end: "2026-01-02T04:00:00Z",
      recurrence: "FREQ=DAILY",
    };
    expect(await controlPlane({ version: "1.35", channel: "STABLE", maintenance })).toMatchObject({
      minMasterVersion: "1.35",
      releaseChannel: { channel: "STABLE" },
      maintenancePolicy: {
        recurringWindow: { startTime: maintenance.start, endTime: maintenance.end, recurrence: "FREQ=DAILY" },
      },
    });
  });

  it("enforces network policies, and has names looked up where a policy can let pods ask", async () => {
    expect(await controlPlane()).toMatchObject({
      datapathProvider: "ADVANCED_DATAPATH",
      dnsConfig: { clusterDns: "KUBE_DNS" },
      addonsConfig: { dnsCacheConfig: { enabled: false } },
    });
  });

  it("reads workloads by Google's Prometheus only where it is asked to", async () => {
    const prometheus = async (args: Partial<GkeArgs>) =>
      (await controlPlane(args))["monitoringConfig"].managedPrometheus.enabled;
    expect([await prometheus({}), await prometheus({ managedPrometheus: true })]).toEqual([false, true]);
  });

  it("[G18] is reached by a secret kubeconfig that asks Google's plugin for a token, once there are nodes", async () => {
    const { all } = await clusterOf();
    const [provider] = ofType(all, "pulumi:providers:kubernetes");
    expect(provider!.inputs["kubeconfig"]).toBe("[secret]");
    const [general] = ofType(all, "gcp:container/nodePool:NodePool");
    expect(provider!.dependencies).toContain(general!.urn);
    const kubeconfig = kubeconfigOf(all);
    expect(kubeconfig.clusters[0].cluster).toEqual({
      server: "https://203.0.113.10",
      "certificate-authority-data": "Y2VydGlmaWNhdGU=",
    });
    expect(kubeconfig.users[0].user.exec).toMatchObject({
      command: "gke-gcloud-auth-plugin",
      args: ["--use_application_default_credentials"],
      provideClusterInfo: true,
    });
    expect(kubeconfig.contexts[0].context).toEqual({ cluster: "prod", user: "prod" });
    expect(kubeconfig["current-context"]).toBe("prod");
  });

  it("calls add-ons by the ports of their webhooks, and reaches nothing else of the nodes beside what GKE opens", async () => {
    const { all } = await clusterOf({ ranges: { controlPlane: "192.168.9.0/28" } });
    const rules = ofType(all, "gcp:compute/firewall:Firewall").map(({ inputs }) => inputs);
    expect(rules).toEqual([
      expect.objectContaining({
        sourceRanges: ["192.168.9.0/28"],
        targetServiceAccounts: ["prod-nodes@acme-ai.iam.gserviceaccount.com"],
        allows: [{ protocol: "tcp", ports: ["6443", "9443", "10250"] }],
      }),
    ]);
    expect(
      (await controlPlane({ ranges: { controlPlane: "192.168.9.0/28" } }))["privateClusterConfig"],
    ).toMatchObject({ masterIpv4CidrBlock: "192.168.9.0/28" });
  });
});

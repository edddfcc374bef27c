import * as k8s from "@pulumi/kubernetes";
import { describe, expect, it } from "vitest";
import { CALLED_PORTS, CHARTS } from "../../../../components/clusters/add-ons/charts.ts";
import { AddOns, type AddOnsArgs } from "../../../../components/clusters/add-ons/index.ts";
import type { AddOn } from "../../../../components/targets/kubernetes/cluster.ts";
import { deploy, type Registration } from "../../../support/engine.ts";

const ALL: readonly AddOn[] = ["entry", "certManager", "keda", "cloudNativePg", "metrics"];

/** What is registered besides the provider when `use` asks for add-ons. */
async function installing(use: (addOns: AddOns) => unknown, args: Partial<AddOnsArgs> = {}) {
  const all = await deploy(() => {
    const provider = new k8s.Provider("cluster", {});
    use(new AddOns("ai-add-ons", { provider, entryService: {}, ...args }));
  });
  const of = (type: string) => all.filter((one) => one.type.endsWith(`:${type}`));
  const release = (chart: string) => of("Release").find(({ inputs }) => inputs["chart"] === chart)!;
  return { all, of, release, values: (chart: string) => release(chart).inputs["values"] };
}

const names = (some: readonly Registration[]) => some.map(({ name }) => name);

describe("add-ons", () => {
  it("are not installed before something asks for one", async () => {
    const { all } = await installing(() => undefined);
    expect(names(all)).toEqual(["ai-add-ons", "cluster"]);
  });

  it("are installed once, however often they are asked for", async () => {
    const { of } = await installing((addOns) => {
      expect(addOns.install("keda")).toBe(addOns.install("keda"));
    });
    expect(names(of("Release"))).toEqual(["ai-add-ons-keda"]);
  });

  it("that the cloud brings are waited for with the cluster, and not installed", async () => {
    const { all } = await installing(
      (addOns) => expect(addOns.install("metrics")).toBeInstanceOf(k8s.Provider),
      { present: ["metrics"] },
    );
    expect(names(all)).toEqual(["ai-add-ons", "cluster"]);
  });

  it("[G18] come as pinned charts of their own repositories, which are waited for and taken back when they fail", async () => {
    const { of } = await installing((addOns) => ALL.forEach(addOns.install));
    expect(of("Release")).toHaveLength(ALL.length);
    for (const { inputs } of of("Release")) {
      const { repository, version } = CHARTS[inputs["chart"] as keyof typeof CHARTS];
      expect(inputs).toMatchObject({
        name: inputs["chart"],
        version,
        repositoryOpts: { repo: repository },
        atomic: true,
        skipAwait: false,
        timeout: 600,
      });
      expect(version).toMatch(/^v?\d+\.\d+\.\d+$/);
    }
  });

  it("[G18] have a namespace each, in which pods keep the restricted standard", async () => {
    const { of } = await installing((addOns) => ALL.forEach(addOns.install));
    const namespaces = of("Namespace").map(({ inputs }) => inputs["metadata"]);
    expect(namespaces.map(({ name }): string => name).toSorted()).toEqual([
      "cert-manager",
      "cnpg-system",
      "keda",
      "metrics-server",
      "traefik",
    ]);
    for (const { labels } of namespaces)
      expect(labels).toMatchObject({ "pod-security.kubernetes.io/enforce": "restricted" });
    const placed = of("Release").map(({ inputs }): string => inputs["namespace"]);
    expect(placed.toSorted()).toEqual(namespaces.map(({ name }): string => name).toSorted());
  });

  it("have priority over workloads, by a class that is there before them", async () => {
    const { of, values } = await installing((addOns) => ALL.forEach(addOns.install));
    const [priority] = of("PriorityClass");
    for (const { dependencies } of of("Release")) expect(dependencies).toContain(priority?.urn);
    const name = priority?.inputs["metadata"].name;
    for (const chart of ["traefik", "keda", "metrics-server", "cloudnative-pg"])
      expect(values(chart).priorityClassName).toBe(name);
    expect(values("cert-manager").global.priorityClassName).toBe(name);
  });

  it("run in two copies, on nodes that may be emptied one by one", async () => {
    const { values } = await installing((addOns) => ALL.forEach(addOns.install));
    const budget = { enabled: true, maxUnavailable: 1 };
    expect(values("traefik")).toMatchObject({ deployment: { replicas: 2 }, podDisruptionBudget: budget });
    const { cainjector, webhook, ...controller } = values("cert-manager");
    for (const program of [controller, cainjector, webhook])
      expect(program).toMatchObject({ replicaCount: 2, podDisruptionBudget: budget });
    expect(values("keda")).toMatchObject({
      operator: { replicaCount: 2 },
      metricsServer: { replicaCount: 2 },
      webhooks: { replicaCount: 2 },
      podDisruptionBudget: { operator: { maxUnavailable: 1 }, webhooks: { maxUnavailable: 1 } },
    });
    expect(values("metrics-server")).toMatchObject({ replicas: 2, podDisruptionBudget: budget });
    expect(values("cloudnative-pg")).toMatchObject({ replicaCount: 2 });
  });

  it("name the ports at which the API server calls them", () => {
    expect(CALLED_PORTS).toEqual([6443, 9443, 10_250]);
  });
});

describe("the entry", () => {
  it("[G18] is Traefik, which answers the class of that name behind a load balancer as the cloud wants it", async () => {
    const annotations = { "example.com/load-balancer": "network" };
    const { values } = await installing((addOns) => addOns.install("entry"), {
      entryService: { annotations, spec: { loadBalancerClass: "example.com/nlb" } },
    });
    expect(values("traefik")).toMatchObject({
      ingressClass: { enabled: true, name: "traefik", isDefaultClass: false },
      providers: {
        kubernetesIngress: { enabled: true },
        kubernetesCRD: { enabled: true },
        kubernetesGateway: { enabled: false },
      },
      service: {
        annotations,
        spec: {
          type: "LoadBalancer",
          externalTrafficPolicy: "Local",
          loadBalancerClass: "example.com/nlb",
        },
      },
      tlsOptions: { default: { minVersion: "VersionTLS12" } },
      api: { dashboard: false },
      global: { sendAnonymousUsage: false, checkNewVersion: false },
    });
  });

  it("lets requests take as long as they like to arrive", async () => {
    const { values } = await installing((addOns) => addOns.install("entry"));
    for (const port of ["web", "websecure"])
      expect(values("traefik").ports[port].transport.respondingTimeouts).toEqual({ readTimeout: 0 });
  });

  it("serves the Gateway API where it is asked to, at the ports that listeners have", async () => {
    const { values } = await installing((addOns) => addOns.install("entry"), { gateway: true });
    expect(values("traefik")).toMatchObject({
      providers: { kubernetesIngress: { enabled: true }, kubernetesGateway: { enabled: true } },
      gateway: { enabled: false },
      gatewayClass: { enabled: true, name: "traefik" },
      ports: { web: { port: 80 }, websecure: { port: 443, transport: expect.anything() } },
      podSecurityContext: { sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }] },
    });
  });
});

describe("certificates", () => {
  const certificates = { email: "operations@example.com" };

  it("[G18] are obtained from Let's Encrypt by an issuer that is there after cert-manager, and answers through the entry", async () => {
    const { of, release } = await installing((addOns) => addOns.install("certManager"), { certificates });
    const [issuer] = of("ClusterIssuer");
    expect(issuer?.dependencies).toContain(release("cert-manager").urn);
    expect(issuer?.inputs).toMatchObject({
      metadata: { name: "letsencrypt" },
      spec: {
        acme: {
          email: certificates.email,
          server: "https://acme-v02.api.letsencrypt.org/directory",
          solvers: [{ http01: { ingress: { ingressClassName: "traefik" } } }],
        },
      },
    });
  });

  it("are waited for with their issuer", async () => {
    await installing(
      (addOns) => expect(addOns.install("certManager")).toBeInstanceOf(k8s.apiextensions.CustomResource),
      { certificates },
    );
  });

  it("have their issuer where the cloud brings cert-manager, too, and none where nobody is told of them", async () => {
    const install = (addOns: AddOns) => addOns.install("certManager");
    const brought = await installing(install, { certificates, present: ["certManager"] });
    expect([brought.of("Release").length, brought.of("ClusterIssuer").length]).toEqual([0, 1]);
    const untold = await installing(install);
    expect([untold.of("Release").length, untold.of("ClusterIssuer").length]).toEqual([1, 0]);
  });

  it("outlive cert-manager, as autoscalers do KEDA: definitions stay when a release goes", async () => {
    const { values } = await installing((addOns) => ALL.forEach(addOns.install));
    expect(values("cert-manager").crds).toEqual({ enabled: true, keep: true });
    expect(values("keda").crds.additionalAnnotations).toEqual({ "helm.sh/resource-policy": "keep" });
  });
});

describe("a chart that one cloud only needs", () => {
  it("is installed with the cloud's values over those of the table", async () => {
    const { values } = await installing((addOns) =>
      addOns.release("cluster-autoscaler", {
        awsRegion: "us-west-2",
        autoDiscovery: { clusterName: "ai" },
        containerSecurityContext: { privileged: false },
      }),
    );
    expect(values("cluster-autoscaler")).toMatchObject({
      awsRegion: "us-west-2",
      autoDiscovery: { clusterName: "ai" },
      replicaCount: 2,
      containerSecurityContext: {
        privileged: false,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
    });
  });

  it("is refused a second time", async () => {
    await installing((addOns) => {
      addOns.install("metrics");
      expect(() => addOns.release("metrics-server", {})).toThrow(/"metrics-server" is installed already/);
    });
  });
});

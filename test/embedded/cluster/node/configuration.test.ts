import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { configurationFile } from "../../../../embedded/cluster/node/configuration.ts";
import { containerdConfiguration } from "../../../../embedded/cluster/node/containerd.ts";
import { nodeFolders } from "../../../../embedded/cluster/node/folders.ts";
import { ingressConfiguration, ingressObjects } from "../../../../embedded/cluster/node/ingress.ts";
import { kubeProxyConfiguration } from "../../../../embedded/cluster/node/kube-proxy.ts";
import { kubeletConfiguration } from "../../../../embedded/cluster/node/kubelet.ts";
import { corefile, nameServerObjects } from "../../../../embedded/cluster/node/name-server.ts";
import { metricsObjects } from "../../../../embedded/cluster/node/metrics.ts";
import { podNetwork } from "../../../../embedded/cluster/node/pod-network.ts";
import { helperPod, volumeConfiguration, volumeObjects } from "../../../../embedded/cluster/node/volumes.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const home = "/srv/state";
const folders = nodeFolders({ home });
const serving = { certificate: "/c/kubelet.crt", key: "/c/kubelet.key", authority: "/c/authority.crt" };

describe("a configuration file of the node", () => {
  it("has another path with other content, and the same one with the same", async () => {
    const context = { home: temporaryFolder() };
    const first = await configurationFile(context, "some.yaml", "a: 1");
    expect(await configurationFile(context, "some.yaml", "a: 1")).toBe(first);
    expect(await configurationFile(context, "some.yaml", "a: 2")).not.toBe(first);
    expect(path.basename(first)).toBe("some.yaml");
    expect(await readFile(first, "utf8")).toBe("a: 1");
  });
});

describe("containerd's configuration", () => {
  const text = containerdConfiguration({
    folders,
    programs: { "containerd-shim-runc-v2": "/bin/shim", bridge: '/plug"ins/bridge' },
    runc: "/usr/sbin/runc",
    sandboxImage: "docker.io/keelson/sandbox:1",
  });

  it("shares no folder and no socket with another containerd", () => {
    const places = [...text.matchAll(/^\s*(?:root|state|address|Root) = "(.*)"$/gm)].map(
      ([, place]) => place,
    );
    expect(places).toHaveLength(4);
    for (const place of places) expect(place).toMatch(/^\/(srv\/state\/cluster\/node|run\/keelson)\//);
    expect(text).toContain(
      'disabled_plugins = ["io.containerd.internal.v1.opt", "io.containerd.nri.v1.nri"]',
    );
  });

  it("runs containers with the given shim and runc, in the given sandbox, in control groups without systemd", () => {
    expect(text).toContain('runtime_path = "/bin/shim"');
    expect(text).toContain('BinaryName = "/usr/sbin/runc"');
    expect(text).toContain('sandbox = "docker.io/keelson/sandbox:1"');
    expect(text).toContain("SystemdCgroup = false");
    expect(text).toContain("restrict_oom_score_adj = true");
  });

  it("quotes what is special in TOML", () => {
    expect(text).toContain(String.raw`bin_dirs = ["/plug\"ins"]`);
  });
});

describe("kubelet's configuration", () => {
  const kubelet = kubeletConfiguration(folders, serving);

  it("lets in the API server and nobody unknown", () => {
    expect(kubelet.authentication).toEqual({
      anonymous: { enabled: false },
      x509: { clientCAFile: serving.authority },
    });
    expect(kubelet.authorization).toEqual({ mode: "Webhook" });
    expect(kubelet.address).toBe("10.90.0.1");
  });

  it("gives pods the cluster's name server, and nothing of the machine's", () => {
    expect(kubelet).toMatchObject({
      clusterDNS: ["10.96.0.10"],
      clusterDomain: "cluster.local",
      resolvConf: "",
    });
  });

  it("runs on either version of control groups, all pods below one group", () => {
    expect(kubelet).toMatchObject({ failCgroupV1: false, cgroupDriver: "cgroupfs", cgroupRoot: "/keelson" });
  });

  it("removes no image to make room: they come from Docker, and would be missing", () => {
    expect(kubelet.imageGCHighThresholdPercent).toBe(100);
  });
});

describe("the network of pods", () => {
  it("is a bridge with the addresses of the node's own range, by which pods reach themselves too", () => {
    const [bridge, ports] = podNetwork("/addresses").plugins;
    expect(bridge).toMatchObject({
      type: "bridge",
      isGateway: true,
      hairpinMode: true,
      ipam: {
        dataDir: "/addresses",
        ranges: [[{ subnet: "10.244.200.0/24" }]],
        routes: [{ dst: "0.0.0.0/0" }],
      },
    });
    expect(ports).toMatchObject({ type: "portmap" });
  });

  it("is led to by kube-proxy, which leaves the machine's limits of connections alone", () => {
    expect(kubeProxyConfiguration("/user")).toMatchObject({
      mode: "iptables",
      clusterCIDR: "10.244.200.0/24",
      nodePortAddresses: ["10.90.0.1/32"],
      conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: "0s", tcpCloseWaitTimeout: "0s" },
    });
  });
});

describe("the name server", () => {
  it("answers on the node's address alone, and remembers no absence of a service", () => {
    const text = corefile("/some user", "/etc/resolv.conf");
    expect(text).toContain("bind 10.90.0.1");
    expect(text).toContain('kubeconfig "/some user"');
    expect(text).toContain("disable denial cluster.local");
    expect(text).toContain('forward . "/etc/resolv.conf"');
  });

  it("asks nobody else where the machine knows nobody", () => {
    expect(corefile("/user", undefined)).not.toContain("forward");
  });

  it("is reached by its service over UDP and TCP", () => {
    const service = nameServerObjects.find(({ kind }) => kind === "Service");
    const slice = nameServerObjects.find(({ kind }) => kind === "EndpointSlice");
    const ports = [
      { name: "dns", port: 53, protocol: "UDP" },
      { name: "dns-tcp", port: 53, protocol: "TCP" },
    ];
    expect(service).toMatchObject({ spec: { clusterIP: "10.96.0.10", ports } });
    expect(slice).toMatchObject({
      metadata: { labels: { "kubernetes.io/service-name": "kube-dns" } },
      endpoints: [{ addresses: ["10.90.0.1"] }],
      ports,
    });
  });
});

describe("volumes", () => {
  it("are folders of this node, and of no simulated one", () => {
    expect(volumeConfiguration("/data").nodePathMap).toEqual([{ node: "keelson", paths: ["/data"] }]);
  });

  it("are made once a pod needs them, by a class that nobody gets unasked", () => {
    const storageClass = volumeObjects.find(({ kind }) => kind === "StorageClass");
    expect(storageClass).toMatchObject({
      metadata: { name: "local-path", annotations: { defaultVolumeType: "local" } },
      volumeBindingMode: "WaitForFirstConsumer",
    });
    expect(JSON.stringify(storageClass)).not.toContain("is-default-class");
  });

  it("are made by a pod whose image is on the node", () => {
    const [container] = helperPod("docker.io/keelson/sandbox:1").spec.containers;
    expect(container).toMatchObject({ image: "docker.io/keelson/sandbox:1", imagePullPolicy: "Never" });
  });
});

describe("the ingress controller", () => {
  const { entryPoints, providers, global } = ingressConfiguration();

  it("listens on the node's address alone, and cuts off no long request", () => {
    expect(entryPoints.web.address).toBe("10.90.0.1:80");
    expect(entryPoints.websecure).toMatchObject({ address: "10.90.0.1:443", http: { tls: {} } });
    for (const { transport } of [entryPoints.web, entryPoints.websecure]) {
      expect(transport.respondingTimeouts.readTimeout).toBe(0);
    }
  });

  it("reads Ingresses, Traefik's own resources and the Gateway API, and writes its address into their status", () => {
    expect(Object.keys(providers)).toEqual(["kubernetesIngress", "kubernetesCRD", "kubernetesGateway"]);
    expect(providers.kubernetesIngress.ingressEndpoint).toEqual({ ip: "10.90.0.1" });
    expect(providers.kubernetesGateway.statusAddress).toEqual({ ip: "10.90.0.1" });
  });

  it("tells nobody outside that it runs", () => {
    expect(global).toEqual({ checkNewVersion: false, sendAnonymousUsage: false });
  });

  it("is what the classes named traefik mean", () => {
    const classes = ingressObjects.filter(({ kind }) => kind.endsWith("Class"));
    expect(classes).toMatchObject([
      {
        kind: "IngressClass",
        metadata: { name: "traefik" },
        spec: { controller: "traefik.io/ingress-controller" },
      },
      {
        kind: "GatewayClass",
        metadata: { name: "traefik" },
        spec: { controllerName: "traefik.io/gateway-controller" },
      },
    ]);
  });

  it("may read secrets for their certificates, and write nothing but the status of what it serves", () => {
    const role = ingressObjects.find(({ kind }) => kind === "ClusterRole") as {
      rules: { resources: string[]; verbs: string[] }[];
    };
    const writing = role.rules.filter(({ verbs }) =>
      verbs.some((verb) => !["get", "list", "watch"].includes(verb)),
    );
    for (const { resources } of writing)
      for (const resource of resources) expect(resource).toMatch(/\/status$/);
  });
});

describe("metrics", () => {
  it("are asked for at the node's address, whose certificate the cluster's authority signed", () => {
    const objects = metricsObjects("authority");
    const slice = objects.find(({ kind }) => kind === "EndpointSlice");
    const service = objects.find(({ kind }) => kind === "APIService");
    expect(slice).toMatchObject({ endpoints: [{ addresses: ["10.90.0.1"] }], ports: [{ port: 4443 }] });
    expect(service).toMatchObject({
      metadata: { name: "v1beta1.metrics.k8s.io" },
      spec: { service: { name: "metrics-server", namespace: "kube-system" }, caBundle: "authority" },
    });
    expect(JSON.stringify(service)).not.toContain("insecureSkipTLSVerify");
  });
});

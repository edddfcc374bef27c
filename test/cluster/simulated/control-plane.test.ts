import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { addresses, paths } from "../../../embedded/cluster/context.ts";
import { kubectl } from "../../../embedded/cluster/control-plane/kubectl.ts";
import { obtainControlPlanePrograms } from "../../../embedded/cluster/control-plane/programs.ts";
import { clusterStatus, startCluster } from "../../../embedded/cluster/index.ts";
import { keelsonHome } from "../../../embedded/parts/home.ts";
import { MEMORY_RICH, SIMULATED } from "../../support/cluster.ts";

const namespace = "test-control-plane";
const context = { home: keelsonHome(), environment: process.env, progress: () => undefined };

let run: (args: readonly string[], input?: unknown) => Promise<string>;

beforeAll(async () => {
  const programs = await obtainControlPlanePrograms(context);
  run = (args, input) =>
    kubectl(context, programs, [`--namespace=${namespace}`, ...args], input ? stringify(input) : "");
  await run(["delete", "namespace", namespace, "--ignore-not-found"]);
  await run(["create", "namespace", namespace]);
});

afterAll(async () => {
  await run(["delete", "namespace", namespace]);
});

/** The processes of the cluster's daemons, by their names. */
function processes(): Record<string, unknown> {
  const folder = paths(context).processes;
  const files = readdirSync(folder).toSorted();
  return Object.fromEntries(
    files.map((file) => [file, JSON.parse(readFileSync(path.join(folder, file), "utf8")).process]),
  );
}

/** Simulated nodes that are no imagined cloud's. */
const OWN_NODES = {
  nodeSelectorTerms: [
    {
      matchExpressions: [
        { key: "kwok.x-k8s.io/node", operator: "In", values: ["simulated"] },
        { key: "keelson.cloud", operator: "DoesNotExist" },
      ],
    },
  ],
};

/** A pod of a simulated node; its image need not exist, since nothing runs. */
const simulatedPod = (claim?: string) => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: OWN_NODES } },
  tolerations: [{ key: "kwok.x-k8s.io/node", operator: "Exists" }],
  restartPolicy: "Never",
  containers: [{ name: "main", image: "example.com/none:1", resources: { requests: { cpu: "3" } } }],
  ...(claim && { volumes: [{ name: "data", persistentVolumeClaim: { claimName: claim } }] }),
});

const pod = (name: string, spec: object) => ({ apiVersion: "v1", kind: "Pod", metadata: { name }, spec });

describe("the cluster", () => {
  test("is started once, however often and by however many it is asked for", async () => {
    const before = processes();
    await startCluster();
    const up = () => execa("node", ["bin/keelson.mjs", "cluster", "up"], { preferLocal: true });
    const outputs = await Promise.all([up(), up()]);
    for (const { stdout } of outputs)
      expect(stdout).toContain(`export KUBECONFIG=${paths(context).kubeconfig}`);
    expect(processes()).toEqual(before);
  });

  test("tells how it is", async () => {
    const status = await clusterStatus();
    expect(status.isUp).toBe(true);
    const names = status.daemons.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"]),
    );
    const simulated = status.nodes.filter((node) => node.isSimulated && node.name.startsWith("simulated-"));
    expect(simulated).toHaveLength(SIMULATED.count + MEMORY_RICH.count);
    for (const { count, cpus, memoryGiB } of [SIMULATED, MEMORY_RICH])
      expect(simulated.filter((node) => node.cpus === cpus)).toEqual(
        Array.from({ length: count }, () => ({
          name: expect.stringMatching(/^simulated-\d+$/),
          isReady: true,
          isSimulated: true,
          cpus,
          memoryGiB,
        })),
      );
  });

  test("answers nobody who has no certificate", async () => {
    const secrets = `${addresses.apiServer}/api/v1/namespaces/kube-system/secrets`;
    const { stdout } = await execa("curl", ["--silent", "--insecure", secrets]);
    expect(JSON.parse(stdout)).toMatchObject({ code: 403 });
  });
});

describe("simulated nodes", () => {
  test("take pods that tolerate them, as many as fit", async () => {
    await run(["apply", "--filename=-"], pod("first", simulatedPod()));
    await run(["wait", "--for=jsonpath={.status.phase}=Running", "--timeout=60s", "pod/first"]);
    expect(await run(["get", "pod/first", "--output=jsonpath={.spec.nodeName}"])).toMatch(/^simulated-/);
    const tooLarge = simulatedPod();
    tooLarge.containers[0]!.resources.requests.cpu = `${MEMORY_RICH.cpus + 1}`;
    await run(["apply", "--filename=-"], pod("large", tooLarge));
    await run(["wait", "--for=condition=PodScheduled=False", "--timeout=60s", "pod/large"]);
    const message = '--output=jsonpath={.status.conditions[?(@.type=="PodScheduled")].message}';
    const all = SIMULATED.count + MEMORY_RICH.count;
    expect(await run(["get", "pod/large", message])).toContain(`${all} Insufficient cpu`);
  });

  test("complete Jobs", async () => {
    await run(["apply", "--filename=-"], {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { name: "job" },
      spec: {
        template: {
          spec: { ...simulatedPod(), containers: [{ name: "main", image: "example.com/none:1" }] },
        },
      },
    });
    const waited = run(["wait", "--for=condition=Complete", "--timeout=60s", "job/job"]);
    await expect(waited).resolves.toContain("condition met");
  });

  test("have volumes of their own storage class, which go with their claims", async () => {
    await run(["apply", "--filename=-"], {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: "data" },
      spec: {
        accessModes: ["ReadWriteOnce"],
        storageClassName: "simulated",
        resources: { requests: { storage: "20Gi" } },
      },
    });
    await run(["apply", "--filename=-"], pod("store", simulatedPod("data")));
    await run(["wait", "--for=jsonpath={.status.phase}=Running", "--timeout=60s", "pod/store"]);
    const volume = await run(["get", "pvc/data", "--output=jsonpath={.spec.volumeName}"]);
    await run(["delete", "pod/store", "pvc/data"]);
    const gone = run(["wait", "--for=delete", "--timeout=60s", `persistentvolume/${volume}`]);
    await expect(gone).resolves.toBeDefined();
  });
});

describe("the API server", () => {
  test("enforces Pod Security where a namespace asks for it", async () => {
    await run(["label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted"]);
    const refused = run(["apply", "--dry-run=server", "--filename=-"], pod("loose", simulatedPod()));
    await expect(refused).rejects.toThrow('violates PodSecurity "restricted');
    await run(["label", "namespace", namespace, "pod-security.kubernetes.io/enforce-"]);
  });

  test.each([
    ["gateway.networking.k8s.io/v1", "Gateway", { gatewayClassName: "", listeners: [] }, "spec.listeners"],
    ["cert-manager.io/v1", "Certificate", { secretName: "tls" }, "spec.issuerRef"],
    ["keda.sh/v1alpha1", "ScaledObject", { triggers: [] }, "spec.scaleTargetRef"],
    ["monitoring.coreos.com/v1", "PodMonitor", { podMetricsEndpoints: [] }, "spec.selector"],
    ["postgresql.cnpg.io/v1", "Cluster", { instances: 0 }, "spec.instances"],
    ["traefik.io/v1alpha1", "IngressRoute", { routes: [{ kind: "Rule" }] }, "spec.routes[0].match"],
  ])("knows %s %s, and refuses one that is wrong", async (apiVersion, kind, spec, wrong) => {
    const object = { apiVersion, kind, metadata: { name: "wrong" }, spec };
    await expect(run(["apply", "--dry-run=server", "--filename=-"], object)).rejects.toThrow(wrong);
  });
});

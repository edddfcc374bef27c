import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Demand } from "../../../../components/model/capacity.ts";
import { Reference } from "../../../../components/model/reference.ts";
import type { Scaling } from "../../../../components/model/scaling.ts";
import type { JobWorkload, Workload } from "../../../../components/model/workload.ts";
import { Kubernetes } from "../../../../components/targets/kubernetes/kubernetes.ts";
import type { KubernetesArgs } from "../../../../components/targets/kubernetes/kubernetes-args.ts";
import { deploy, type Registration, SECRET } from "../../../support/engine.ts";

const NODES = [{ cpus: 4, memoryGiB: 16, count: 3 }];
const resources = { cpuRequest: 0.25, cpuLimit: 1, memoryRequestMiB: 64, memoryLimitMiB: 128 };
const user = { uid: 1000, gid: 1001 };
const plain: Workload = {
  image: "web:1",
  command: ["serve"],
  ports: { http: { number: 8000, protocol: "http" } },
  probes: { readiness: { check: { kind: "http", port: "http", path: "/ready" } } },
  resources,
  user,
};
const data = { data: { path: "/data", sizeGiB: 5 } };
const scaling: Scaling = { min: 2, max: 5, signals: [{ kind: "cpu", percent: 70 }] };

const on = (args: Partial<KubernetesArgs>, use: (target: Kubernetes) => unknown, preview = false) =>
  deploy(() => use(new Kubernetes("t", { cluster: { nodes: NODES }, ...args })), { preview });

/** Runs one workload that differs from a plain one in some respect. */
const running = (change: Partial<Workload> = {}, copies = 1, args: Partial<KubernetesArgs> = {}) =>
  on(args, (target) => target.run("web", () => ({ ...plain, ...change }), { parent: target, copies }));

const kind = (all: readonly Registration[], type: string) =>
  all.filter((each) => each.type.endsWith(`:${type}`));
const only = (all: readonly Registration[], type: string): Registration => {
  const found = kind(all, type);
  expect(found).toHaveLength(1);
  return found[0]!;
};
const podOf = ({ inputs }: Registration) => inputs["spec"].template.spec;
const containerOf = (registration: Registration) => podOf(registration).containers[0];

describe("a workload on Kubernetes", () => {
  it("is a Deployment without volumes, and a StatefulSet with a claim for each with them", async () => {
    const stateless = await running();
    expect(kind(stateless, "StatefulSet")).toEqual([]);
    only(stateless, "Deployment");

    const stateful = await running({ volumes: data }, 3);
    expect(kind(stateful, "Deployment")).toEqual([]);
    const { spec } = only(stateful, "StatefulSet").inputs;
    expect(spec).toMatchObject({ replicas: 3, podManagementPolicy: "Parallel", serviceName: "web-peers" });
    expect(spec.volumeClaimTemplates).toEqual([
      {
        metadata: { name: "data" },
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "5Gi" } } },
      },
    ]);
    expect(kind(stateful, "PersistentVolumeClaim").map(({ inputs }) => inputs["metadata"].name)).toEqual([
      "data-web-0",
      "data-web-1",
      "data-web-2",
    ]);
  });

  it("[G6] has its claims and their namespace protected and kept, until the stack says that data may go", async () => {
    const guarded = async (destroyData: boolean) => {
      const all = await running({ volumes: data }, 1, { destroyData });
      return [...kind(all, "PersistentVolumeClaim"), ...kind(all, "Namespace")].map(
        ({ protect, retainOnDelete }) => protect && retainOnDelete,
      );
    };
    expect(await guarded(false)).toEqual([true, true]);
    expect(await guarded(true)).toEqual([false, false]);
  });

  it("lets copies with data find each other before any of them is ready, and clients find those that are", async () => {
    const services = kind(await running({ volumes: data }, 3), "Service").map(({ inputs }) => inputs);
    const [clients, peers] = ["web", "web-peers"].map((name) =>
      services.find(({ metadata }) => metadata.name === name),
    );
    expect(peers!["spec"]).toMatchObject({ clusterIP: "None", publishNotReadyAddresses: true });
    expect(clients!["spec"]).toMatchObject({ type: "ClusterIP", ports: [{ name: "http", port: 8000 }] });
    for (const { metadata } of services) expect(metadata.annotations["pulumi.com/skipAwait"]).toBe("true");
  });

  it("[G4] has clients led to a single copy with data in any state, and to others once they are ready", async () => {
    const published = async (change: Partial<Workload>, copies: number) => {
      const services = kind(await running(change, copies), "Service");
      const clients = services.find(({ inputs }) => inputs["metadata"].name === "web")!;
      return clients.inputs["spec"].publishNotReadyAddresses ?? false;
    };
    expect(await published({ volumes: data }, 1)).toBe(true);
    expect(await published({ volumes: data }, 3)).toBe(false);
    expect(await published({}, 1)).toBe(false);
  });

  it("tells a recipe the names by which its copies find each other", async () => {
    const sites: unknown[] = [];
    await on({}, (target) =>
      target.run("web", (site) => (sites.push(site), { ...plain, volumes: data }), {
        parent: target,
        copies: 2,
      }),
    );
    expect(sites).toEqual([{ host: "web", copies: 2, peers: ["web-0.web-peers", "web-1.web-peers"] }]);
  });

  it("[G7] is made of pods that meet the restricted Pod Security Standard, which the namespace enforces", async () => {
    const all = await running({
      capabilities: { NET_BIND_SERVICE: "port 80" },
      volumes: data,
      scratch: ["/tmp"],
    });
    const pod = podOf(only(all, "StatefulSet"));
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        runAsGroup: 1001,
        fsGroup: 1001,
        seccompProfile: { type: "RuntimeDefault" },
      },
    });
    expect(pod.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] },
    });
    expect(only(all, "Namespace").inputs["metadata"].labels).toMatchObject({
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/warn": "restricted",
    });
  });

  it.each([
    ["root", { user: { uid: 0, gid: 0 } }, /"web" runs as root; give it a user of its own/],
    [
      "a capability",
      { capabilities: { SYS_ADMIN: "mounts" } },
      /"web" keeps the capabilities SYS_ADMIN; only NET_BIND_SERVICE/,
    ],
  ])("[G7] is refused before anything is asked of the cluster if it wants %s", async (_, change, message) => {
    await expect(running(change)).rejects.toThrow(message);
  });

  it("[G4, G7] starts within its budget, asked each second, and is asked at leisure from then on", async () => {
    const slow: Workload["probes"] = {
      readiness: { check: { kind: "tcp", port: "http" }, periodSeconds: 20, timeoutSeconds: 3, failures: 2 },
      liveness: { check: { kind: "exec", command: ["alive"] } },
      startupSeconds: 180,
    };
    const deployment = only(await running({ probes: slow }), "Deployment");
    expect(containerOf(deployment)).toMatchObject({
      startupProbe: { tcpSocket: { port: "http" }, periodSeconds: 1, failureThreshold: 180 },
      readinessProbe: {
        tcpSocket: { port: "http" },
        periodSeconds: 20,
        timeoutSeconds: 3,
        failureThreshold: 2,
      },
      livenessProbe: { exec: { command: ["alive"] }, periodSeconds: 10 },
    });
    expect(deployment.inputs["spec"].progressDeadlineSeconds).toBe(180 + 120);
  });

  it("[G4] is told nothing by a reference that would replace it with its server", async () => {
    const all = await on({}, (target) => {
      const server = target.run("db", () => ({ ...plain, volumes: data }), { parent: target });
      target.run("web", () => ({ ...plain, env: { DB: Reference.to(server, "http") } }), { parent: target });
    });
    const client = only(all, "Deployment");
    expect(containerOf(client).env).toEqual([{ name: "DB", value: "db:8000" }]);
    expect(client.dependencies).toContain(only(all, "StatefulSet").urn);
    const sources = Object.values(client.propertyDependencies).flat();
    expect(sources.filter((urn) => urn.includes("StatefulSet"))).toEqual([]);
  });

  it("is refused where it has volumes and is to be scaled by signals", async () => {
    await expect(running({ volumes: data, scaling }, 2)).rejects.toThrow(
      /"web" has volumes, and can't be scaled by signals/,
    );
  });

  it("[A9] leaves the number of its copies to the autoscaler, where there is one", async () => {
    const scaled = only(await running({ scaling }, 2), "Deployment");
    expect(scaled.inputs["spec"]).not.toHaveProperty("replicas");
    const fixed = only(await running({}, 2), "Deployment");
    expect(fixed.inputs["spec"].replicas).toBe(2);
  });

  it("[G3] finds hidden variables and hidden files in Secrets, and anything else in clear", async () => {
    const hidden = Reference.hidden("swordfish");
    const all = await running({
      env: { PLAIN: "shown", HIDDEN: hidden },
      files: { "plain.conf": "shown", "hidden.conf": hidden },
    });
    const secrets = kind(all, "Secret").map(({ inputs }) => [inputs["metadata"].name, inputs["stringData"]]);
    expect(Object.fromEntries(secrets)).toEqual({ web: SECRET, "web-files": SECRET });
    expect(only(all, "ConfigMap").inputs["data"]).toEqual({ "plain.conf": "shown" });
    const deployment = only(all, "Deployment");
    expect(containerOf(deployment)).toMatchObject({
      env: [{ name: "PLAIN", value: "shown" }],
      envFrom: [{ secretRef: { name: "web" } }],
    });
    expect(podOf(deployment).volumes).toContainEqual({
      name: "files",
      projected: {
        defaultMode: 0o440,
        sources: [{ secret: { name: "web-files" } }, { configMap: { name: "web-files" } }],
      },
    });
    expect(JSON.stringify(all)).not.toContain("swordfish");
  });

  it("[G4] has its pods rolled when the content of a Secret or a file changes, and only then", async () => {
    const digest = async (password: string, file: string) => {
      const all = await running({ env: { PASSWORD: Reference.hidden(password) }, files: { conf: file } });
      return only(all, "Deployment").inputs["spec"].template.metadata.annotations["keelson/settings"];
    };
    expect(await digest("one", "a")).toBe(await digest("one", "a"));
    expect(await digest("one", "a")).not.toBe(await digest("two", "a"));
    expect(await digest("one", "a")).not.toBe(await digest("one", "b"));
  });

  it("passes text on as it is, which Kubernetes would expand otherwise", async () => {
    /** Kubernetes' own expansion, where no variable of any name is known (third_party/forked/golang/expansion). */
    const expand = (text: string) => text.replaceAll(/\$\$/g, "$");
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom("$", "(", ")", "A") }), async (text) => {
        const { env, command } = containerOf(
          only(await running({ env: { TEXT: text }, command: [text] }), "Deployment"),
        );
        expect(expand(env[0].value)).toBe(text);
        expect(expand(command[0])).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  it("asks for a share of its request on a small cluster, and keeps its limits", async () => {
    const small = containerOf(only(await running({}, 1, { requestShare: 0.1 }), "Deployment"));
    expect(small.resources).toEqual({
      requests: { cpu: "25m", memory: "7Mi" },
      limits: { cpu: "1", memory: "128Mi" },
    });
  });

  it("asks for graphics processors by the name of NVIDIA's device plugin", async () => {
    const cluster = { nodes: [{ ...NODES[0]!, gpus: 1, labels: { pool: "gpu" }, taints: { gpu: "yes" } }] };
    const pod = podOf(
      only(await running({ resources: { ...resources, gpus: 1 } }, 1, { cluster }), "Deployment"),
    );
    expect(pod.containers[0].resources.limits["nvidia.com/gpu"]).toBe("1");
    expect(pod.tolerations).toEqual([{ key: "gpu", operator: "Equal", value: "yes" }]);
    expect(
      pod.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms,
    ).toEqual([{ matchExpressions: [{ key: "pool", operator: "In", values: ["gpu"] }] }]);
  });

  it("bears a token only if it asks for an identity", async () => {
    const mounted = async (change: Partial<Workload>) =>
      podOf(only(await running(change), "Deployment")).automountServiceAccountToken;
    expect([await mounted({}), await mounted({ identity: true })]).toEqual([false, true]);
  });

  it("[G3] comes from a private registry with the stack's credentials, which stay secret", async () => {
    const registry = { server: "registry.example.com", user: "robot", password: "swordfish" };
    const all = await running({}, 1, { registry });
    expect(only(all, "ServiceAccount").inputs["imagePullSecrets"]).toEqual([{ name: "registry" }]);
    expect(only(all, "Secret").inputs["stringData"]).toBe(SECRET);
    expect(JSON.stringify(all)).not.toContain("swordfish");
  });
});

describe("a job on Kubernetes", () => {
  const job: JobWorkload = { image: "web:1", command: ["migrate"], resources, user, deadlineSeconds: 90 };

  it("[G13] is tried once within its deadline, again by the next update after a failure, and gates what comes after", async () => {
    const all = await on({}, (target) => {
      const done = target.complete("migrate", job, { parent: target });
      target.run("web", () => plain, { parent: target, after: [done] });
    });
    const made = only(all, "Job");
    expect(made.inputs["spec"]).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 90 });
    expect(made.inputs["metadata"].annotations).toMatchObject({ "pulumi.com/replaceUnready": "true" });
    expect(podOf(made).restartPolicy).toBe("Never");
    expect(only(all, "Deployment").dependencies).toContain(made.urn);
  });

  it("keeps volumes of its own between its runs", async () => {
    const all = await on({}, (target) =>
      target.complete("fetch", { ...job, volumes: data }, { parent: target }),
    );
    expect(only(all, "PersistentVolumeClaim").inputs["metadata"].name).toBe("data-fetch-0");
    expect(podOf(only(all, "Job")).volumes).toContainEqual({
      name: "data",
      persistentVolumeClaim: { claimName: "data-fetch-0" },
    });
  });

  it("runs at given times, one at a time", async () => {
    const all = await on({}, (target) =>
      target.repeat("nightly", job, { every: "day", at: "02:30" }, { parent: target }),
    );
    const { spec } = only(all, "CronJob").inputs;
    expect(spec).toMatchObject({ schedule: "30 2 * * *", timeZone: "Etc/UTC", concurrencyPolicy: "Forbid" });
    expect(spec.jobTemplate.spec.activeDeadlineSeconds).toBe(90);
  });
});

describe("a cluster's nodes", () => {
  const plan = (demand: Partial<Demand>) => ({
    web: { cpuRequest: 1, memoryRequestMiB: 1024, ...demand },
  });
  const admitted = (demand: Partial<Demand>) => on({}, (target) => target.admit(plan(demand)));

  it("[G8] take what fits them", async () => {
    await expect(admitted({ copies: 12 })).resolves.toBeDefined();
  });

  it.each([
    [
      "a copy is larger than any node",
      { memoryRequestMiB: 20 * 1024 },
      /a copy of "web" asks for 1\.00 cores and 20\.00 GiB of memory, and a node has 4\.00 cores and 16\.00 GiB of memory/,
    ],
    [
      "all copies are more than all nodes have",
      { copies: 13 },
      /all copies ask for 13\.00 cores, and all nodes have 12\.00; most go to web \(13\.00\)/,
    ],
    ["a copy wants a processor that no node has", { gpus: 1 }, /and 1 GPUs, and a node has/],
  ])("[G8] are refused, with the table, if %s", async (_, demand, message) => {
    await expect(admitted(demand)).rejects.toThrow(message);
    await expect(admitted(demand)).rejects.toThrow(/^ +copies +cores each/m);
  });

  it("[G8] are looked at for what is composed by hand, too", async () => {
    await expect(running({ resources: { ...resources, cpuRequest: 5 } })).rejects.toThrow(
      /a copy of "web" asks for 5\.00 cores/,
    );
  });

  it("[G8] are promised every copy of what runs already", async () => {
    const both = on({}, (target) => {
      const large = { ...plain, resources: { ...resources, cpuRequest: 2, cpuLimit: 2 } };
      target.run("store", () => large, { parent: target, copies: 4 });
      target.run("web", () => large, { parent: target, copies: 3 });
    });
    await expect(both).rejects.toThrow(/all copies ask for 14\.00 cores, and all nodes have 12\.00/);
  });
});

it("keeps a named secret for those who run the platform, by that name", async () => {
  const all = await on({}, (target) =>
    target.keepSecret("api-keys", { "jwt-secret": Reference.hidden("swordfish") }, { parent: target }),
  );
  const { metadata, stringData } = only(all, "Secret").inputs;
  expect(metadata.name).toBe("api-keys");
  expect(stringData).toBe(SECRET);
});

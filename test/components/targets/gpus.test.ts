import { describe, expect, it } from "vitest";
import { demandOf, type Machine } from "../../../components/model/capacity.ts";
import type { Target } from "../../../components/model/target.ts";
import { Ollama, OLLAMA_RESOURCES, ollamaRecipe } from "../../../components/services/ollama.ts";
import { Docker } from "../../../components/targets/docker/docker.ts";
import type { NodePool } from "../../../components/targets/kubernetes/cluster.ts";
import { Kubernetes } from "../../../components/targets/kubernetes/kubernetes.ts";
import { deploy } from "../../support/engine.ts";

const MACHINE: Machine = { cpus: 16, memoryGiB: 64, storageGiB: 500 };
const NODES: NodePool = { cpus: 16, memoryGiB: 64, count: 2 };
const resources = { ...OLLAMA_RESOURCES, gpus: 1 };
const plan = { ollama: demandOf(ollamaRecipe({ resources })), web: { cpuRequest: 1, memoryRequestMiB: 64 } };

/** One server that asks for a processor, and one that does not. */
const servers = (target: Target) => {
  new Ollama("ollama", { target, resources });
  new Ollama("slow", { target });
};
const onHost = (machine: Machine, use: (target: Docker) => unknown) =>
  deploy(() => use(new Docker("t", { machine })));
const onNodes = (nodes: NodePool, use: (target: Kubernetes) => unknown) =>
  deploy(() => use(new Kubernetes("t", { cluster: { nodes: [nodes] } })));

describe("a graphics processor on a Docker host", () => {
  it("[K3] is reserved for the container that asks for it, and for no other", async () => {
    const all = await onHost({ ...MACHINE, gpus: 1 }, servers);
    const reserved = all
      .filter(({ type }) => type === "docker:index/container:Container")
      .filter(({ inputs }) => inputs["gpus"] !== undefined)
      .map(({ name, inputs }) => [name, inputs["gpus"]]);
    expect(reserved).toEqual([["t-ollama", "all"]]);
  });

  it("[K3, G8] is refused where the host is not said to have one: who asks, and what to state", async () => {
    const admitted = onHost(MACHINE, (target) => target.admit(plan));
    await expect(admitted).rejects.toThrow("1 GPUs promised, 0 can be; most go to ollama (1)");
    await expect(admitted).rejects.toThrow(
      'the host is not said to have any GPU, and "ollama" asks for 1; where it has, state it: keelson:docker: { machine: { …, gpus: 1 } }',
    );
    await expect(admitted).rejects.toThrow(/GPUs\nollama .* 1\n/);
    await expect(onHost(MACHINE, servers)).rejects.toThrow("1 GPUs promised");
  });

  it("[K3, G8] is there for all that ask for it, as Docker has it, and for none that asks for more than there are", async () => {
    const asking = (gpus: number) => ({ one: plan.ollama, other: { ...plan.ollama, gpus } });
    const admitted = (gpus: number) =>
      onHost({ ...MACHINE, gpus: 1 }, (target) => target.admit(asking(gpus)));
    await expect(admitted(1)).resolves.toBeDefined();
    await expect(admitted(2)).rejects.toThrow("2 GPUs promised, 1 can be; most go to other (2), one (1)");
    await expect(admitted(2)).rejects.not.toThrow("is not said to have any");
  });
});

describe("a graphics processor on Kubernetes", () => {
  const taints = { "nvidia.com/gpu": "present" };

  it("[K3] is asked for by the name of NVIDIA's device plugin, and pods go where nodes keep others away", async () => {
    const all = await onNodes({ ...NODES, gpus: 1, labels: { pool: "gpu" }, taints }, servers);
    const pods = all
      .filter(({ type }) => type.endsWith(":StatefulSet"))
      .map(({ inputs }) => inputs["spec"].template.spec);
    expect(pods.map(({ containers }) => containers[0].resources.limits["nvidia.com/gpu"])).toEqual([
      "1",
      undefined,
    ]);
    expect(pods[0].tolerations).toEqual([{ key: "nvidia.com/gpu", operator: "Equal", value: "present" }]);
    expect(
      pods[0].affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms,
    ).toEqual([{ matchExpressions: [{ key: "pool", operator: "In", values: ["gpu"] }] }]);
  });

  it("[K3, G8] is refused where no node is said to have one: who asks, and what to state", async () => {
    const admitted = onNodes(NODES, (target) => target.admit(plan));
    await expect(admitted).rejects.toThrow(
      /a copy of "ollama" asks for .* and 1 GPUs, and a node has .* \(where nodes have GPUs, as nvidia\.com\/gpu, state it: nodes: \[\{ …, gpus: 1 \}\]; a cloud's cluster has some if they are asked for: pools: \{ gpu: \{\} \}\)/,
    );
    await expect(onNodes({ ...NODES, gpus: 1 }, (target) => target.admit(plan))).resolves.toBeDefined();
  });
});

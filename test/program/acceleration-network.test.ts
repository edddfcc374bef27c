import { beforeAll, describe, expect, it } from "vitest";
import { Kubernetes } from "../../components/targets/kubernetes/kubernetes.ts";
import { imagesFor } from "../../stacks/images.ts";
import { platforms } from "../../stacks/platforms.ts";
import { deploy } from "../support/engine.ts";
import { mayOpen, type Pod, type Rules } from "../support/evaluator.ts";
import { podsOf, rulesOf } from "../support/reachability.ts";
import { Recorder } from "../support/reachability-recorder.ts";

const NODES = [{ cpus: 4, memoryGiB: 16, count: 10 }];
const KEYS = { openai: "sk-openai", anthropic: "sk-anthropic" };
const entry: Pod = { name: "entry", namespace: "traefik", labels: {}, address: "10.244.99.1", ports: [] };

let recorder: Recorder;
let pods: readonly Pod[];
let rules: Rules;

beforeAll(async () => {
  const all = await deploy(() => {
    recorder = new Recorder(new Kubernetes("acceleration", { cluster: { nodes: NODES } }));
    const common = {
      target: recorder,
      host: "ai.example.com",
      environment: "production",
      images: imagesFor({}),
    } as const;
    platforms.acceleration.make(common, { modelKeys: KEYS }, {});
  });
  pods = podsOf(all);
  rules = rulesOf(all, ["traefik"]);
});

/** Every port that any pod or server elsewhere has, and one that none has. */
const ports = () => [...new Set([...pods.flatMap((pod) => pod.ports.map(({ number }) => number)), 443, 1])];
const serviceOf = ({ labels }: Pod) => labels["app.kubernetes.io/name"]!;
const unique = (texts: readonly string[]) => [...new Set(texts)].toSorted();

/** The ways from some pods to others, as the rules let them through. */
const ways = (clients: readonly Pod[]) =>
  unique(
    clients.flatMap((client) =>
      pods
        .filter((server) => server !== client)
        .flatMap((server) =>
          ports()
            .filter((number) => mayOpen(rules, client, server, { number, transport: "TCP" }))
            .map((number) => `${serviceOf(client)} → ${serviceOf(server)}:${number}`),
        ),
    ),
  );

describe("acceleration on Kubernetes", () => {
  it("[G5] lets each pod open what it refers to, and no other pod by any port", () => {
    expect(ways(pods)).toEqual(unique(recorder.references));
  });

  it("[G5] has these ways", async () => {
    const clients = unique(pods.map(serviceOf));
    const lines = clients.map((client) => {
      const own = pods.filter((pod) => serviceOf(pod) === client);
      const servers = ways(own).map((way) => way.split(" → ")[1]);
      const away = unique(recorder.outside.filter((way) => way.startsWith(`${client} → `)));
      return [client, ...servers, ...away.map((way) => `(${way.split(" → ")[1]})`)].join(" ");
    });
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("golden/acceleration-network.txt");
  });

  it("[G5] is entered at what is exposed alone, and only from the entry", () => {
    const stranger = { ...entry, namespace: "elsewhere" };
    const entered = (from: Pod) =>
      unique(
        pods.flatMap((pod) =>
          ports()
            .filter((number) => mayOpen(rules, from, pod, { number, transport: "TCP" }))
            .map((number) => `${serviceOf(pod)}:${number}`),
        ),
      );
    expect(entered(entry)).toEqual(unique(recorder.exposed));
    expect(entered(stranger)).toEqual([]);
  });

  it("[G5] is left by the pods that ask language models alone, and never towards a cloud's credentials", () => {
    const leaving = (address: string) =>
      unique(
        pods
          .filter((pod) =>
            ports().some((number) => mayOpen(rules, pod, address, { number, transport: "TCP" })),
          )
          .map(serviceOf),
      );
    const asking = recorder.outside.map((way) => way.split(" → ")[0]!);
    expect(asking.length).toBeGreaterThan(0);
    expect(leaving("198.51.100.1")).toEqual(unique(asking));
    expect(leaving("169.254.169.254")).toEqual([]);
  });
});

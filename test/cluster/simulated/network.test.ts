import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Kubernetes } from "../../../components/targets/kubernetes/kubernetes.ts";
import { kubectl as run } from "../../../embedded/cluster/control-plane/kubectl.ts";
import { obtainControlPlanePrograms } from "../../../embedded/cluster/control-plane/programs.ts";
import { keelsonHome } from "../../../embedded/parts/home.ts";
import { imagesFor } from "../../../stacks/images.ts";
import { platforms } from "../../../stacks/platforms.ts";
import { deploy, type Registration } from "../../support/engine.ts";
import { mayOpen, type Rules } from "../../support/evaluator.ts";
import { anyPolicy } from "../../support/evaluator-policies.ts";
import { flows, namespaces, type Policy } from "../../support/evaluator-world.ts";
import { platforms as randomPlatforms } from "../../support/random-platform.ts";
import { compose } from "../../support/random-platform-compose.ts";
import { podsOf, rulesOf } from "../../support/reachability.ts";

const NAMESPACE = "test-network";
const NODES = [{ cpus: 64, memoryGiB: 256, count: 10 }];

let programs: Awaited<ReturnType<typeof obtainControlPlanePrograms>>;

const kubectl = (args: readonly string[], input?: object) =>
  run({ home: keelsonHome() }, programs, args, input && JSON.stringify(input));

beforeAll(async () => {
  programs = await obtainControlPlanePrograms({
    home: keelsonHome(),
    environment: process.env,
    progress: console.log,
  });
  await kubectl(["delete", "namespace", NAMESPACE, "--ignore-not-found"]);
  await kubectl(["create", "namespace", NAMESPACE]);
});
afterAll(async () => {
  await kubectl(["delete", "namespace", NAMESPACE]);
});

/** Objects as one document. */
function list(policies: readonly Policy[]): object {
  const items = policies.map(({ metadata, spec }, index) => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: metadata?.name ?? `policy-${index}`, namespace: NAMESPACE },
    spec,
  }));
  return { apiVersion: "v1", kind: "List", items };
}

/** Gives policies to the API server, which must have nothing to say of them, and answers with what it made of them. */
async function accepted(
  policies: readonly Policy[],
  ...flags: readonly string[]
): Promise<readonly Policy[]> {
  const strict = ["--validate=strict", "--warnings-as-errors", "--output=json", "--filename=-"];
  const { items, ...alone } = JSON.parse(
    await kubectl(["apply", "--server-side", ...flags, ...strict], list(policies)),
  );
  return items ?? [alone];
}

const kubernetes = () => new Kubernetes("t", { cluster: { nodes: NODES }, namespace: NAMESPACE });

/** What pods may open of each other and of an address elsewhere, by rules. */
function ways(all: readonly Registration[], rules: Rules): string[] {
  const pods = podsOf(all);
  const ports = [...new Set([443, 1, ...pods.flatMap((pod) => pod.ports.map(({ number }) => number))])];
  return pods.flatMap((client) =>
    [...pods, "198.51.100.1", "169.254.169.254"].flatMap((server) =>
      ports.flatMap((number) =>
        ["TCP", "UDP"]
          .filter((transport) => mayOpen(rules, client, server, { number, transport }))
          .map(
            (transport) =>
              `${client.name} → ${typeof server === "string" ? server : server.name}:${number}/${transport}`,
          ),
      ),
    ),
  );
}

/** Holds that the API server takes a program's policies as they are, and that they mean the same once they are there. */
async function meansTheSameThere(all: readonly Registration[]): Promise<void> {
  const rules = rulesOf(all);
  await accepted(rules.policies, "--dry-run=server");
  await accepted(rules.policies);
  const { items } = JSON.parse(
    await kubectl(["get", "networkpolicies", `--namespace=${NAMESPACE}`, "--output=json"]),
  );
  await kubectl(["delete", "networkpolicies", "--all", `--namespace=${NAMESPACE}`]);
  expect(items).toHaveLength(rules.policies.length);
  expect(ways(all, { ...rules, policies: items })).toEqual(ways(all, rules));
}

describe("the API server", () => {
  it("[G5] takes acceleration's policies without a warning, and they mean the same there", async () => {
    const all = await deploy(() => {
      const common = {
        target: kubernetes(),
        host: "ai.example.com",
        environment: "production",
        images: imagesFor({}),
      } as const;
      platforms.acceleration.make(common, { modelKeys: { openai: "sk-openai" } }, {});
    });
    expect(ways(all, rulesOf(all)).length).toBeGreaterThan(100);
    await meansTheSameThere(all);
  });

  it("[G5] takes those of random platforms without a warning, and they mean the same there", async () => {
    await fc.assert(
      fc.asyncProperty(randomPlatforms, async (parts) => {
        await meansTheSameThere(await deploy(() => compose(parts, kubernetes())));
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });

  it("completes policies in a way that changes nothing of what the evaluator says of them", async () => {
    const policies = fc.sample(anyPolicy, { numRuns: 60, seed: Date.now() });
    const completed = await accepted(
      policies.map(({ spec }) => ({ spec: spec! })),
      "--dry-run=server",
    );
    expect(completed.map(({ spec }) => spec)).not.toEqual(policies.map(({ spec }) => spec));
    for (const [index, given] of policies.entries()) {
      const { metadata } = given;
      const through = ({ spec }: Policy) => {
        const rules = { namespaces, policies: [{ metadata: metadata!, spec: spec! }] };
        return flows.filter(({ client, server, port }) => mayOpen(rules, client, server, port));
      };
      expect(through(completed[index]!), JSON.stringify(given)).toEqual(through(given));
    }
  });
});

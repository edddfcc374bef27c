import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Docker } from "../../components/targets/docker/docker.ts";
import { Kubernetes } from "../../components/targets/kubernetes/kubernetes.ts";
import { deploy, type Registration, secretsOf } from "../support/engine.ts";
import { mayOpen, type Pod } from "../support/evaluator.ts";
import { type Part, platforms } from "../support/random-platform.ts";
import { compose } from "../support/random-platform-compose.ts";
import { Facts } from "../support/random-platform-facts.ts";
import {
  awaitedBy,
  containerOf,
  meet,
  networksOf,
  podsOf,
  rulesOf,
  workloadOf,
} from "../support/reachability.ts";

const DOCKER = "on-docker";
const KUBERNETES = "on-kubernetes";
const MACHINE = { cpus: 64, memoryGiB: 256, storageGiB: 4096 };
const KEDA = { namespace: "keda" };
const NODES = [{ cpus: 64, memoryGiB: 256, count: 8 }];

/** All laws are held against the same platforms, so that each of these is made once. */
const seed = Date.now();
const programs = new Map<string, Promise<readonly Registration[]>>();

/** A platform, made on both targets by one program. */
function made(parts: readonly Part[]): Promise<readonly Registration[]> {
  const key = JSON.stringify(parts);
  const program =
    programs.get(key) ??
    withoutStacks(() =>
      deploy(() => {
        compose(parts, new Docker(DOCKER, { machine: MACHINE }));
        compose(parts, new Kubernetes(KUBERNETES, { cluster: { nodes: NODES, features: { keda: KEDA } } }));
      }),
    );
  programs.set(key, program);
  return program;
}

/** The SDK writes a stack down for every promise, which takes more than half of the time. */
async function withoutStacks<Result>(work: () => Promise<Result>): Promise<Result> {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return await work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Holds a law against random platforms; a failure prints the seed, and the smallest platform that breaks it. */
const always = (law: (all: readonly Registration[], facts: Facts) => void) =>
  fc.assert(
    fc.asyncProperty(platforms, async (parts) => law(await made(parts), new Facts(parts))),
    { numRuns: 20, seed },
  );

const outsider = (namespace: string, address: string): Pod => ({
  name: namespace,
  namespace,
  labels: {},
  address,
  ports: [],
});

describe("a random platform", () => {
  it("[G5] on Docker, has a way for every reference and to the outside, and none to a store without a reference", () =>
    always((all, facts) => {
      const container = (name: string) => containerOf(all, DOCKER, name);
      for (const { name, references, outside } of facts.running) {
        for (const { service } of references)
          expect(meet(container(name), container(service)), `${name} → ${service}`).toBe(true);
        expect(networksOf(container(name)).includes(`${DOCKER}-egress`), name).toBe(outside.length > 0);
      }
      // One that refers to others is on their networks, and so are their clients.
      const stores = facts.services.filter(
        ({ volumes, references }) => volumes > 0 && references.length === 0,
      );
      for (const { name: store } of stores)
        for (const { name } of facts.running.filter((other) => other.name !== store))
          expect(meet(container(name), container(store)), `${name} → ${store}`).toBe(
            facts.refers(name, store),
          );
    }));

  it("[G5] on Kubernetes, has exactly the ways that its references say: between all pods, by all ports", () =>
    always((all, facts) => {
      const { open, said } = ways(all, facts);
      expect(open).toEqual(said);
    }));

  it("[G5] on Kubernetes, says the same at either end of each way, so that neither leaves it to the other", () =>
    always((all, facts) => {
      const entered = ways(all, facts, { opened: "Egress" });
      expect(entered.open).toEqual(entered.said);
      // Who may leave for a server that has a name may leave for any address, that of a pod among them.
      const left = ways(all, facts, { opened: "Ingress", leaves: true });
      expect(left.open).toEqual(left.said);
    }));

  it("[G5] on Kubernetes, is entered by the entry at what is exposed, by KEDA at what it measures, by nobody else, and left for what it refers to alone", () =>
    always((all, facts) => {
      const rules = rulesOf(all, ["traefik", "keda", "elsewhere", "kube-system"]);
      const entry = outsider("traefik", "10.244.99.1");
      const measuring = outsider("keda", "10.244.99.4");
      const stranger = outsider("elsewhere", "10.244.99.2");
      const names = outsider("kube-system", "10.244.99.3");
      const addresses = [
        "192.0.2.7",
        "198.51.100.1",
        "2001:db8::7",
        "169.254.169.254",
        "168.63.129.16",
        "fd00:ec2::254",
      ];
      const metadata = addresses.slice(3);
      for (const pod of podsOf(all)) {
        const name = serviceOf(pod);
        for (const port of everyPort(facts)) {
          const text = `${port.number}/${port.transport}`;
          expect(mayOpen(rules, entry, pod, port), `entry → ${name}:${text}`).toBe(facts.exposes(name, text));
          expect(mayOpen(rules, measuring, pod, port), `KEDA → ${name}:${text}`).toBe(
            facts.measures(name, text),
          );
          for (const other of [stranger, names, "198.51.100.1"])
            expect(mayOpen(rules, other, pod, port), `elsewhere → ${name}:${text}`).toBe(false);
          for (const address of addresses) {
            const expected = !metadata.includes(address) && facts.leaves(name, address, text);
            expect(mayOpen(rules, pod, address, port), `${name} → ${address}:${text}`).toBe(expected);
          }
          expect(mayOpen(rules, pod, stranger, port), `${name} → elsewhere:${text}`).toBe(
            facts.leaves(name, stranger.address, text),
          );
        }
        for (const transport of ["UDP", "TCP"]) {
          expect(mayOpen(rules, pod, names, { number: 53, transport })).toBe(true);
          expect(mayOpen(rules, pod, stranger, { number: 53, transport })).toBe(false);
        }
      }
    }));

  it("[G4] starts in the same order on both targets: what its references and steps say", () =>
    always((all, facts) => {
      for (const [target, find] of [
        [DOCKER, containerOf],
        [KUBERNETES, workloadOf],
      ] as const) {
        const urns = new Map(facts.running.map(({ name }) => [find(all, target, name).urn, name]));
        for (const { name } of facts.running) {
          const awaited = [...awaitedBy(all, find(all, target, name))].flatMap((urn) => urns.get(urn) ?? []);
          expect(awaited.toSorted(), `${name} ${target}`).toEqual([...facts.awaitedBy(name)].toSorted());
        }
      }
    }));

  it("[G3] tells the same secrets to the same parts on both targets, and shows none of them", () =>
    always((all, facts) => {
      const shown = JSON.stringify(all);
      for (const [text, holders] of facts.secrets) {
        expect(shown).not.toContain(text);
        const told = (target: string, nameOf: (registration: Registration) => string | undefined) => {
          const holding = all.filter(
            (each) => each.name.startsWith(target) && secretsOf(each).some((secret) => secret.includes(text)),
          );
          return [...new Set(holding.map((each) => nameOf(each) ?? each.name))].toSorted();
        };
        expect(told(DOCKER, containerService), `${text} on Docker`).toEqual(holders);
        expect(told(KUBERNETES, objectService), `${text} on Kubernetes`).toEqual(holders);
      }
    }));
});

/**
 * The ways from each pod to each other by each port: those that the policies leave open, and those that the platform's
 * description says. One direction may be opened for all, to look at the other alone.
 */
function ways(
  all: readonly Registration[],
  facts: Facts,
  { opened, leaves = false }: { opened?: "Ingress" | "Egress"; leaves?: boolean } = {},
) {
  const pods = podsOf(all);
  const given = rulesOf(all);
  const wide = {
    metadata: { namespace: KUBERNETES },
    spec: { podSelector: {}, policyTypes: [`${opened}`], ingress: [{}], egress: [{}] },
  };
  const rules = { ...given, policies: [...given.policies, ...(opened ? [wide] : [])] };
  const ports = [...everyPort(facts), { number: 53, transport: "UDP" }, { number: 1, transport: "TCP" }];
  const asked = pods.flatMap((client) =>
    pods
      .filter((server) => server !== client)
      .flatMap((server) =>
        ports.map((port) => ({ client, server, port, text: `${port.number}/${port.transport}` })),
      ),
  );
  type Way = (typeof asked)[number];
  const isSaid = ({ client, server, text }: Way) => {
    const [from, to] = [serviceOf(client), serviceOf(server)];
    if (leaves && facts.leaves(from, server.address, text)) return true;
    return from === to ? facts.meets(from, text) : facts.refers(from, to, text);
  };
  const named = ({ client, server, text }: Way) => `${client.name} → ${server.name}:${text}`;
  return {
    open: asked.filter(({ client, server, port }) => mayOpen(rules, client, server, port)).map(named),
    said: asked.filter(isSaid).map(named),
  };
}

function everyPort({ services }: Facts) {
  const ports = services.flatMap((service) =>
    Object.values(service.ports).map(({ number, protocol }) => ({
      number,
      transport: protocol === "udp" ? "UDP" : "TCP",
    })),
  );
  const outside = [443, 8001, 5432, 9000].map((number) => ({ number, transport: "TCP" }));
  return [
    ...new Map([...ports, ...outside].map((each) => [`${each.number}/${each.transport}`, each])).values(),
  ];
}

function serviceOf({ labels }: Pod): string {
  return labels["app.kubernetes.io/name"]!;
}

/** Whose a Docker container is, by its label. */
function containerService({ inputs }: Registration): string | undefined {
  return inputs["labels"]?.find(({ label }: { label: string }) => label === "keelson.service")?.value;
}

/** Whose an object of Kubernetes is, by its label. */
function objectService({ inputs }: Registration): string | undefined {
  return inputs["metadata"]?.labels["app.kubernetes.io/name"];
}

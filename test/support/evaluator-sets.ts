import type {
  V1IPBlock,
  V1LabelSelector,
  V1NetworkPolicyPeer,
  V1NetworkPolicyPort,
} from "@kubernetes/client-node";
import type { Labels, Pod } from "./evaluator.ts";
import { type Flow, flows, namespaces, parties, pods, type Policy } from "./evaluator-world.ts";

/** A policy's rule of either direction. */
interface Rule {
  readonly from?: V1NetworkPolicyPeer[];
  readonly to?: V1NetworkPolicyPeer[];
  readonly ports?: V1NetworkPolicyPort[];
}

const everyPod = Object.values(pods);

/**
 * What policies let through in the small cluster, by another way than the evaluator's: each selector, block and port is a list
 * of what it means, a policy adds the product of its lists, and what is about closed pods and in no product is left out.
 */
export function throughBySets(policies: readonly Policy[]): readonly Flow[] {
  const incoming = through(policies, "Ingress");
  const outgoing = through(policies, "Egress");
  return flows.filter(
    (flow) => flow.client === flow.server || (incoming.includes(flow) && outgoing.includes(flow)),
  );
}

function through(policies: readonly Policy[], direction: "Ingress" | "Egress"): readonly Flow[] {
  const endOf = ({ client, server }: Flow) => (direction === "Ingress" ? server : client);
  const about = policies.filter(({ spec }) => {
    const given = spec?.policyTypes ?? [];
    if (given.length > 0) return given.includes(direction);
    return direction === "Ingress" || (spec?.egress ?? []).length > 0;
  });
  const closed = about.flatMap(subjects);
  const allowed = about.flatMap((policy) => products(policy, direction));
  return flows.filter((flow) => !closed.includes(endOf(flow) as Pod) || allowed.includes(flow));
}

function subjects({ spec, metadata }: Policy): readonly (Pod | string)[] {
  return both(
    neighbours(metadata!.namespace!),
    selected(spec!.podSelector!, ({ labels }) => labels),
  );
}

function products(policy: Policy, direction: "Ingress" | "Egress"): readonly Flow[] {
  const { metadata, spec } = policy;
  const rules = ((direction === "Ingress" ? spec!.ingress : spec!.egress) ?? []) as readonly Rule[];
  const ends = subjects(policy);
  return rules.flatMap(({ from = [], to = [], ports = [] }) => {
    const peers = [...from, ...to];
    const others = peers.length > 0 ? peers.flatMap((peer) => meant(peer, metadata!.namespace!)) : parties;
    const [clients, servers] = direction === "Ingress" ? [others, ends] : [ends, others];
    const between = flows.filter(
      ({ client, server }) => clients.includes(client) && servers.includes(server),
    );
    if (ports.length === 0) return between;
    return between.filter(({ server, port }) =>
      ports.flatMap((stated) => namesOf(stated, server)).includes(`${port.number}/${port.transport}`),
    );
  });
}

function meant(
  { ipBlock, podSelector, namespaceSelector }: V1NetworkPolicyPeer,
  namespace: string,
): readonly (Pod | string)[] {
  if (ipBlock) return within(ipBlock);
  const spaces = namespaceSelector
    ? selected(namespaceSelector, (pod) => namespaces[pod.namespace]!)
    : neighbours(namespace);
  return both(spaces, podSelector ? selected(podSelector, ({ labels }) => labels) : everyPod);
}

function neighbours(namespace: string): readonly Pod[] {
  return everyPod.filter((pod) => pod.namespace === namespace);
}

/** The pods for which the labels of something of theirs are selected. */
function selected(
  { matchLabels = {}, matchExpressions = [] }: V1LabelSelector,
  labelsOf: (pod: Pod) => Labels,
): readonly Pod[] {
  const having = (key: string, values?: readonly string[]) =>
    everyPod.filter((pod) =>
      Object.entries(labelsOf(pod)).some(
        ([label, value]) => label === key && (values === undefined || values.includes(value)),
      ),
    );
  const lists = [
    ...Object.entries(matchLabels).map(([key, value]) => having(key, [value])),
    ...matchExpressions.map(({ key, operator, values = [] }) => {
      const positive = having(key, operator.endsWith("In") ? values : undefined);
      return ["In", "Exists"].includes(operator) ? positive : without(everyPod, positive);
    }),
  ];
  return lists.reduce<readonly Pod[]>(both, everyPod);
}

/** Ports as a policy states them for a server, written out: the small cluster has none but these. */
function namesOf({ protocol = "TCP", port, endPort }: V1NetworkPolicyPort, server: Pod | string): string[] {
  const everyNumber = [80, 81, 443];
  const named = typeof server === "string" ? [] : server.ports.filter(({ name }) => name === port);
  const numbers =
    port === undefined
      ? everyNumber
      : typeof port === "string"
        ? named.filter(({ transport }) => transport === protocol).map(({ number }) => number)
        : everyNumber.slice(everyNumber.indexOf(port), everyNumber.indexOf(endPort ?? port) + 1);
  return numbers.map((number) => `${number}/${protocol}`);
}

function within({ cidr, except = [] }: V1IPBlock): readonly (Pod | string)[] {
  const block = (each: string) =>
    parties.filter((party) => isInBlock(each, typeof party === "string" ? party : party.address));
  return without(block(cidr), except.flatMap(block));
}

/** Blocks of whole bytes can be compared as text. */
function isInBlock(cidr: string, address: string): boolean {
  const [network, length] = cidr.split("/") as [string, string];
  if (network.includes(":") !== address.includes(":")) return false;
  const start = (text: string) =>
    text
      .split(".")
      .slice(0, Number(length) / 8)
      .join(".");
  return start(network) === start(address);
}

function both<Each>(one: readonly Each[], other: readonly Each[]): readonly Each[] {
  return one.filter((each) => other.includes(each));
}

function without<Each>(all: readonly Each[], some: readonly Each[]): readonly Each[] {
  return all.filter((each) => !some.includes(each));
}

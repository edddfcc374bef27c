import { BlockList, isIPv6 } from "node:net";
import type {
  V1IPBlock,
  V1LabelSelector,
  V1NetworkPolicy,
  V1NetworkPolicyPeer,
  V1NetworkPolicyPort,
} from "@kubernetes/client-node";

/** Labels of an object. */
export type Labels = Readonly<Record<string, string>>;

/** A pod, as far as policies look. One on its node's own network is none: what policies mean to it is left open. */
export interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly address: string;
  /** What its containers declare; a policy that names a port means these. */
  readonly ports: readonly (DestinationPort & { readonly name: string })[];
}

/** A port of whatever is opened. */
export interface DestinationPort {
  readonly number: number;
  readonly transport: string;
}

/** All that decides who may open what. */
export interface Rules {
  /** Labels of the namespaces, by name. */
  readonly namespaces: Readonly<Record<string, Labels>>;
  readonly policies: readonly Pick<V1NetworkPolicy, "metadata" | "spec">[];
}

type Direction = "Ingress" | "Egress";
/** A pod, or the address of something that is none. */
type Party = Pod | string;

/**
 * Whether a connection is let through, as Kubernetes defines its network policies
 * (https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/): both ends have to agree, an end that no policy
 * selects agrees to everything, and policies only add to each other. Kubelets, which are always let in, are not asked about.
 *
 * @throws Error for a peer that the API server would refuse
 */
export function mayOpen(rules: Rules, client: Party, server: Party, port: DestinationPort): boolean {
  // No policy keeps a pod from itself.
  if (client === server) return true;
  return (
    agrees(rules, "Egress", client, server, server, port) &&
    agrees(rules, "Ingress", server, client, server, port)
  );
}

/** Whether one end lets a connection to a port of the server through. */
function agrees(
  rules: Rules,
  direction: Direction,
  end: Party,
  other: Party,
  server: Party,
  port: DestinationPort,
): boolean {
  if (typeof end === "string") return true;
  const deciding = about(rules, direction, end);
  if (deciding.length === 0) return true;
  return deciding.some(({ spec }) =>
    allowances(spec, direction).some(
      ({ peers, ports }) =>
        (ports.length === 0 || ports.some((each) => isPort(each, server, port))) &&
        (peers.length === 0 || peers.some((peer) => isMeant(rules, peer, end.namespace, other))),
    ),
  );
}

/** What was found out about pods, since each is asked about with every other and every port. */
const found = new WeakMap<Rules, Map<string, Rules["policies"]>>();

/** The policies that are about one direction of a pod. */
function about(rules: Rules, direction: Direction, { namespace, labels }: Pod): Rules["policies"] {
  const known = found.get(rules) ?? new Map<string, Rules["policies"]>();
  found.set(rules, known);
  const key = JSON.stringify([direction, namespace, labels]);
  const policies =
    known.get(key) ??
    rules.policies.filter(
      ({ metadata, spec }) =>
        metadata?.namespace === namespace &&
        isAbout(spec, direction) &&
        matches(spec?.podSelector ?? {}, labels),
    );
  known.set(key, policies);
  return policies;
}

/** A policy that doesn't say what it is about is about ingress, and about egress if it has rules for it. */
function isAbout(spec: V1NetworkPolicy["spec"], direction: Direction): boolean {
  const { policyTypes = [], egress = [] } = spec ?? {};
  if (policyTypes.length > 0) return policyTypes.includes(direction);
  return direction === "Ingress" || egress.length > 0;
}

/** Rules of one direction; one without peers or without ports means all of them. */
function allowances(spec: V1NetworkPolicy["spec"], direction: Direction) {
  const rules =
    direction === "Ingress"
      ? (spec?.ingress ?? []).map(({ _from, ports, ...rest }) => ({ peers: _from ?? fromOf(rest), ports }))
      : (spec?.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));
  return rules.map(({ peers = [], ports = [] }) => ({ peers, ports }));
}

/** The client library calls the property `_from`; the objects themselves say `from`. */
function fromOf(rule: object): V1NetworkPolicyPeer[] | undefined {
  return (rule as { from?: V1NetworkPolicyPeer[] }).from;
}

function isMeant(rules: Rules, peer: V1NetworkPolicyPeer, namespace: string, party: Party): boolean {
  const { ipBlock, podSelector, namespaceSelector } = peer;
  if (ipBlock && (podSelector || namespaceSelector)) throw new Error("a peer is either addresses or pods");
  // Whether a block of addresses means pods, too, is left to the network: here it does, so that nothing is overlooked.
  if (ipBlock) return contains(ipBlock, typeof party === "string" ? party : party.address);
  if (!podSelector && !namespaceSelector) throw new Error("a peer has to say what it is");
  if (typeof party === "string") return false;
  const inNamespace = namespaceSelector
    ? matches(namespaceSelector, rules.namespaces[party.namespace] ?? {})
    : party.namespace === namespace;
  return inNamespace && (podSelector === undefined || matches(podSelector, party.labels));
}

function contains({ cidr, except = [] }: V1IPBlock, address: string): boolean {
  return isWithin(cidr, address) && !except.some((part) => isWithin(part, address));
}

function isWithin(cidr: string, address: string): boolean {
  const [network = "", length] = cidr.split("/");
  // Otherwise 0.0.0.0/0 would be found in ::ffff:0:0/96, and so in ::/0.
  if (isIPv6(network) !== isIPv6(address)) return false;
  const family = isIPv6(network) ? "ipv6" : "ipv4";
  const block = new BlockList();
  block.addSubnet(network, Number(length), family);
  return block.check(address, family);
}

/** A policy's port: a number or a range of them, a name that the server's containers declare, or any of a transport. */
function isPort(stated: V1NetworkPolicyPort, server: Party, { number, transport }: DestinationPort): boolean {
  const { protocol = "TCP", port, endPort } = stated;
  if (protocol !== transport) return false;
  if (port === undefined) return true;
  if (typeof port === "number") return number >= port && number <= (endPort ?? port);
  return (
    typeof server !== "string" &&
    server.ports.some((own) => own.name === port && own.number === number && own.transport === transport)
  );
}

/** Whether a selector means an object; an empty one means all. */
export function matches(
  { matchLabels = {}, matchExpressions = [] }: V1LabelSelector,
  labels: Labels,
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const test = OPERATORS[operator];
      if (!test) throw new Error(`no selector has the operator "${operator}"`);
      return test(labels[key], values);
    })
  );
}

const OPERATORS: Readonly<Record<string, (value: string | undefined, values: readonly string[]) => boolean>> =
  {
    In: (value, values) => value !== undefined && values.includes(value),
    // A label that isn't there has none of the values.
    NotIn: (value, values) => value === undefined || !values.includes(value),
    Exists: (value) => value !== undefined,
    DoesNotExist: (value) => value === undefined,
  };

import { isIP } from "node:net";
import type * as k8s from "@pulumi/kubernetes";
import type { Port } from "../../model/reference.ts";
import { transportOf } from "./services.ts";

type Peer = k8s.types.input.networking.v1.NetworkPolicyPeer;
type PolicyPort = k8s.types.input.networking.v1.NetworkPolicyPort;

/**
 * All addresses, without those at which clouds hand out a machine's credentials to whoever asks: link-local ones, Azure's
 * platform (https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16), and what EC2 and Compute Engine answer by IPv6
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html,
 * https://cloud.google.com/compute/docs/metadata/querying-metadata).
 */
const ANYWHERE: readonly Peer[] = [
  { ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16", "168.63.129.16/32"] } },
  { ipBlock: { cidr: "::/0", except: ["fe80::/10", "fd00:ec2::254/128", "fd20:ce::254/128"] } },
];

/** Length of the prefix that one address is, by the version of IP. */
const WHOLE: Readonly<Record<number, number>> = { 4: 32, 6: 128 };

/** The pods of every namespace of a name; Kubernetes itself puts the label on it. */
export function namespaceNamed(name: string): Peer {
  return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } };
}

/** Where a host outside the cluster may be: policies know no names, so whatever has a name may be anywhere. */
export function outside(host: string): readonly Peer[] {
  // A URL has the addresses of IPv6 in brackets.
  const address = host.replace(/^\[(.*)\]$/, "$1");
  const length = WHOLE[isIP(address)];
  return length === undefined ? ANYWHERE : [{ ipBlock: { cidr: `${address}/${length}` } }];
}

/** Ports as policies state them, each once: names are the clients' own, so numbers. */
export function policyPorts(ports: readonly Port[]): PolicyPort[] {
  const stated = ports.map((port) => ({ port: port.number, protocol: transportOf(port) }));
  return [...new Map(stated.map((each) => [`${each.port}/${each.protocol}`, each])).values()];
}

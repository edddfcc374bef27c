import { readFile } from "node:fs/promises";
import { Resolver } from "node:dns/promises";
import { addresses, type ClusterContext } from "../context.ts";
import { kubeconfig } from "../credentials.ts";
import { startDaemon, until } from "../process.ts";
import { configurationFile } from "./configuration.ts";
import { permissions } from "./permissions.ts";
import type { NodePrograms } from "./programs.ts";

const name = "coredns";
const user = "keelson:name-server";
const namespace = "kube-system";
const service = "kube-dns";

/** Starts the cluster's name server on the node's own address, and waits until it knows services. */
export async function startNameServer(context: ClusterContext, programs: NodePrograms): Promise<void> {
  const others = "/etc/resolv.conf";
  const userFile = await kubeconfig(context, name, { user });
  const hasOthers = /^nameserver /m.test(await readFile(others, "utf8"));
  const content = corefile(userFile, hasOthers ? others : undefined);
  const file = await configurationFile(context, "Corefile", content);
  await startDaemon(context, { name, program: programs.coredns, args: ["-conf", file] });
  const resolver = new Resolver({ timeout: 1000, tries: 1 });
  resolver.setServers([addresses.host]);
  await until(context, {
    what: "the name server knows the cluster's services",
    daemon: name,
    seconds: 60,
    isMet: async () => {
      const [found] = await resolver.resolve4(`kubernetes.default.svc.${addresses.domain}`);
      return found === addresses.firstService;
    },
  });
}

/**
 * CoreDNS' configuration.
 *
 * @param others the file that names the servers which are asked for all other names, if there are any
 */
export function corefile(userFile: string, others: string | undefined): string {
  const { domain, host } = addresses;
  const forward = others === undefined ? "" : `  forward . "${others}"\n`;
  return `. {
  bind ${host}
  errors
  kubernetes ${domain} in-addr.arpa ip6.arpa {
    kubeconfig "${userFile}"
    pods insecure
    fallthrough in-addr.arpa ip6.arpa
  }
${forward}  # A new service is found at once: its absence is not remembered.
  cache 30 {
    disable success ${domain}
    disable denial ${domain}
  }
}
`;
}

/** Its service has no pods to select: the name server is a process of the node. */
export const nameServerObjects = [
  ...permissions(user, [
    { apiGroups: [""], resources: ["namespaces", "pods", "services"], verbs: ["list", "watch"] },
    { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"] },
  ]),
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: service, namespace },
    spec: {
      clusterIP: addresses.nameServer,
      ports: [
        { name: "dns", port: 53, protocol: "UDP" },
        { name: "dns-tcp", port: 53, protocol: "TCP" },
      ],
    },
  },
  {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: `${service}-node`, namespace, labels: { "kubernetes.io/service-name": service } },
    addressType: "IPv4",
    endpoints: [{ addresses: [addresses.host], conditions: { ready: true } }],
    ports: [
      { name: "dns", port: 53, protocol: "UDP" },
      { name: "dns-tcp", port: 53, protocol: "TCP" },
    ],
  },
];

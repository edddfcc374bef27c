import { connect } from "node:net";
import { stringify } from "yaml";
import { addresses, type ClusterContext } from "../context.ts";
import { kubeconfig } from "../credentials.ts";
import { startDaemon, until } from "../process.ts";
import { configurationFile } from "./configuration.ts";
import { permissions } from "./permissions.ts";
import type { NodePrograms } from "./programs.ts";

const name = "traefik";
const user = "keelson:ingress";

/** Starts Traefik on ports 80 and 443 of the node's own address, and waits until it listens. */
export async function startIngress(context: ClusterContext, programs: NodePrograms): Promise<void> {
  const file = await configurationFile(context, "traefik.yaml", stringify(ingressConfiguration()));
  await startDaemon(context, {
    name,
    program: programs.traefik,
    args: [`--configFile=${file}`],
    environment: { KUBECONFIG: await kubeconfig(context, name, { user }) },
  });
  await until(context, { what: "Traefik listens", daemon: name, seconds: 30, isMet: listens });
}

/** Traefik's own configuration; what leads where, it reads from the cluster. */
export function ingressConfiguration() {
  const { host } = addresses;
  return {
    global: { checkNewVersion: false, sendAnonymousUsage: false },
    log: { level: "INFO", noColor: true },
    entryPoints: {
      web: entryPoint(80),
      websecure: { ...entryPoint(443), http: { tls: {} } },
    },
    providers: {
      // A service without a ready pod answers 503, and is not unknown.
      kubernetesIngress: { ingressEndpoint: { ip: host }, allowEmptyServices: true },
      kubernetesCRD: { allowEmptyServices: true },
      kubernetesGateway: { statusAddress: { ip: host } },
    },
  };
}

/** By default, a request that takes longer than a minute to send is cut off: uploads, and streams in both directions. */
function entryPoint(port: number) {
  return { address: `${addresses.host}:${port}`, transport: { respondingTimeouts: { readTimeout: 0 } } };
}

/** What the API server has to know of it; its custom resources have to be defined. */
export const ingressObjects = [
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name },
    spec: { controller: "traefik.io/ingress-controller" },
  },
  {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "GatewayClass",
    metadata: { name },
    spec: { controllerName: "traefik.io/gateway-controller" },
  },
  ...permissions(user, [
    {
      apiGroups: [""],
      resources: ["services", "secrets", "nodes", "configmaps", "namespaces"],
      verbs: ["get", "list", "watch"],
    },
    { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"] },
    {
      apiGroups: ["networking.k8s.io"],
      resources: ["ingresses", "ingressclasses"],
      verbs: ["get", "list", "watch"],
    },
    { apiGroups: ["networking.k8s.io"], resources: ["ingresses/status"], verbs: ["update"] },
    { apiGroups: ["traefik.io"], resources: ["*"], verbs: ["get", "list", "watch"] },
    { apiGroups: ["gateway.networking.k8s.io"], resources: ["*"], verbs: ["get", "list", "watch"] },
    { apiGroups: ["gateway.networking.k8s.io"], resources: ["*/status"], verbs: ["update"] },
  ]),
];

async function listens(): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: addresses.host, port: 80, timeout: 1000 });
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", reject);
  });
}

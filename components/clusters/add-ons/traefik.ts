import { TRAEFIK } from "../../targets/kubernetes/cluster.ts";
import { type Chart, COPIES, ONE_AWAY, PRIORITY_CLASS, resources, spread } from "./chart.ts";

/**
 * A request may take as long as it likes to arrive: uploads and streams in both directions last longer than the 60 s that
 * Traefik gives them, https://doc.traefik.io/traefik/reference/install-configuration/entrypoints/. Once it is to end, a pod
 * takes requests until the load balancer has noticed, and gives those that it has the rest of the grace period of 60 s.
 */
const TRANSPORT = {
  respondingTimeouts: { readTimeout: 0 },
  lifeCycle: { requestAcceptGraceTimeout: 15, graceTimeOut: 40 },
} as const;

/**
 * Traefik, which answers the class "traefik" of Ingress:
 * https://github.com/traefik/traefik-helm-chart/blob/v41.3.0/traefik/values.yaml
 */
export const traefik: Chart = {
  repository: "https://traefik.github.io/charts",
  version: "41.3.0",
  namespace: TRAEFIK.namespace,
  values: {
    deployment: { replicas: COPIES, terminationGracePeriodSeconds: 60 },
    podDisruptionBudget: { enabled: true, ...ONE_AWAY },
    topologySpreadConstraints: spread({ "app.kubernetes.io/name": "traefik" }),
    priorityClassName: PRIORITY_CLASS,
    resources: resources(0.1, 128, 512),
    // An Ingress that names no class is somebody else's.
    ingressClass: { enabled: true, name: TRAEFIK.class, isDefaultClass: false },
    providers: {
      kubernetesIngress: { enabled: true, ingressClass: TRAEFIK.class },
      kubernetesCRD: { enabled: true, allowCrossNamespace: false },
      kubernetesGateway: { enabled: false },
    },
    ports: { web: { transport: TRANSPORT }, websecure: { transport: TRANSPORT } },
    // The options of this name are everybody's who names none.
    tlsOptions: { default: { minVersion: "VersionTLS12" } },
    // The client's own address stays, for logs and limits; it is lost where one node passes a connection on to another.
    service: { spec: { type: "LoadBalancer", externalTrafficPolicy: "Local" } },
    api: { dashboard: false },
    global: { checkNewVersion: false, sendAnonymousUsage: false },
    log: { format: "json" },
  },
};

/**
 * Values by which it serves the Gateway API, too, whose definitions the cluster has to have; the class is "traefik" again. A
 * listener is served by the entry point that has its port, so that those are 80 and 443 inside the pod as well; the kernel is
 * told that any user may listen there:
 * https://doc.traefik.io/traefik/reference/install-configuration/providers/kubernetes/kubernetes-gateway/
 */
export const SERVES_GATEWAYS = {
  providers: { kubernetesGateway: { enabled: true } },
  ports: { web: { port: 80 }, websecure: { port: 443 } },
  podSecurityContext: { sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }] },
  // The platforms' own Gateways are theirs to make.
  gateway: { enabled: false },
  gatewayClass: { enabled: true, name: TRAEFIK.class },
} as const;

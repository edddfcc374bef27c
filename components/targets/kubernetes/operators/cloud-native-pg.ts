import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Endpoint, type Reference, textOf } from "../../../model/reference.ts";
import type { PostgresqlServer, ServerIdentity } from "../../../model/replicated.ts";
import { nodesFor } from "../nodes.ts";
import { quantities } from "../pod.ts";
import { installed, labels, metadata } from "../scope.ts";
import type { Operator, OperatorScope } from "./operator.ts";

/** Namespace that CloudNativePG's own manifest and its chart put the operator in. */
const NAMESPACE = "cnpg-system";

/** Time in which one copy is made, its image fetched and its data copied to it, in seconds; copies come one by one. */
const COPY_SECONDS = 300;

/**
 * Ports of an instance: the server's, and that of the instance manager, which the operator and the other instances ask how
 * it is (https://cloudnative-pg.io/documentation/current/security/#exposed-ports).
 */
const PORTS = { sql: { number: 5432 }, status: { number: 8000 } } as const;

/**
 * The API server, which each instance asks for its role. It has an address that nobody knows beforehand; some networks
 * match policies before a Service leads there, some after.
 */
const API_SERVER: Endpoint = {
  host: "kubernetes.default.svc",
  ports: { service: { number: 443 }, server: { number: 6443 } },
  ready: [],
  outside: true,
};

/** CloudNativePG, https://cloudnative-pg.io; its API as of 1.27. */
export const cloudNativePg: Operator<PostgresqlServer> = {
  title: "CloudNativePG",
  feature: "cloudNativePg",
  make: (name, server, scope, network, { parent, after = [] }) => {
    const endpoint: Endpoint = { host: name, ports: PORTS, ready: [] };
    network.own(name, name);
    const opened = [
      ...network.open(name, grants(API_SERVER), parent),
      network.openToPeers(name, Object.values(PORTS), parent),
      ...network.openToNamespace("cloud-native-pg", NAMESPACE, grants(endpoint), parent),
    ];
    const secrets = makeSecrets(name, server, scope, parent);
    const cluster = new k8s.apiextensions.CustomResource(
      `${scope.prefix}-${name}`,
      {
        apiVersion: "postgresql.cnpg.io/v1",
        kind: "Cluster",
        metadata: metadata(scope, name, { annotations: { "pulumi.com/waitFor": "condition=Ready" } }),
        spec: clusterSpec(name, server, scope),
      },
      scope.options({
        parent,
        dependsOn: [
          ...installed(scope, "cloudNativePg"),
          ...scope.pools,
          ...opened,
          ...secrets,
          ...after.map(({ done }) => done),
        ],
        customTimeouts: {
          create: `${server.copies * COPY_SECONDS}s`,
          update: `${server.copies * COPY_SECONDS}s`,
        },
        // Volumes belong to it, and go with it.
        protect: !scope.destroyData,
        retainOnDelete: !scope.destroyData,
      }),
    );
    return { host: name, ports: { sql: PORTS.sql }, ready: [cluster] };
  },
};

/** What is asked of the operator, https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/ */
export function clusterSpec(name: string, server: PostgresqlServer, scope: OperatorScope) {
  const { image, copies, resources, storageGiB, parameters, user, identity } = server;
  const { storageClass } = scope.cluster;
  const { affinity, tolerations, topologySpreadConstraints } = nodesFor(name, scope);
  return {
    instances: copies,
    imageName: image,
    imagePullSecrets: scope.pullSecrets.map((secret) => ({ name: secret })),
    postgresUID: user.uid,
    postgresGID: user.gid,
    enableSuperuserAccess: true,
    superuserSecret: { name: adminSecret(name) },
    ...(identity && {
      certificates: { serverTLSSecret: serverSecret(name), serverCASecret: authoritySecret(name) },
    }),
    bootstrap: { initdb: { dataChecksums: true } },
    postgresql: { parameters: { ...parameters } },
    storage: { size: `${storageGiB}Gi`, ...(storageClass !== undefined && { storageClass }) },
    // It refuses a server that asks for less memory than it shares among its connections, so that is asked for in full.
    resources: quantities({ ...resources, cpuRequest: resources.cpuRequest * scope.requestShare }, 1),
    affinity: {
      enablePodAntiAffinity: true,
      podAntiAffinityType: "preferred",
      topologyKey: "kubernetes.io/hostname",
      nodeAffinity: pulumi.output(affinity).apply((rules) => rules?.nodeAffinity),
      ...(tolerations && { tolerations }),
    },
    topologySpreadConstraints,
    // By them policies and people find the pods, as those of any other service.
    inheritedMetadata: { labels: labels(scope, name) },
    managed: {
      services: {
        disabledDefaultServices: ["r", "ro"],
        additional: [{ selectorType: "rw", serviceTemplate: { metadata: { name } } }],
      },
    },
  };
}

function makeSecrets(
  name: string,
  { admin, identity }: PostgresqlServer,
  scope: OperatorScope,
  parent: pulumi.Resource,
): k8s.core.v1.Secret[] {
  const make = (object: string, type: string, texts: Readonly<Record<string, Reference | string>>) => {
    const { labels: own, ...rest } = metadata(scope, name, { name: object });
    // The operator looks at a Secret again when it changes, if it bears this label.
    return new k8s.core.v1.Secret(
      `${scope.prefix}-${object}`,
      {
        metadata: { ...rest, labels: { ...own, "cnpg.io/reload": "" } },
        type,
        stringData: Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, textOf(text)])),
      },
      scope.options({ parent }),
    );
  };
  const proof = ({ certificate, key, authority }: ServerIdentity) => [
    make(serverSecret(name), "kubernetes.io/tls", { "tls.crt": certificate, "tls.key": key }),
    make(authoritySecret(name), "Opaque", { "ca.crt": authority }),
  ];
  return [
    make(adminSecret(name), "kubernetes.io/basic-auth", { username: "postgres", password: admin }),
    ...(identity ? proof(identity) : []),
  ];
}

const adminSecret = (name: string) => `${name}-admin`;
const serverSecret = (name: string) => `${name}-certificate`;
const authoritySecret = (name: string) => `${name}-authority`;

function grants(endpoint: Endpoint) {
  return Object.keys(endpoint.ports).map((port) => ({ endpoint, port }));
}

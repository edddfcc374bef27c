import { readFile } from "node:fs/promises";
import { addresses, type ClusterContext } from "../context.ts";
import { apply, kubectl } from "../control-plane/kubectl.ts";
import { type ControlPlanePrograms, moduleOf } from "../control-plane/programs.ts";
import { authorityFile, type CertificateFiles, certificateFiles, kubeconfig } from "../credentials.ts";
import { isRunning, startDaemon, stopDaemon, until } from "../process.ts";
import { type ClusterPrograms, obtainPrograms } from "../programs.ts";
import { nodeName } from "./folders.ts";
import { permissions } from "./permissions.ts";

const name = "metrics-server";
const user = "keelson:metrics";
const namespace = "kube-system";
const port = 4443;
const group = "metrics.k8s.io";
const version = "v1beta1";

const metrics: ClusterPrograms<typeof name> = {
  name,
  module: moduleOf(name),
  programs: { [name]: "sigs.k8s.io/metrics-server/cmd/metrics-server" },
};

/**
 * Starts what tells how much CPU and memory pods take, and waits until it does: the autoscaler goes by it. It takes some minutes to build, and
 * few need it: it is not part of the node. The node is ready.
 *
 * @throws Error if it can't be built, or ends: with the end of its log
 */
export async function startMetrics(context: ClusterContext, kubernetes: ControlPlanePrograms): Promise<void> {
  const programs = await obtainPrograms(context, metrics);
  const serving = await certificateFiles(context, `${name}-serving`, "cluster", {
    user: name,
    hosts: [`${name}.${namespace}.svc`],
  });
  const authority = await readFile(serving.authority);
  const items = metricsObjects(authority.toString("base64"));
  await apply(context, kubernetes, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  const args = metricsArguments(
    await kubeconfig(context, name, { user }),
    serving,
    authorityFile(context, "cluster"),
  );
  await startDaemon(context, { name, program: programs[name], args });
  await until(context, {
    what: "the use of the node is known",
    daemon: name,
    seconds: 90,
    isMet: async () => {
      const answer = await kubectl(context, kubernetes, ["get", "--raw", `/apis/${group}/${version}/nodes`]);
      return answer.includes('"usage"');
    },
  });
}

/** Takes its resources from the API server unless it runs: those that nobody serves would keep namespaces from being deleted. */
export async function forgetStoppedMetrics(
  context: ClusterContext,
  kubernetes: ControlPlanePrograms,
): Promise<void> {
  if (await isRunning(context, name)) return;
  await kubectl(context, kubernetes, ["delete", "apiservice", `${version}.${group}`, "--ignore-not-found"]);
}

/** Ends it, if it runs. */
export async function stopMetrics(context: ClusterContext, kubernetes: ControlPlanePrograms): Promise<void> {
  await stopDaemon(context, name);
  await forgetStoppedMetrics(context, kubernetes);
}

function metricsArguments(userFile: string, serving: CertificateFiles, authority: string): string[] {
  return [
    `--kubeconfig=${userFile}`,
    `--authentication-kubeconfig=${userFile}`,
    `--authorization-kubeconfig=${userFile}`,
    `--bind-address=${addresses.host}`,
    `--secure-port=${port}`,
    `--tls-cert-file=${serving.certificate}`,
    `--tls-private-key-file=${serving.key}`,
    `--kubelet-certificate-authority=${authority}`,
    "--kubelet-preferred-address-types=InternalIP",
    "--kubelet-use-node-status-port",
    // Simulated nodes use nothing.
    `--node-selector=kubernetes.io/hostname=${nodeName}`,
    // A quarter of a minute, as the autoscaler looks; each question has to end within it.
    "--metric-resolution=15s",
    "--kubelet-request-timeout=10s",
  ];
}

/**
 * What the API server has to know of it: it forwards a whole group of resources there.
 *
 * @param authority who signed its certificate, in base64
 */
export function metricsObjects(authority: string) {
  const rbac = "rbac.authorization.k8s.io";
  const subjects = [{ apiGroup: rbac, kind: "User", name: user }];
  return [
    ...permissions(user, [
      { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
      { apiGroups: [""], resources: ["nodes", "pods"], verbs: ["get", "list", "watch"] },
    ]),
    // It asks the API server who somebody is, and what they may.
    {
      apiVersion: `${rbac}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name: `${user}:authentication` },
      roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "system:auth-delegator" },
      subjects,
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: "RoleBinding",
      metadata: { name: user, namespace },
      roleRef: { apiGroup: rbac, kind: "Role", name: "extension-apiserver-authentication-reader" },
      subjects,
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace },
      spec: { ports: [{ name: "https", port: 443, targetPort: port }] },
    },
    {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name: `${name}-node`, namespace, labels: { "kubernetes.io/service-name": name } },
      addressType: "IPv4",
      endpoints: [{ addresses: [addresses.host], conditions: { ready: true } }],
      ports: [{ name: "https", port, protocol: "TCP" }],
    },
    {
      apiVersion: "apiregistration.k8s.io/v1",
      kind: "APIService",
      metadata: { name: `${version}.${group}` },
      spec: {
        group,
        version,
        service: { name, namespace },
        caBundle: authority,
        groupPriorityMinimum: 100,
        versionPriority: 100,
      },
    },
  ];
}

import { addresses, type ClusterContext, paths } from "../context.ts";
import { authorityFile, certificateFiles, kubeconfig, serviceAccountKeys } from "../credentials.ts";
import { startDaemon, until } from "../process.ts";
import type { Store } from "./etcd.ts";
import { kubectl } from "./kubectl.ts";
import type { ControlPlanePrograms } from "./programs.ts";

const name = "kube-apiserver";

/** Starts the API server, writes the administrator's kubeconfig, and waits until it is ready. */
export async function startApiServer(
  context: ClusterContext,
  programs: ControlPlanePrograms,
  store: Store,
): Promise<void> {
  await startDaemon(context, {
    name,
    program: programs[name],
    args: [
      ...(await serving(context)),
      ...storing(store),
      ...(await callingOthers(context)),
      ...(await serviceAccounts(context)),
      "--authorization-mode=Node,RBAC",
      // Pod Security and the others are enabled by default.
      "--enable-admission-plugins=NodeRestriction",
      "--allow-privileged=true",
      "--profiling=false",
    ],
  });
  const file = paths(context).kubeconfig;
  await kubeconfig(context, "administrator", { user: "administrator", group: "system:masters" }, file);
  await until(context, {
    what: "the API server is ready",
    daemon: name,
    seconds: 60,
    isMet: async () => (await kubectl(context, programs, ["get", "--raw=/readyz"])) === "ok",
  });
}

async function serving(context: ClusterContext): Promise<string[]> {
  const { host, apiServerPort, firstService, serviceRange, domain } = addresses;
  const service = "kubernetes.default";
  const { certificate, key, authority } = await certificateFiles(context, name, "cluster", {
    user: name,
    hosts: [host, firstService, "kubernetes", service, `${service}.svc`, `${service}.svc.${domain}`],
  });
  return [
    `--bind-address=${host}`,
    `--advertise-address=${host}`,
    `--secure-port=${apiServerPort}`,
    `--service-cluster-ip-range=${serviceRange}`,
    `--tls-cert-file=${certificate}`,
    `--tls-private-key-file=${key}`,
    `--client-ca-file=${authority}`,
  ];
}

function storing({ address, credentials }: Store): string[] {
  return [
    `--etcd-servers=${address}`,
    `--etcd-cafile=${credentials.authority}`,
    `--etcd-certfile=${credentials.certificate}`,
    `--etcd-keyfile=${credentials.key}`,
  ];
}

/** How it calls kubelets, and other API servers such as that of metrics on behalf of its users. */
async function callingOthers(context: ClusterContext): Promise<string[]> {
  // The user needs what the cluster role system:kubelet-api-admin grants; administrators have it before any role exists.
  const kubelet = await certificateFiles(context, "kubelet-client", "cluster", {
    user: "kube-apiserver-kubelet-client",
    group: "system:masters",
  });
  const user = "front-proxy-client";
  const proxy = await certificateFiles(context, user, "front-proxy", { user });
  return [
    `--kubelet-certificate-authority=${kubelet.authority}`,
    `--kubelet-client-certificate=${kubelet.certificate}`,
    `--kubelet-client-key=${kubelet.key}`,
    "--kubelet-preferred-address-types=InternalIP",
    `--requestheader-client-ca-file=${authorityFile(context, "front-proxy")}`,
    `--requestheader-allowed-names=${user}`,
    "--requestheader-extra-headers-prefix=X-Remote-Extra-",
    "--requestheader-group-headers=X-Remote-Group",
    "--requestheader-username-headers=X-Remote-User",
    `--proxy-client-cert-file=${proxy.certificate}`,
    `--proxy-client-key-file=${proxy.key}`,
    // Its own machine reaches pods, but no service's address before kube-proxy runs.
    "--enable-aggregator-routing=true",
  ];
}

async function serviceAccounts(context: ClusterContext): Promise<string[]> {
  const keys = await serviceAccountKeys(context);
  return [
    `--service-account-issuer=https://kubernetes.default.svc.${addresses.domain}`,
    `--service-account-key-file=${keys.public}`,
    `--service-account-signing-key-file=${keys.key}`,
  ];
}

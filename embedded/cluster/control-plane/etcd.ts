import { mkdir } from "node:fs/promises";
import * as path from "node:path";
import { type ClusterContext, paths } from "../context.ts";
import { certificateFiles, type CertificateFiles } from "../credentials.ts";
import { startDaemon } from "../process.ts";
import type { ControlPlanePrograms } from "./programs.ts";

/** Beside etcd's usual ports, which another one on this machine may have. */
const clients = "https://127.0.0.1:12379";
const peers = "https://127.0.0.1:12380";

/** Where etcd is, and the credentials of its one client, the API server. */
export interface Store {
  readonly address: string;
  readonly credentials: CertificateFiles;
}

/** Starts etcd on the loopback interface; it speaks with those that have a certificate of its own authority. */
export async function startEtcd(context: ClusterContext, { etcd }: ControlPlanePrograms): Promise<Store> {
  const data = path.join(paths(context).folder, "etcd");
  await mkdir(data, { recursive: true, mode: 0o700 });
  const server = await certificateFiles(context, "etcd", "etcd", { user: "etcd", hosts: ["127.0.0.1"] });
  const credentials = await certificateFiles(context, "etcd-client", "etcd", { user: "kube-apiserver" });
  await startDaemon(context, {
    name: "etcd",
    program: etcd,
    args: [
      `--data-dir=${data}`,
      `--listen-client-urls=${clients}`,
      `--advertise-client-urls=${clients}`,
      `--listen-peer-urls=${peers}`,
      `--initial-advertise-peer-urls=${peers}`,
      `--initial-cluster=default=${peers}`,
      "--client-cert-auth",
      "--peer-client-cert-auth",
      ...["", "peer-"].flatMap((prefix) => [
        `--${prefix}cert-file=${server.certificate}`,
        `--${prefix}key-file=${server.key}`,
        `--${prefix}trusted-ca-file=${server.authority}`,
      ]),
      // Each write would wait for the disk. A cluster for development may be lost with the machine's power.
      "--unsafe-no-fsync",
      "--log-level=warn",
    ],
  });
  return { address: clients, credentials };
}

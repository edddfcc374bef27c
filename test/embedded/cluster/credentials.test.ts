import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  authorityFile,
  certificateFiles,
  kubeconfig,
  serviceAccountKeys,
} from "../../../embedded/cluster/credentials.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const certificateIn = (file: string) => new X509Certificate(readFileSync(file));
const mode = (file: string) => statSync(file).mode & 0o777;

describe("the credentials of a cluster", () => {
  test("a server's certificate is signed by its authority, and holds for its hosts and addresses", async () => {
    const home = temporaryFolder();
    const files = await certificateFiles({ home }, "server", "cluster", {
      user: "kube-apiserver",
      hosts: ["kubernetes.default.svc", "10.96.0.1"],
    });
    const certificate = certificateIn(files.certificate);
    const authority = certificateIn(files.authority);
    expect(certificate.verify(authority.publicKey)).toBe(true);
    expect(certificate.checkIssued(authority)).toBe(true);
    expect(certificate.checkHost("kubernetes.default.svc")).toBe("kubernetes.default.svc");
    expect(certificate.checkIP("10.96.0.1")).toBe("10.96.0.1");
    expect(certificate.checkPrivateKey(createPrivateKey(readFileSync(files.key)))).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(authority.ca).toBe(true);
  });

  test("the authorities of the cluster, of etcd and of the front proxy do not trust each other's", async () => {
    const home = temporaryFolder();
    const { certificate } = await certificateFiles({ home }, "client", "etcd", { user: "kube-apiserver" });
    await certificateFiles({ home }, "other", "cluster", { user: "kube-apiserver" });
    const other = certificateIn(authorityFile({ home }, "cluster"));
    expect(certificateIn(certificate).verify(other.publicKey)).toBe(false);
  });

  test("a kubeconfig names its user and group, and is read by its owner alone", async () => {
    const home = temporaryFolder();
    const file = await kubeconfig({ home }, "kubelet", { user: "system:node:worker", group: "system:nodes" });
    const { clusters, users } = parse(readFileSync(file, "utf8"));
    expect(clusters[0].cluster.server).toBe("https://10.90.0.1:6443");
    const certificate = new X509Certificate(Buffer.from(users[0].user["client-certificate-data"], "base64"));
    expect(certificate.subject).toBe("O=system:nodes\nCN=system:node:worker");
    expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
    expect(mode(file)).toBe(0o600);
  });

  test("private keys are read by their owner alone, and the service accounts' halves belong together", async () => {
    const home = temporaryFolder();
    const keys = await serviceAccountKeys({ home });
    expect(mode(keys.key)).toBe(0o600);
    const half = createPublicKey(createPrivateKey(readFileSync(keys.key))).export({
      type: "spki",
      format: "pem",
    });
    expect(readFileSync(keys.public, "utf8")).toBe(half);
  });

  test("what was made before is kept: a second start does not lock running daemons out", async () => {
    const home = temporaryFolder();
    const make = () => kubeconfig({ home }, "admin", { user: "admin", group: "system:masters" });
    const first = readFileSync(await make(), "utf8");
    const keys = readFileSync((await serviceAccountKeys({ home })).key, "utf8");
    expect(readFileSync(await make(), "utf8")).toBe(first);
    expect(readFileSync((await serviceAccountKeys({ home })).key, "utf8")).toBe(keys);
  });
});

import { createPublicKey } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { stringify } from "yaml";
import { newPrivateKey } from "../plugins/tls/keys.ts";
import { type Holder, type KeyPair, newAuthority, newCertificate } from "./certificates.ts";
import { addresses, type ClusterContext, paths } from "./context.ts";

type Home = Pick<ClusterContext, "home">;

/** Who signs: for the cluster's own users and servers, for those of etcd, and for what the API server forwards to other API servers. */
export type Authority = "cluster" | "etcd" | "front-proxy";

/** The files of a certificate. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
  /** The certificate of the authority that signed it. */
  readonly authority: string;
}

/** A certificate in files of its own, readable by root alone. One that was made before is kept. */
export async function certificateFiles(
  context: Home,
  name: string,
  authority: Authority,
  holder: Holder,
): Promise<CertificateFiles> {
  const signer = await keyPair(context, `${authority}-authority`, () => newAuthority(`keelson-${authority}`));
  await keyPair(context, name, () => newCertificate(signer, holder));
  return { ...filesOf(context, name), authority: authorityFile(context, authority) };
}

/** The file of an authority's certificate, once it signed something. */
export function authorityFile(context: Home, authority: Authority): string {
  return filesOf(context, `${authority}-authority`).certificate;
}

/**
 * A kubeconfig for a user of the cluster, readable by root alone.
 *
 * @param file where it is written. @defaultValue `NAME.kubeconfig` among the credentials
 * @returns its path
 */
export async function kubeconfig(
  context: Home,
  name: string,
  user: Holder,
  file = path.join(paths(context).credentials, `${name}.kubeconfig`),
): Promise<string> {
  const { certificate, key, authority } = await certificateFiles(context, name, "cluster", user);
  const encoded = async (source: string) => (await readFile(source)).toString("base64");
  const cluster = "keelson";
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": cluster,
    clusters: [
      {
        name: cluster,
        cluster: { server: addresses.apiServer, "certificate-authority-data": await encoded(authority) },
      },
    ],
    contexts: [{ name: cluster, context: { cluster, user: user.user } }],
    users: [
      {
        name: user.user,
        user: {
          "client-certificate-data": await encoded(certificate),
          "client-key-data": await encoded(key),
        },
      },
    ],
  };
  await writePrivately(file, stringify(config, { lineWidth: 0 }));
  return file;
}

/** The key pair that signs the tokens of service accounts: the files of its halves. */
export async function serviceAccountKeys(
  context: Home,
): Promise<{ readonly key: string; readonly public: string }> {
  const { credentials } = paths(context);
  const files = {
    key: path.join(credentials, "service-accounts.key"),
    public: path.join(credentials, "service-accounts.pub"),
  };
  if (existsSync(files.public)) return files;
  const key = await newPrivateKey("ECDSA", 0, "P256");
  await writePrivately(files.key, key.export({ type: "pkcs8", format: "pem" }).toString());
  await writePrivately(files.public, createPublicKey(key).export({ type: "spki", format: "pem" }).toString());
  return files;
}

/** Reads a key pair, or makes it. The certificate is written last: a pair without one is not whole. */
async function keyPair(context: Home, name: string, make: () => Promise<KeyPair>): Promise<KeyPair> {
  const files = filesOf(context, name);
  if (existsSync(files.certificate)) {
    return { certificate: await readFile(files.certificate, "utf8"), key: await readFile(files.key, "utf8") };
  }
  const made = await make();
  await writePrivately(files.key, made.key);
  await writePrivately(files.certificate, made.certificate);
  return made;
}

function filesOf(context: Home, name: string): { readonly certificate: string; readonly key: string } {
  const base = path.join(paths(context).credentials, name);
  return { certificate: `${base}.crt`, key: `${base}.key` };
}

async function writePrivately(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, content, { mode: 0o600 });
  // The mode above is for new files only.
  await chmod(file, 0o600);
}

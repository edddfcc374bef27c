import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type TLSSocket } from "node:tls";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { publicOpenSsh } from "../../../../embedded/plugins/tls/openssh.ts";
import { tls } from "../../../../embedded/plugins/tls/provider.ts";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import { text } from "../../../support/recordings.ts";
import { Kind } from "../../../support/resource.ts";

const privateKey = new Kind(tls, "tls:index/privateKey:PrivateKey");
const selfSigned = new Kind(tls, "tls:index/selfSignedCert:SelfSignedCert");
const certRequest = new Kind(tls, "tls:index/certRequest:CertRequest");
const locallySigned = new Kind(tls, "tls:index/locallySignedCert:LocallySignedCert");

const algorithms = [
  { algorithm: "RSA" },
  { algorithm: "ECDSA" },
  { algorithm: "ECDSA", ecdsaCurve: "P256" },
  { algorithm: "ECDSA", ecdsaCurve: "P384" },
  { algorithm: "ECDSA", ecdsaCurve: "P521" },
  { algorithm: "ED25519" },
] as const;

/** Public keys made by ssh-keygen: their SubjectPublicKeyInfo, and what ssh-keygen prints of them. */
const vectors = [
  [
    "RSA",
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAlLgO1CiPafC1w2Ax/IWl5BXsl+7YE+xQWHMcV018IYMvSaQ8KNhkjZ2VjURbFq9c046HfS16hL6By3p/r4TU70P+7jd0yQzl5L5J+rcPHrf3kXdAKtBv3Ghh261PfRRxgs0E77I5gRC5apEA47vGp9Fn7tGb6o+W9D/SKmY94un1IEpSw5EDViU7bF/KlTLFov0e9UiKsdTSCU2wq4PzTCItETrNM3dd5fBUa0ctWbWqoN6h4Cc/Pl4xvS2yT3SvFygHfH/UrcZjomDz2Vsme8+ymIP4zP04j1MBwZjSNjvhWZkYw0uI9csSie5Ayr7lrXur0z+EB7yF5QzgVhGehQIDAQAB",
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCUuA7UKI9p8LXDYDH8haXkFeyX7tgT7FBYcxxXTXwhgy9JpDwo2GSNnZWNRFsWr1zTjod9LXqEvoHLen+vhNTvQ/7uN3TJDOXkvkn6tw8et/eRd0Aq0G/caGHbrU99FHGCzQTvsjmBELlqkQDju8an0Wfu0Zvqj5b0P9IqZj3i6fUgSlLDkQNWJTtsX8qVMsWi/R71SIqx1NIJTbCrg/NMIi0ROs0zd13l8FRrRy1Ztaqg3qHgJz8+XjG9LbJPdK8XKAd8f9StxmOiYPPZWyZ7z7KYg/jM/TiPUwHBmNI2O+FZmRjDS4j1yxKJ7kDKvuWte6vTP4QHvIXlDOBWEZ6F",
    "SHA256:O/UOmYoCtbZxpCFSLgwjQfg4uRWjOsa0MAZexTy3m3o",
    "41:12:9d:6c:fa:79:51:3c:aa:29:c6:c7:ea:ce:1a:87",
  ],
  [
    "ECDSA P-256",
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAElpUiiCnkl9iWauz39nOaBDdausPjfepG2kh9dtny/5i5tptfD4BZGA55dUAppGxA6pj3rz3Zn3QvcCAYynzshQ==",
    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBJaVIogp5JfYlmrs9/ZzmgQ3WrrD433qRtpIfXbZ8v+YubabXw+AWRgOeXVAKaRsQOqY96892Z90L3AgGMp87IU=",
    "SHA256:rDTn33LHBV9SP3iSufa0/1L671/A/+CtrZERRnEypGs",
    "fe:0a:ef:57:fc:80:49:67:fc:18:4f:bc:aa:1c:b7:0f",
  ],
  [
    "ECDSA P-384",
    "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEF4LpAIxJPuGvcEAzTy5GMqyeKCILn1gkLOAchdK54+x8VJsrU6CmGzKyDLMbhSJwxDwSufWssULThjPIs8W0E/Jrpxt2OKvbZRRy6vTedxLJbDDgfYuwFCyppwowwf4Z",
    "ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBBeC6QCMST7hr3BAM08uRjKsnigiC59YJCzgHIXSuePsfFSbK1OgphsysgyzG4UicMQ8Ern1rLFC04YzyLPFtBPya6cbdjir22UUcur03ncSyWww4H2LsBQsqacKMMH+GQ==",
    "SHA256:zbs8yrmqQndSnOLHO4m+JlQJLUW7FCeB+6Ya6gqilwU",
    "00:f4:09:2a:dd:a7:d9:81:bf:26:95:c4:26:b9:b3:c2",
  ],
  [
    "Ed25519",
    "MCowBQYDK2VwAyEAa7zwZcCPavaVVdfGNP508JcF7ioIUJRDGJKUfM3VGGA=",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGu88GXAj2r2lVXXxjT+dPCXBe4qCFCUQxiSlHzN1Rhg",
    "SHA256:c+yrv6EMTojdgEx7IhgL+hg8otr5ieNqjDkfjKimMo4",
    "1f:4f:51:02:f5:de:39:8c:69:de:8f:98:e1:c7:0a:b2",
  ],
] as const;

afterEach(() => {
  vi.useRealTimers();
});

describe.each(algorithms)("with keys of %j", (kind) => {
  it("a private key is written in every form of the same key", async () => {
    const { outputs } = await privateKey.create(kind);
    const key = createPrivateKey(pem(outputs, "privateKeyPem"));
    expect(createPrivateKey(pem(outputs, "privateKeyPemPkcs8")).equals(key)).toBe(true);
    expect(createPublicKey(pem(outputs, "publicKeyPem")).equals(createPublicKey(key))).toBe(true);
    const hasOpenSsh = kind.algorithm !== "ECDSA" || "ecdsaCurve" in kind;
    expect(pem(outputs, "privateKeyOpenssh") !== "").toBe(hasOpenSsh);
    expect(pem(outputs, "publicKeyFingerprintSha256") !== "").toBe(hasOpenSsh);
  });

  it("an authority signs what was asked for, and the certificate stands up to verification", async () => {
    const authority = await makeAuthority(kind);
    const { certificate } = await makeLeaf(kind, authority);
    const leaf = new X509Certificate(pem(certificate, "certPem"));
    const issuer = new X509Certificate(pem(authority.certificate, "certPem"));
    expect(leaf.verify(issuer.publicKey)).toBe(true);
    expect(leaf.checkIssued(issuer)).toBe(true);
    expect(issuer.ca).toBe(true);
    expect(leaf.ca).toBe(false);
    expect(leaf.subject).toBe("O=keelson é\nCN=localhost");
    expect(leaf.checkHost("localhost")).toBe("localhost");
    expect(leaf.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(leaf.subjectAltName).toBe("DNS:localhost, IP Address:127.0.0.1, URI:spiffe://keelson/web");
    expect(leaf.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
    expect(Date.parse(leaf.validTo)).toBe(Date.parse(text(certificate["validityEndTime"])));
  });
});

describe("a certificate", () => {
  it("serves TLS to a client that trusts its authority", async () => {
    const kind = { algorithm: "ECDSA", ecdsaCurve: "P256" };
    const authority = await makeAuthority(kind);
    const { key, certificate } = await makeLeaf(kind, authority);
    const server = createServer({ key: pem(key, "privateKeyPem"), cert: pem(certificate, "certPem") });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const client: TLSSocket = connect({
      port,
      host: "127.0.0.1",
      servername: "localhost",
      ca: pem(authority.certificate, "certPem"),
    });
    await once(client, "secureConnect");
    expect(client.authorized).toBe(true);
    client.destroy();
    server.close();
  });

  it("is replaced when its time comes, and a refresh says so", async () => {
    const { inputs, certificate } = await makeAuthority({ algorithm: "ED25519" }, { earlyRenewalHours: 2 });
    expect(await selfSigned.diff(certificate, inputs, inputs)).toMatchObject({ changed: false });
    expect((await selfSigned.refresh("1", certificate, inputs))?.outputs).toMatchObject({
      readyForRenewal: false,
    });
    vi.useFakeTimers({ now: Date.now() + 22 * 3_600_000, toFake: ["Date"] });
    expect(await selfSigned.diff(certificate, inputs, inputs)).toMatchObject({
      changed: true,
      replaces: ["readyForRenewal"],
    });
    expect((await selfSigned.refresh("1", certificate, inputs))?.outputs).toMatchObject({
      readyForRenewal: true,
    });
  });

  it("changes its time of renewal in place, and anything else by replacement", async () => {
    const { inputs, certificate } = await makeAuthority({ algorithm: "ED25519" });
    expect(await selfSigned.diff(certificate, inputs, { ...inputs, earlyRenewalHours: 1 })).toMatchObject({
      differs: ["earlyRenewalHours"],
      replaces: [],
    });
    const renamed = { ...inputs, subject: { commonName: "another" } };
    expect(await selfSigned.diff(certificate, inputs, renamed)).toMatchObject({ replaces: ["subject"] });
  });

  it("does not keep a key that was only to be used", async () => {
    const { outputs: key } = await privateKey.create({ algorithm: "ED25519" });
    const inputs = {
      privateKeyPemWo: pem(key, "privateKeyPem"),
      allowedUses: ["server_auth"],
      validityPeriodHours: 1,
    };
    const { outputs } = await selfSigned.create(inputs);
    expect(JSON.stringify(outputs)).not.toContain("PRIVATE KEY");
    expect(await selfSigned.diff(outputs, inputs, inputs)).toMatchObject({ changed: false });
  });

  it("is not signed with a key that does not belong to the authority", async () => {
    const [one, other] = [
      await makeAuthority({ algorithm: "ED25519" }),
      await makeAuthority({ algorithm: "ED25519" }),
    ];
    await expect(makeLeaf({ algorithm: "ED25519" }, { ...one, key: other.key })).rejects.toThrow(
      "the key in caPrivateKeyPem does not belong to the certificate in caCertPem",
    );
  });

  it("is not signed for a request whose signature is wrong", async () => {
    const authority = await makeAuthority({ algorithm: "ED25519" });
    const { outputs: key } = await privateKey.create({ algorithm: "ED25519" });
    const { outputs } = await certRequest.create({
      privateKeyPem: pem(key, "privateKeyPem"),
      dnsNames: ["aaaa.example"],
    });
    const [, body = ""] = /-----\n([^-]+)-----END/.exec(pem(outputs, "certRequestPem")) ?? [];
    const forged = Buffer.from(body, "base64").toString("latin1").replace("aaaa.example", "bbbb.example");
    const certRequestPem = `-----BEGIN CERTIFICATE REQUEST-----\n${Buffer.from(forged, "latin1").toString("base64")}\n-----END CERTIFICATE REQUEST-----\n`;
    await expect(locallySigned.create({ ...leafInputs(authority), certRequestPem })).rejects.toThrow(
      "the signature of the certificate request in certRequestPem is wrong",
    );
  });

  it.each([
    [{ allowedUses: ["flying"] }, /'flying' is not one of 'digital_signature'/],
    [{ privateKeyPem: "x", privateKeyPemWo: "y" }, /both of 'privateKeyPem' and 'privateKeyPemWo' are given/],
    [{}, /none of 'privateKeyPem' and 'privateKeyPemWo' are given/],
  ])("is refused for %j", async (inputs, reason) => {
    const given = { allowedUses: ["server_auth"], validityPeriodHours: 1, ...inputs };
    expect(await selfSigned.failures(given)).toEqual([expect.stringMatching(reason)]);
  });

  it("says nothing of a key that it cannot read", async () => {
    const inputs = { privateKeyPem: "s3cret", allowedUses: [], validityPeriodHours: 1 };
    await expect(selfSigned.create(inputs)).rejects.toThrow(/^the private key cannot be read: give an RSA/);
  });
});

describe("OpenSSH's form of a public key", () => {
  it.each(vectors)("%s is what ssh-keygen writes", (_, spki, line, sha256, md5) => {
    const key = createPublicKey({ key: Buffer.from(spki, "base64"), format: "der", type: "spki" });
    expect(publicOpenSsh(key)).toEqual({ line: `${line}\n`, sha256, md5 });
  });
});

async function makeAuthority(kind: Values, more: Values = {}) {
  const { outputs: key } = await privateKey.create(kind);
  const inputs = {
    privateKeyPem: pem(key, "privateKeyPem"),
    isCaCertificate: true,
    setAuthorityKeyId: true,
    subject: { commonName: "an authority" },
    allowedUses: ["cert_signing", "digital_signature"],
    validityPeriodHours: 24,
    ...more,
  };
  const { outputs: certificate } = await selfSigned.create(inputs);
  return { key, inputs, certificate };
}

type Authority = Awaited<ReturnType<typeof makeAuthority>>;

async function makeLeaf(kind: Values, authority: Authority) {
  const { outputs: key } = await privateKey.create(kind);
  const { outputs: request } = await certRequest.create({
    privateKeyPem: pem(key, "privateKeyPem"),
    subject: { commonName: "localhost", organization: "keelson é" },
    dnsNames: ["localhost"],
    ipAddresses: ["127.0.0.1"],
    uris: ["spiffe://keelson/web"],
  });
  const certRequestPem = pem(request, "certRequestPem");
  const { outputs: certificate } = await locallySigned.create({ ...leafInputs(authority), certRequestPem });
  return { key, certificate };
}

function leafInputs({ key, certificate }: Authority) {
  return {
    caCertPem: pem(certificate, "certPem"),
    caPrivateKeyPem: pem(key, "privateKeyPem"),
    allowedUses: ["server_auth"],
    validityPeriodHours: 12,
  };
}

function pem(outputs: Values, name: string): string {
  return text(outputs[name]);
}

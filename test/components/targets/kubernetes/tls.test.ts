import { describe, expect, it } from "vitest";
import { secretsOf, SECRET } from "../../../support/engine.ts";
import { exposed, HOST, objects } from "../../../support/exposed.ts";

const routes = { "/": { service: "web" } };
const features = { certManager: true };
const secretNameIn = (all: Awaited<ReturnType<typeof exposed>>) =>
  objects(all, "Ingress")["entry"].spec.tls?.[0].secretName;

describe("the certificate of an exposure", () => {
  it("is asked of a cert-manager issuer, and renewed with a new key", async () => {
    const all = await exposed({ tls: { kind: "issuer", name: "letsencrypt" }, features, routes });
    const certificate = objects(all, "Certificate")["entry-tls"];
    expect(certificate.apiVersion).toBe("cert-manager.io/v1");
    expect(certificate.spec).toEqual({
      secretName: secretNameIn(all),
      dnsNames: [HOST],
      issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: "letsencrypt" },
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
    });
  });

  it("may be asked of an issuer of the namespace", async () => {
    const tls = { kind: "issuer", name: "own", scope: "Issuer" } as const;
    const certificate = objects(await exposed({ tls, features, routes }), "Certificate")["entry-tls"];
    expect(certificate.spec.issuerRef).toMatchObject({ kind: "Issuer", name: "own" });
  });

  it("[G5] is proven by a pod that the entry reaches, that nobody else reaches, and that reaches nobody", async () => {
    const all = await exposed({ tls: { kind: "issuer", name: "letsencrypt" }, features, routes });
    expect(objects(all, "NetworkPolicy")["entry-tls"].spec).toEqual({
      podSelector: { matchLabels: { "acme.cert-manager.io/http01-solver": "true" } },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "traefik" } } }],
          ports: [{ port: 8089, protocol: "TCP" }],
        },
      ],
    });
  });

  it("of an issuer needs cert-manager", async () => {
    const refusal = exposed({ tls: { kind: "issuer", name: "letsencrypt" }, routes });
    await expect(refusal).rejects.toThrow(/set the feature "certManager", or give a certificate/);
  });

  it("that someone keeps in the namespace is only referred to", async () => {
    const all = await exposed({ tls: { kind: "secret", name: "wildcard" }, routes });
    expect(secretNameIn(all)).toBe("wildcard");
    expect(objects(all, "Certificate")).toEqual({});
    expect(Object.values(objects(all, "Secret")).filter(({ type }) => type === "kubernetes.io/tls")).toEqual(
      [],
    );
  });

  it("[G3] that is given is a Secret of the type for it, whose key is in no clear text", async () => {
    const all = await exposed({ tls: { kind: "certificate", certificate: "PEM", key: "the-key" }, routes });
    expect(objects(all, "Secret")[secretNameIn(all)]).toMatchObject({
      type: "kubernetes.io/tls",
      stringData: SECRET,
    });
    const secret = all.find(({ inputs }) => inputs["type"] === "kubernetes.io/tls")!;
    expect(secretsOf(secret).join()).toContain("the-key");
    expect(JSON.stringify(all)).not.toContain("the-key");
  });

  it("is none where the entry speaks http", async () => {
    const all = await exposed({ features, routes });
    expect(secretNameIn(all)).toBeUndefined();
    expect(objects(all, "Certificate")).toEqual({});
  });
});

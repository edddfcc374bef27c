import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type KeyPair, newAuthority, newCertificate } from "../../embedded/cluster/certificates.ts";
import { obtainNodePrograms } from "../../embedded/cluster/node/programs.ts";
import { embeddedReference } from "../../embedded/images/recipes.ts";
import { ENTRY_ADDRESS, kubeconfigPath, loadImages } from "../support/cluster.ts";
import { keelsonHome } from "../../embedded/parts/home.ts";
import { Browser } from "../support/edge-browser.ts";
import { type Answer, edgeServer, SILENT_SECONDS } from "../support/edge-server.ts";
import { exposed } from "../support/exposed.ts";
import { clusterClient, objectsOf, removeNamespace, until } from "../support/kubernetes-objects.ts";

const TRAEFIK = { class: "traefik", namespace: "traefik" };
const client = clusterClient();

/** Who answers at each path. Routes are taken up one by one, and until then a shorter prefix leads to another service. */
const SERVICES = { "/": "web", "/api/rag": "rag", "/api": "api" };

async function leadsAll(browser: Browser): Promise<boolean> {
  const answers = Object.entries(SERVICES).map(async ([path, service]) => {
    const secure = await browser.get("https", path);
    const plain = await browser.get("http", path);
    return (
      secure.status === 200 && (JSON.parse(secure.body) as Answer).service === service && plain.status === 301
    );
  });
  return Promise.all(answers).then(
    (led) => led.every(Boolean),
    () => false,
  );
}

/** Path of the program that the cluster's entry is. */
async function traefik(): Promise<string> {
  const context = { home: keelsonHome(), environment: process.env, progress: console.log };
  return (await obtainNodePrograms(context)).traefik;
}

describe.each(["ingress", "gateway"] as const)("requests that Traefik leads by the kind %s", (kind) => {
  const namespace = `edges-${kind}`;
  const host = `${namespace}.example.com`;
  let authority: KeyPair;
  let browser: Browser;

  const ask = async (path: string, headers?: Record<string, string>): Promise<Answer> => {
    const { status, body } = await browser.get("https", path, headers);
    expect(status, body).toBe(200);
    return JSON.parse(body) as Answer;
  };

  beforeAll(async () => {
    const image = embeddedReference("node");
    await loadImages([image]);
    authority = await newAuthority("edges");
    const { certificate, key } = await newCertificate(authority, { user: host, hosts: [host] });
    browser = new Browser(host, authority.certificate);
    await removeNamespace(client, namespace);
    const objects = objectsOf(
      await exposed({
        host,
        namespace,
        entry: { kind, ...TRAEFIK },
        tls: { kind: "secret", name: "given" },
        program: (service) => edgeServer(image, service),
        routes: {
          "/": { service: "web", copies: 2, port: { sticky: true } },
          "/api/rag": { service: "rag", stripPrefix: true, port: { protocol: "ws", idleSeconds: 3600 } },
          "/api": { service: "api" },
        },
      }),
    );
    const given = {
      apiVersion: "v1",
      kind: "Secret",
      type: "kubernetes.io/tls",
      metadata: { namespace, name: "given" },
      stringData: { "tls.crt": certificate, "tls.key": key },
    };
    // The namespace comes before what is in it.
    const first = objects.filter((object) => object.kind === "Namespace");
    for (const object of [...first, given, ...objects.filter((each) => !first.includes(each))]) {
      const { apiVersion, metadata } = object;
      const reference = { apiVersion, kind: object.kind, ...metadata, name: metadata.name! };
      await client.patch(reference, { type: "apply", body: object, force: true }, { fieldManager: "edges" });
    }
    await until("all routes are taken up", () => leadsAll(browser));
    await until("both copies are ready", async () => {
      const { items } = await client.list(
        { apiVersion: "v1", kind: "Pod" },
        { namespace, labelSelector: "app.kubernetes.io/name=web" },
      );
      const ready = items.filter(({ status }) =>
        (status as { conditions?: { type: string; status: string }[] }).conditions?.some(
          (condition) => condition.type === "Ready" && condition.status === "True",
        ),
      );
      return ready.length === 2;
    });
  });
  afterAll(() => removeNamespace(client, namespace));

  it("[A4] reach the service with the longest prefix that fits, which sees its path without a stripped prefix", async () => {
    expect(await ask("/api/rag/documents?top=3")).toMatchObject({ service: "rag", path: "/documents?top=3" });
    expect(await ask("/api/rag")).toMatchObject({ service: "rag", path: "/" });
    expect(await ask("/api/rag/")).toMatchObject({ service: "rag", path: "/" });
    expect(await ask("/api/ragtime")).toMatchObject({ service: "api", path: "/api/ragtime" });
    expect(await ask("/api")).toMatchObject({ service: "api", path: "/api" });
    expect(await ask("/apis")).toMatchObject({ service: "web", path: "/apis" });
    expect(await ask("/")).toMatchObject({ service: "web", path: "/" });
  });

  it("[S6] are sent on from http to https, path and all, and told to services as https", async () => {
    const { status, headers } = await browser.get("http", "/api/rag/documents?top=3");
    expect(status).toBe(301);
    expect(headers.location).toBe(`https://${host}/api/rag/documents?top=3`);
    expect(await ask("/")).toMatchObject({ scheme: "https" });
  });

  it("[S6] stay with their copy once they bear its cookie, and are spread without", async () => {
    const spread = new Set<string>();
    await until("both copies are reached", async () => spread.add((await ask("/")).pod).size === 2, 20);
    const { headers, body } = await browser.get("https", "/");
    const [cookie = ""] = headers["set-cookie"] ?? [];
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; Secure/);
    const { pod } = JSON.parse(body) as Answer;
    for (let request = 0; request < 10; request++)
      expect(await ask("/", { cookie: cookie.split(";")[0]! })).toMatchObject({ pod });
  });

  it(`[S6] become WebSockets, which may be silent for ${SILENT_SECONDS} s`, async () => {
    expect(await browser.firstFrame("/api/rag/ws")).toBe("/ws");
  });

  it(`are answered by streams, which may be silent for ${SILENT_SECONDS} s`, async () => {
    const { status, body } = await browser.get("https", "/api/rag/stream");
    expect([status, body]).toEqual([200, "first last"]);
  });

  // The ports of a Gateway are those of the cluster's own Traefik.
  if (kind === "gateway") return;

  it("are answered by streams that are silent for longer than Traefik lets a request take to arrive", async () => {
    const ports = { http: 28080, https: 28443 };
    const arrival = (name: string) => `--entryPoints.${name}.transport.respondingTimeouts.readTimeout=1s`;
    const impatient = execa(
      await traefik(),
      [
        "--providers.kubernetesIngress",
        "--providers.kubernetesCRD",
        `--entryPoints.web.address=${ENTRY_ADDRESS}:${ports.http}`,
        `--entryPoints.websecure.address=${ENTRY_ADDRESS}:${ports.https}`,
        arrival("web"),
        arrival("websecure"),
      ],
      { env: { KUBECONFIG: kubeconfigPath() }, reject: false },
    );
    try {
      const slow = new Browser(host, authority.certificate, ports);
      await until("all routes are taken up", () => leadsAll(slow));
      const { status, body } = await slow.get("https", "/api/rag/stream");
      expect([status, body]).toEqual([200, "first last"]);
      expect(await slow.firstFrame("/api/rag/ws")).toBe("/ws");
    } finally {
      impatient.kill();
      await impatient;
    }
  });
});

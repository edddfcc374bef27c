import { describe, expect, it } from "vitest";
import { exposed, HOST, objects } from "../../../support/exposed.ts";

const ROUTER = "traefik.ingress.kubernetes.io/router";
const web = { service: "web" };
const rag = { service: "rag", stripPrefix: true };
const routes = { "/": web, "/api/rag": rag };
const wildcard = { kind: "secret", name: "wildcard" } as const;
const pathsOf = (ingress: any) =>
  ingress.spec.rules[0].http.paths.map((each: any) => [each.pathType, each.path, each.backend.service.name]);

describe("an exposure by Ingress", () => {
  it("is of the class traefik where the cluster says nothing else, under one host name", async () => {
    const { entry } = objects(await exposed({ routes: { "/": web } }), "Ingress");
    expect(entry.spec).toEqual({
      ingressClassName: "traefik",
      rules: [
        {
          host: HOST,
          http: {
            paths: [
              {
                path: "/",
                pathType: "Prefix",
                backend: { service: { name: "web", port: { number: 8000 } } },
              },
            ],
          },
        },
      ],
    });
  });

  it("[A4] takes a path and all below it, not what only begins alike, and lets the longest win", async () => {
    const ingresses = objects(await exposed({ routes }), "Ingress");
    expect(pathsOf(ingresses["entry-api-rag"])).toEqual([
      ["Exact", "/api/rag", "rag"],
      ["Prefix", "/api/rag/", "rag"],
    ]);
    const priority = ({ metadata }: any) => Number(metadata.annotations[`${ROUTER}.priority`]);
    expect(priority(ingresses["entry-api-rag"])).toBeGreaterThan(priority(ingresses["entry"]));
    expect(priority(ingresses["entry"])).toBeGreaterThan(0);
  });

  it("strips a prefix by a Middleware of the route's own, which no other route goes through", async () => {
    const all = await exposed({ routes: { ...routes, "/api": { service: "api" } } });
    expect(objects(all, "Middleware")).toEqual({
      "entry-api-rag": expect.objectContaining({ spec: { stripPrefix: { prefixes: ["/api/rag"] } } }),
    });
    const middlewares = Object.entries(objects(all, "Ingress")).map(([name, { metadata }]) => [
      name,
      metadata.annotations[`${ROUTER}.middlewares`],
    ]);
    expect(Object.fromEntries(middlewares)).toEqual({
      entry: undefined,
      "entry-api": undefined,
      "entry-api-rag": "edges-entry-api-rag@kubernetescrd",
    });
  });

  it("without a certificate is reached by http only", async () => {
    const all = await exposed({ routes });
    for (const { metadata, spec } of Object.values(objects(all, "Ingress"))) {
      expect(metadata.annotations).toMatchObject({ [`${ROUTER}.entrypoints`]: "web" });
      expect(metadata.annotations).not.toHaveProperty(`${ROUTER}.tls`);
      expect(spec).not.toHaveProperty("tls");
    }
  });

  it("[S6] with a certificate is reached by https only, and http is sent on there", async () => {
    const all = await exposed({ tls: wildcard, routes });
    const { "entry-to-https": redirect, ...served } = objects(all, "Ingress");
    expect(Object.keys(served)).toEqual(["entry", "entry-api-rag"]);
    for (const { metadata, spec } of Object.values(served)) {
      expect(metadata.annotations).toMatchObject({
        [`${ROUTER}.entrypoints`]: "websecure",
        [`${ROUTER}.tls`]: "true",
      });
      expect(spec.tls).toEqual([{ hosts: [HOST], secretName: "wildcard" }]);
    }
    expect(pathsOf(redirect)).toEqual([["Prefix", "/", "rag"]]);
    expect(redirect.spec).not.toHaveProperty("tls");
    expect(redirect.metadata.annotations).toMatchObject({
      [`${ROUTER}.entrypoints`]: "web",
      [`${ROUTER}.middlewares`]: "edges-entry-to-https@kubernetescrd",
    });
    expect(objects(all, "Middleware")["entry-to-https"].spec).toEqual({
      redirectScheme: { scheme: "https", permanent: true },
    });
  });

  it("is not waited for: a controller may never fill in a status", async () => {
    for (const { metadata } of Object.values(objects(await exposed({ tls: wildcard, routes }), "Ingress")))
      expect(metadata.annotations).toMatchObject({ "pulumi.com/skipAwait": "true" });
  });

  it("of another class is one plain Ingress, as long as it asks for what Ingress has words for", async () => {
    const entry = { kind: "ingress", class: "nginx", namespace: "nginx" } as const;
    const all = await exposed({ entry, routes: { "/": web, "/api": { service: "api" } } });
    const ingresses = objects(all, "Ingress");
    expect(Object.keys(ingresses)).toEqual(["entry"]);
    expect(ingresses["entry"].metadata.annotations).toEqual({ "pulumi.com/skipAwait": "true" });
    expect(pathsOf(ingresses["entry"])).toEqual([
      ["Exact", "/api", "api"],
      ["Prefix", "/api/", "api"],
      ["Prefix", "/", "web"],
    ]);
  });

  it("leads gRPC by Traefik only to a Service that speaks nothing else", async () => {
    const grpc = { protocol: "grpc" } as const;
    const alone = await exposed({ routes: { "/": { service: "search", port: grpc } } });
    expect(objects(alone, "Service")["search"].metadata.annotations).toMatchObject({
      "traefik.ingress.kubernetes.io/service.serversscheme": "h2c",
    });
    const others = { admin: { number: 9000, protocol: "http" } } as const;
    const beside = exposed({ routes: { "/": { service: "search", port: grpc, others } } });
    await expect(beside).rejects.toThrow(/"search" speaks gRPC beside other protocols/);
  });
});

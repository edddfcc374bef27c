import { describe, expect, it } from "vitest";
import { exposed, HOST, objects } from "../../../support/exposed.ts";

const entry = { kind: "gateway", class: "envoy", namespace: "envoy-gateway-system" } as const;
const traefik = { kind: "gateway", class: "traefik", namespace: "traefik" } as const;
const web = { service: "web" };
const rag = { service: "rag", stripPrefix: true };
const wildcard = { kind: "secret", name: "wildcard" } as const;
const ruleOf = (route: any) => route.spec.rules[0];

describe("an exposure by the Gateway API", () => {
  it("is a Gateway of the cluster's class for the one host name, and a route for each path", async () => {
    const all = await exposed({ entry, routes: { "/": web, "/api/rag": rag } });
    expect(objects(all, "Gateway")["entry"].spec).toEqual({
      gatewayClassName: "envoy",
      listeners: [{ name: "http", protocol: "HTTP", port: 80, hostname: HOST }],
    });
    const routes = objects(all, "HTTPRoute");
    expect(Object.keys(routes)).toEqual(["entry", "entry-api-rag"]);
    expect(routes["entry"].spec).toEqual({
      parentRefs: [{ name: "entry", sectionName: "http" }],
      hostnames: [HOST],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          backendRefs: [{ name: "web", port: 8000 }],
        },
      ],
    });
  });

  it("strips a prefix by rewriting the path", async () => {
    const all = await exposed({ entry, routes: { "/": { ...web, stripPrefix: true }, "/api/rag": rag } });
    const routes = objects(all, "HTTPRoute");
    expect(ruleOf(routes["entry-api-rag"])).toMatchObject({
      matches: [{ path: { type: "PathPrefix", value: "/api/rag" } }],
      filters: [
        { type: "URLRewrite", urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/" } } },
      ],
    });
    expect(ruleOf(routes["entry"])).not.toHaveProperty("filters");
  });

  it("[S6] with a certificate serves by https, and sends http on there", async () => {
    const all = await exposed({ entry, tls: wildcard, routes: { "/": web } });
    expect(objects(all, "Gateway")["entry"].spec.listeners).toEqual([
      { name: "http", protocol: "HTTP", port: 80, hostname: HOST },
      {
        name: "https",
        protocol: "HTTPS",
        port: 443,
        hostname: HOST,
        tls: { mode: "Terminate", certificateRefs: [{ name: "wildcard" }] },
      },
    ]);
    const { entry: served, "entry-to-https": redirect } = objects(all, "HTTPRoute");
    expect(served.spec.parentRefs).toEqual([{ name: "entry", sectionName: "https" }]);
    expect(redirect.spec.parentRefs).toEqual([{ name: "entry", sectionName: "http" }]);
    expect(ruleOf(redirect)).toEqual({
      matches: [{ path: { type: "PathPrefix", value: "/" } }],
      filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }],
    });
  });

  it("lifts the time limits of requests where connections may be silent for long, and nowhere else", async () => {
    const routes = {
      "/": { ...web, port: { idleSeconds: 60 } },
      "/api/rag": { ...rag, port: { idleSeconds: 3600 } },
    };
    const made = objects(await exposed({ entry, routes }), "HTTPRoute");
    expect(ruleOf(made["entry-api-rag"]).timeouts).toEqual({ request: "0s", backendRequest: "0s" });
    expect(ruleOf(made["entry"])).not.toHaveProperty("timeouts");
  });

  it("keeps browsers with their copy by an object of Traefik's, and refuses to where no way is known", async () => {
    const routes = { "/": { ...web, port: { sticky: true } } };
    const all = await exposed({ entry: traefik, tls: wildcard, routes });
    expect(ruleOf(objects(all, "HTTPRoute")["entry"]).backendRefs).toEqual([
      { group: "traefik.io", kind: "TraefikService", name: "entry" },
    ]);
    expect(objects(all, "TraefikService")["entry"].spec).toEqual({
      weighted: {
        services: [
          {
            kind: "Service",
            name: "web",
            port: 8000,
            sticky: { cookie: { httpOnly: true, sameSite: "lax", secure: true } },
          },
        ],
      },
    });
    const grpc = { "/": { ...web, port: { sticky: true, protocol: "grpc" } } } as const;
    const [service] = objects(await exposed({ entry: traefik, routes: grpc }), "TraefikService")["entry"].spec
      .weighted.services;
    expect(service).toMatchObject({ scheme: "h2c", sticky: { cookie: { secure: false } } });
    await expect(exposed({ entry, routes })).rejects.toThrow(
      /no settled word for keeping browsers with their copy of "web", .*"envoy"; use Traefik/,
    );
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Reference, ref } from "../../../../components/model/reference.ts";
import { routesOf } from "../../../../components/targets/kubernetes/exposure-routes.ts";
import { exposed, HOST } from "../../../support/exposed.ts";

const endpoint = {
  host: "web",
  ports: { http: { number: 3000 }, gossip: { number: 7000, protocol: "udp" } },
  ready: [],
} as const;
const to = Reference.to(endpoint, "http");
const route = (path: string, reference = to) =>
  routesOf({ host: HOST, routes: { [path]: { to: reference } } })[0]!;

const segment = fc.stringMatching(/^[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,30}$/);
const path = fc.array(segment, { maxLength: 4 }).map((segments) => `/${segments.join("/")}`);

describe("the routes of an exposure", () => {
  it("are told apart by names that say the path", () => {
    expect(route("/").suffix).toBe("");
    expect(route("/api/rag").suffix).toBe("-api-rag");
    expect(route("/api/rag/")).toEqual(route("/api/rag"));
    expect(route("/api-rag").suffix).toMatch(/^-api-rag-[0-9a-f]{8}$/);
  });

  it("never share a name, and have names that Kubernetes takes, whatever their paths", () => {
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 20 }), (paths) => {
        const routes = routesOf({
          host: HOST,
          routes: Object.fromEntries(paths.map((each) => [each, { to }])),
        });
        const names = routes.map(({ suffix }) => `entry${suffix}`);
        expect(new Set(names).size).toBe(paths.length);
        for (const name of names) expect(name).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
        for (const name of names) expect(name.length).toBeLessThanOrEqual(63);
      }),
    );
  });

  it("come with the longest prefix first", () => {
    const paths = ["/", "/api/rag", "/api"];
    const routes = routesOf({ host: HOST, routes: Object.fromEntries(paths.map((each) => [each, { to }])) });
    expect(routes.map(({ prefix }) => prefix)).toEqual(["/api/rag", "/api", ""]);
  });

  it.each(["api", "", "//", "/a//b", "/a/../b", "/.", "/a b", "/a?b", "/a%2fb", "/a`b", "/*"])(
    "can't have the path %o",
    (wrong) => {
      expect(() => route(wrong)).toThrow(/can't be led anywhere; write segments/);
    },
  );

  it("are one at least", () => {
    expect(() => routesOf({ host: HOST, routes: {} })).toThrow(
      /has no route; lead at least "\/" to a service/,
    );
  });

  it("lead to the address of one port of one service of the target, and nowhere else", () => {
    expect(() => route("/", Reference.outside("http://web:3000"))).toThrow(
      /"web", which runs elsewhere; run a service/,
    );
    expect(() => route("/", Reference.plain("web:3000"))).toThrow(/no single port/);
    expect(() => route("/", ref`${to}${Reference.to(endpoint, "gossip")}`)).toThrow(/no single port/);
    expect(() => route("/", ref`http://${to}/ui`)).toThrow(/more than "web:3000"/);
    expect(() => route("/", Reference.to(endpoint, "gossip"))).toThrow(/a port of UDP/);
  });
});

describe("an exposure", () => {
  it("[G4] waits for the services that it leads to", async () => {
    const all = await exposed({
      routes: { "/": { service: "web" }, "/api/rag": { service: "rag", stripPrefix: true } },
    });
    const urnOf = (name: string) =>
      all.find(({ type, name: own }) => type.endsWith(":Deployment") && own === name)!.urn;
    const made = all.filter(({ type }) => /:(Ingress|Middleware)$/.test(type));
    expect(made.map(({ name }) => name)).toEqual(["t-entry", "t-entry-api-rag", "t-entry-api-rag"]);
    for (const { dependencies } of made)
      expect(dependencies).toEqual(expect.arrayContaining([urnOf("t-web"), urnOf("t-rag")]));
    const [, , middleware] = made;
    expect(made[1]!.dependencies).toContain(middleware!.urn);
  });

  it("that can't be said is refused with all the reasons, and what to do", async () => {
    const routes = {
      "/": { service: "web", port: { sticky: true } },
      "/api/rag": { service: "rag", stripPrefix: true, port: { idleSeconds: 3600 } },
    };
    const entry = { kind: "ingress", class: "nginx", namespace: "nginx" } as const;
    const issued = { kind: "issuer", name: "letsencrypt" } as const;
    const refusal = exposed({ entry, tls: issued, routes });
    await expect(refusal).rejects.toThrow(
      /"ai.example.com" can't be exposed so: .*the cluster has none; install it/,
    );
    const standard = exposed({ entry, tls: { kind: "secret", name: "wildcard" }, routes });
    await expect(standard).rejects.toThrow(
      /from http to https, .*stripping the prefix "\/api\/rag".*silences of 3600 s .*"rag".*their copy of "web".*use a controller for the Gateway API/,
    );
  });

  it("to what no Service stands for is refused", async () => {
    const refusal = exposed({ routes: { "/": { to: Reference.outside("http://old.example.com:80") } } });
    await expect(refusal).rejects.toThrow(
      /"ai.example.com" can't be exposed so: path "\/" leads to "old.example.com"/,
    );
  });
});

import { describe, expect, it } from "vitest";
import type { ClusterEntry } from "../../../../components/targets/kubernetes/cluster.ts";
import {
  APP_PROTOCOLS,
  entryUrl,
  ofClass,
  serviceAnnotations,
} from "../../../../components/targets/kubernetes/entry.ts";

const TRAEFIK: ClusterEntry = { kind: "ingress", class: "traefik", namespace: "traefik" };
const PREFIX = "traefik.ingress.kubernetes.io/service";
const off = { kind: "off" } as const;
const encrypted = { kind: "secret", name: "wildcard" } as const;
const web = { number: 3000, protocol: "http" } as const;

describe("the entry point of a cluster", () => {
  it.each([
    [off, "http://ai.example.com"],
    [{ kind: "issuer", name: "letsencrypt" }, "https://ai.example.com"],
    [encrypted, "https://ai.example.com"],
    [{ kind: "certificate", certificate: "…", key: "…" }, "https://ai.example.com"],
  ] as const)("with %o is %s", (tls, url) => {
    expect(entryUrl("ai.example.com", tls)).toBe(url);
  });

  it("names protocols that proxies have to know, and none where bytes are passed on", () => {
    expect(APP_PROTOCOLS).toEqual({
      tcp: undefined,
      udp: undefined,
      http: "http",
      ws: "kubernetes.io/ws",
      grpc: "kubernetes.io/h2c",
    });
  });

  it("knows a controller by the class that is named for it", () => {
    const table = { traefik: 1 };
    expect(ofClass(table, "traefik")).toBe(1);
    expect(ofClass(table, "traefik-internal")).toBe(1);
    expect(ofClass(table, "traefikish")).toBeUndefined();
    expect(ofClass(table, "nginx")).toBeUndefined();
  });
});

describe("the Service of a port", () => {
  it("that asks for nothing bears no annotations", () => {
    expect(serviceAnnotations({ http: web }, TRAEFIK, off)).toEqual({});
    expect(serviceAnnotations({}, TRAEFIK, off)).toEqual({});
  });

  it("[S6] that keeps browsers with their copy has Traefik set a cookie that no script reads", () => {
    const ports = { http: { ...web, sticky: true }, metrics: { number: 9000 } };
    expect(serviceAnnotations(ports, TRAEFIK, off)).toEqual({
      [`${PREFIX}.sticky.cookie`]: "true",
      [`${PREFIX}.sticky.cookie.httponly`]: "true",
      [`${PREFIX}.sticky.cookie.samesite`]: "lax",
      [`${PREFIX}.sticky.cookie.secure`]: "false",
    });
    expect(serviceAnnotations(ports, TRAEFIK, encrypted)).toMatchObject({
      [`${PREFIX}.sticky.cookie.secure`]: "true",
    });
  });

  it("that speaks gRPC only is called so by Traefik; beside HTTP, Traefik speaks HTTP", () => {
    const grpc = { number: 9000, protocol: "grpc" } as const;
    const scheme = { [`${PREFIX}.serversscheme`]: "h2c" };
    expect(serviceAnnotations({ grpc, raft: { number: 7000 } }, TRAEFIK, off)).toEqual(scheme);
    expect(serviceAnnotations({ grpc, http: web }, TRAEFIK, off)).toEqual({});
  });

  it("bears nothing where other objects say it, or where no annotation is known", () => {
    const ports = { http: { ...web, sticky: true } };
    expect(serviceAnnotations(ports, { ...TRAEFIK, kind: "gateway" }, off)).toEqual({});
    expect(serviceAnnotations(ports, { ...TRAEFIK, class: "nginx" }, off)).toEqual({});
  });
});

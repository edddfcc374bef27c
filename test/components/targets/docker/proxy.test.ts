import { describe, expect, it } from "vitest";
import { permissionsOf } from "../../../../components/model/workload.ts";
import { entryPorts, entryUrl } from "../../../../components/targets/docker/proxy.ts";
import { proxyFile } from "../../../support/proxy-file.ts";

/** Hosts that the proxy may open. */
const opened = ({ workload }: Awaited<ReturnType<typeof proxyFile>>) =>
  permissionsOf(workload).map(({ endpoint }) => endpoint.host);

describe("the entry point of a Docker host", () => {
  it.each([
    ["off", 80, 443, "http://ai.example.com", { http: 80 }],
    ["off", 8080, 443, "http://ai.example.com:8080", { http: 8080 }],
    ["internal", 80, 443, "https://ai.example.com", { http: 80, https: 443 }],
    ["acme", 80, 8443, "https://ai.example.com:8443", { http: 80, https: 8443 }],
  ] as const)("with TLS %s on %i and %i is %s", (tls, http, https, url, ports) => {
    expect(entryUrl("ai.example.com", { tls, http, https })).toBe(url);
    expect(entryPorts({ tls, http, https })).toMatchObject(ports);
  });

  it("leads paths to services, with and without the prefix, and tries again what meets a service that is replaced", async () => {
    const { text } = await proxyFile("off");
    expect(text).toMatch(
      /@route0 path \/api\/rag \/api\/rag\/\*\s+handle @route0 \{\s+uri strip_prefix \/api\/rag\s+reverse_proxy rag:8004 \{\s+lb_try_duration 10s/,
    );
    expect(text).toMatch(/@route1 path \/ \/\*\s+handle @route1 \{\s+reverse_proxy web:3000/);
    expect(text).toContain("http://:8080 {");
  });

  it("[G5] opens the services that it leads to, and Let's Encrypt where that signs its certificate", async () => {
    expect(opened(await proxyFile("off"))).toEqual(["rag", "web"]);
    expect(opened(await proxyFile("internal"))).toEqual(["rag", "web"]);
    expect(new Set(opened(await proxyFile("acme")))).toEqual(
      new Set(["rag", "web", "acme-v02.api.letsencrypt.org"]),
    );
  });
});

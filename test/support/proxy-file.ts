import { Reference } from "../../components/model/reference.ts";
import { proxy, type Tls } from "../../components/targets/docker/proxy.ts";
import { settled } from "./outputs.ts";

const endpoint = (host: string, number: number) => ({ host, ports: { http: { number } }, ready: [] });
const routes = {
  "/api/rag": { to: Reference.to(endpoint("rag", 8004), "http"), stripPrefix: true },
  "/": { to: Reference.to(endpoint("web", 3000), "http") },
};

/** The proxy of a host with two routes, as a workload and as the text of its file. */
export async function proxyFile(tls: Tls) {
  const workload = proxy({ host: "ai.example.com", routes }, tls, "caddy:2.11.4-alpine");
  const { value } = await settled((workload.files!["Caddyfile"] as Reference).value);
  return { workload, text: value };
}

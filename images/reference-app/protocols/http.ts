import type { WiringEntry } from "../wiring.ts";
import { authorization, type Protocol } from "./protocol.ts";

/** Any other service: it answers on its health path. */
export const http: Protocol = {
  title: "HTTP",
  // NEXT_PUBLIC_* is compiled into pages for the browser; *_BASE_URL is what clients of external APIs call those: no health path there.
  sign: { schemes: { http: 80, https: 443 }, variable: /^(?!NEXT_PUBLIC_)(?!.*_BASE_URL$).+_(URL|URI)$/ },
  async prove({ url, signal }) {
    const health = new URL(url.origin);
    // A service behind a path prefix has its health below that prefix.
    health.pathname = `${url.pathname.replace(/\/$/, "")}/health`;
    const asked = { headers: authorization(url), redirect: "manual", signal } as const;
    const response = await fetch(health, asked);
    await response.body?.cancel();
    if (response.status !== 200) {
      throw new Error(`GET ${health.pathname} answered ${response.status}; a healthy service answers 200`);
    }
    const wires = await fetch(new URL("wiring", health), asked);
    return `GET ${health.pathname} answered 200${told(await wires.text())}`;
  },
};

/** What a reference application says of its own dependencies, some of which nobody outside can ask for; others say nothing. */
function told(body: string): string {
  const wires = wiresIn(body);
  if (wires.length === 0) return "";
  const missing = wires.filter(({ ok }) => !ok).map(({ name }) => name);
  const own = wires.map(({ name }) => name).join(", ");
  return missing.length > 0
    ? `; it does not prove its own ${missing.join(", ")}`
    : `; it proves its own ${own}`;
}

function wiresIn(body: string): readonly Pick<WiringEntry, "name" | "ok">[] {
  try {
    const { dependencies } = JSON.parse(body) as { readonly dependencies?: unknown };
    return Array.isArray(dependencies) ? dependencies : [];
  } catch {
    return [];
  }
}

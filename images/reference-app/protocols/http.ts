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
    const response = await fetch(health, { headers: authorization(url), redirect: "manual", signal });
    await response.body?.cancel();
    if (response.status !== 200) {
      throw new Error(`GET ${health.pathname} answered ${response.status}; a healthy service answers 200`);
    }
    return `GET ${health.pathname} answered 200`;
  },
};

import type { LiveStack } from "./live-stack.ts";

/** A panel of a dashboard, as far as tests look. */
export interface Panel {
  readonly title: string;
  readonly targets: readonly object[];
}

/** Grafana as people reach it: on the host of its platform, with the login that the stack says. */
export class GrafanaClient {
  readonly #url: string;
  readonly #stack: LiveStack;
  #authorization: string | undefined;

  /** @param url - where browsers find it, without a trailing slash */
  constructor(url: string, stack: LiveStack) {
    this.#url = url;
    this.#stack = stack;
  }

  /** Asks as nobody, and goes nowhere else for it. */
  async askAsNobody(path: string): Promise<Response> {
    return fetch(`${this.#url}${path}`, { redirect: "manual" });
  }

  /** Asks as the administrator; with a body, posts it as JSON. */
  async ask(path: string, body?: object): Promise<Response> {
    this.#authorization ??= await this.#login();
    const headers = { authorization: this.#authorization, "content-type": "application/json" };
    const post = body && { method: "POST", body: JSON.stringify(body) };
    return fetch(`${this.#url}${path}`, { headers, ...post });
  }

  /** Titles and panels of all dashboards. */
  async dashboards(): Promise<readonly { readonly title: string; readonly panels: readonly Panel[] }[]> {
    const found = (await this.#json("/api/search?type=dash-db")) as { uid: string; title: string }[];
    return Promise.all(
      found.map(async ({ uid, title }) => {
        const { dashboard } = (await this.#json(`/api/dashboards/uid/${uid}`)) as {
          dashboard: { panels: readonly Panel[] };
        };
        return { title, panels: dashboard.panels };
      }),
    );
  }

  async #json(path: string): Promise<unknown> {
    const answer = await this.ask(path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}\n${await answer.text()}`);
    return answer.json();
  }

  async #login(): Promise<string> {
    const printed = await this.#stack.done(
      "pulumi",
      "--",
      "stack",
      "output",
      "logins",
      "--show-secrets",
      "--json",
    );
    const { grafana } = JSON.parse(printed) as { grafana: { user: string; password: string } };
    return `Basic ${Buffer.from(`${grafana.user}:${grafana.password}`).toString("base64")}`;
  }
}

/** Something that Prometheus reads, as far as tests look. */
interface Target {
  readonly health: string;
  readonly lastError: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** An alert that Prometheus has, with its state. */
interface ActiveAlert {
  readonly state: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A rule, and why it could not be evaluated, if so. */
interface Rule {
  readonly name: string;
  readonly health: string;
  readonly lastError?: string;
}

/** Asks a server for a path, and gives the body of its answer. */
type Get = (path: string) => Promise<string>;

/** A Prometheus server. */
export class PrometheusClient {
  readonly #get: Get;

  /** @param get - how it is reached */
  constructor(get: Get) {
    this.#get = get;
  }

  /** One that is reached at a port of the loopback address. */
  static at(port: number): PrometheusClient {
    return new PrometheusClient(async (path) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`);
      if (!answer.ok) throw new Error(`${path}: ${answer.status}\n${await answer.text()}`);
      return answer.text();
    });
  }

  /** What it reads, and how that went. */
  async targets(): Promise<readonly Target[]> {
    const { activeTargets } = await this.#ask<{ activeTargets: readonly Target[] }>("targets");
    return activeTargets;
  }

  /** All that it judges by. */
  async rules(): Promise<readonly Rule[]> {
    const { groups } = await this.#ask<{ groups: readonly { rules: readonly Rule[] }[] }>("rules");
    return groups.flatMap(({ rules }) => rules);
  }

  /** Services that it alerts of because they do not answer. */
  async down(): Promise<readonly (string | undefined)[]> {
    const { alerts } = await this.#ask<{ alerts: readonly ActiveAlert[] }>("alerts");
    return alerts
      .filter(({ state, labels }) => state === "firing" && labels["alertname"] === "Down")
      .map(({ labels }) => labels["job"]);
  }

  async #ask<Data>(path: string): Promise<Data> {
    return (JSON.parse(await this.#get(`/api/v1/${path}`)) as { data: Data }).data;
  }
}

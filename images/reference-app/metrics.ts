import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { WiringEntry } from "./wiring.ts";

/** What is measured: of requests, of dependencies, and of the process. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Counter<"method" | "route" | "status">;
  readonly #durations: Histogram<"method" | "route">;

  constructor(service: string, entries: () => readonly WiringEntry[]) {
    const registers = [this.#registry];
    this.#registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Counter({
      name: "http_requests_total",
      help: "Requests answered",
      labelNames: ["method", "route", "status"],
      registers,
    });
    this.#durations = new Histogram({
      name: "http_request_duration_seconds",
      help: "Time from a request to its answer",
      labelNames: ["method", "route"],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    });
    dependencyGauges(entries, registers);
  }

  /** Counts a request. The route is the pattern, not the path: paths are without end. */
  observe(method: string, route: string, status: number, seconds: number): void {
    this.#requests.inc({ method, route, status });
    this.#durations.observe({ method, route }, seconds);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Everything in the format that Prometheus reads. */
  render(): Promise<string> {
    return this.#registry.metrics();
  }
}

function dependencyGauges(entries: () => readonly WiringEntry[], registers: Registry[]): void {
  const labelNames = ["dependency", "protocol", "target"] as const;
  const labels = ({ name, protocol, target }: WiringEntry) => ({ dependency: name, protocol, target });
  new Gauge({
    name: "dependency_up",
    help: "Whether the last proof of a dependency succeeded",
    labelNames,
    registers,
    collect() {
      for (const entry of entries()) this.set(labels(entry), entry.ok ? 1 : 0);
    },
  });
  new Gauge({
    name: "dependency_proof_seconds",
    help: "How long the last proof of a dependency took",
    labelNames,
    registers,
    collect() {
      for (const entry of entries()) {
        if (entry.milliseconds !== null) this.set(labels(entry), entry.milliseconds / 1_000);
      }
    },
  });
}

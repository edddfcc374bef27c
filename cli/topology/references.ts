import type * as pulumi from "@pulumi/pulumi";
import {
  type Endpoint,
  type Grant,
  grantsOf,
  Reference,
  type Setting,
} from "../../components/model/reference.ts";
import type { Placement, Step } from "../../components/model/target.ts";
import type { JobWorkload } from "../../components/model/workload.ts";
import { portFacts } from "./facts.ts";
import type { PortFacts, Purpose, ReferenceFacts } from "./topology.ts";

type Settings = Pick<JobWorkload, "env" | "files">;

/** https://opentelemetry.io/docs/specs/otel/protocol/exporter/: a program learns by these where to send telemetry. */
const TELEMETRY_VARIABLE = /^OTEL_EXPORTER_OTLP_(\w+_)?ENDPOINT$/;

/** Writes down who refers to whom, while a program states it. */
export class References {
  readonly #facts = new Map<string, ReferenceFacts>();
  /** Names of workloads by the host names that lead to them. */
  readonly #names = new Map<string, string>();
  /** Names of jobs by what exists once they have ended well. */
  readonly #steps = new Map<pulumi.Input<pulumi.Resource>, string>();
  /** Endpoints that are given away for their metrics alone. */
  readonly #watched = new WeakSet<Endpoint>();

  /** All references so far, each port of each pair once. */
  get all(): readonly ReferenceFacts[] {
    return [...this.#facts.values()];
  }

  /** Notes to whom an endpoint belongs. */
  named(name: string, endpoint: Endpoint): Endpoint {
    this.#names.set(endpoint.host, name);
    return endpoint;
  }

  /** Notes which job a step is. */
  step(name: string, { done }: Step): void {
    this.#steps.set(done, name);
  }

  /** A reference by which metrics of a workload are read, told apart from one by which it is used. */
  watched(name: string, host: Reference): Reference {
    const { endpoint, port } = host.grants[0]!;
    const apart = this.named(name, { ...endpoint });
    this.#watched.add(apart);
    return Reference.host(apart, port);
  }

  /** Notes all that a workload refers to. */
  of(from: string, { env = {}, files = {} }: Settings): void {
    for (const [key, setting] of [...Object.entries(env), ...Object.entries(files)])
      for (const grant of grantsOf([setting])) this.#add(from, grant, this.#purpose(key, grant));
  }

  /** Where a reference leads. */
  destinations(to: Reference): readonly { readonly to: string; readonly port: PortFacts }[] {
    return grantsOf([to]).map((grant) => this.#destination(grant));
  }

  /** Names of the jobs that have to have ended well before a workload starts. */
  stepsBefore({ env = {}, files = {} }: Settings, { after = [] }: Placement): readonly string[] {
    const settings: readonly Setting[] = [...Object.values(env), ...Object.values(files)];
    const ready = grantsOf(settings).flatMap(({ endpoint }) => endpoint.ready);
    const names = [...after.map(({ done }) => done), ...ready].flatMap((done) => this.#steps.get(done) ?? []);
    return [...new Set(names)].toSorted();
  }

  #purpose(key: string, { endpoint }: Grant): Purpose {
    if (this.#watched.has(endpoint)) return "metrics";
    return TELEMETRY_VARIABLE.test(key) ? "telemetry" : "use";
  }

  #add(from: string, grant: Grant, purpose: Purpose): void {
    const { to, port } = this.#destination(grant);
    const key = `${from} ${to} ${port.number}`;
    // Who uses a service may read its metrics at the same port: that it is used says more.
    if (this.#facts.has(key) && purpose !== "use") return;
    this.#facts.set(key, { from, to, outside: grant.endpoint.outside ?? false, port, purpose });
  }

  #destination({ endpoint, port }: Grant) {
    const { host, ports } = endpoint;
    return { to: this.#names.get(host) ?? host, port: portFacts(port, ports[port]!) };
  }
}

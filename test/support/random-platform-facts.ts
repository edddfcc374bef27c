import type { Known, Part, Service } from "./random-platform.ts";
import { OUTSIDE } from "./random-platform.ts";

/** A part that runs as a process. */
export type Running = Exclude<Part, { kind: "exposed" }>;

/** What has to be true of a random platform wherever it runs, as its description says. */
export class Facts {
  readonly running: readonly Running[];
  readonly services: readonly Service[];
  readonly #parts: readonly Part[];

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
    this.running = parts.filter((part) => part.kind !== "exposed");
    this.services = parts.filter((part) => part.kind === "service");
  }

  /** A part by its name. */
  of(name: string): Running {
    return this.running.find((part) => part.name === name)!;
  }

  /** Whether a part refers to a port, by `number/transport`; to any, unless one is given. */
  refers(client: string, server: string, port?: string): boolean {
    return this.of(client).references.some(
      (known) => known.service === server && (port === undefined || this.portOf(known) === port),
    );
  }

  /** Whether anything exposed leads to a port of a service; to any, unless one is given. */
  exposes(service: string, port?: string): boolean {
    return this.#parts.some(
      (part) =>
        part.kind === "exposed" &&
        part.routes.some(
          (known) => known.service === service && (port === undefined || this.portOf(known) === port),
        ),
    );
  }

  /** Whether the number of some part's copies follows what is asked at a port of a service. */
  measures(service: string, port: string): boolean {
    return this.services.some(
      ({ follows }) => follows !== undefined && follows.service === service && this.portOf(follows) === port,
    );
  }

  /** Whether a part's copies find each other by a port. */
  meets(name: string, port: string): boolean {
    const part = this.of(name);
    if (part.kind !== "service" || part.copies === 1 || part.volumes === 0) return false;
    return Object.keys(part.ports).some((each) => this.portOf({ service: name, port: each }) === port);
  }

  /** Whether a part refers to a server elsewhere that may have an address. */
  leaves(client: string, address: string, port: string): boolean {
    return this.of(client).outside.some((url) => {
      const elsewhere = ELSEWHERE[url as (typeof OUTSIDE)[number]];
      return elsewhere.port === port && (elsewhere.address === undefined || elsewhere.address === address);
    });
  }

  /** All that has to be ready before a part starts, and what that waits for. */
  awaitedBy(name: string): ReadonlySet<string> {
    const { references, after } = this.of(name);
    const direct = [...references.map(({ service }) => service), ...after];
    return new Set(direct.flatMap((each) => [each, ...this.awaitedBy(each)]));
  }

  /** Every hidden text, with the parts that are told it. */
  get secrets(): ReadonlyMap<string, readonly string[]> {
    const told = this.running.flatMap((part) => [
      ...part.hidden.map((text) => [text, part.name] as const),
      ...(part.kind === "service" ? [[part.password, part.name] as const] : []),
      ...part.references
        .filter(({ as }) => as === "login")
        .map(({ service }) => [(this.of(service) as Service).password, part.name] as const),
    ]);
    const texts = [...new Set(told.map(([text]) => text))];
    const holders = (text: string) => told.filter(([each]) => each === text).map(([, name]) => name);
    return new Map(texts.map((text) => [text, [...new Set(holders(text))].toSorted()]));
  }

  /** A port, by `number/transport`. */
  portOf({ service, port }: Pick<Known, "service" | "port">): string {
    const { number, protocol } = (this.of(service) as Service).ports[port]!;
    return `${number}/${protocol === "udp" ? "UDP" : "TCP"}`;
  }
}

/** Where the servers elsewhere are; those with a name may have any address. */
const ELSEWHERE: Readonly<
  Record<(typeof OUTSIDE)[number], { readonly port: string; readonly address?: string }>
> = {
  "https://api.example.com/v1": { port: "443/TCP" },
  "http://models.example.org:8001": { port: "8001/TCP" },
  "postgres://192.0.2.7:5432/db": { port: "5432/TCP", address: "192.0.2.7" },
  "http://[2001:db8::7]:9000": { port: "9000/TCP", address: "2001:db8::7" },
};

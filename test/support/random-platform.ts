import type * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import { demandOf } from "../../components/model/capacity.ts";
import { type Endpoint, type Port, ref, Reference, type Setting } from "../../components/model/reference.ts";
import type { Step, Target } from "../../components/model/target.ts";
import type { JobWorkload, Workload } from "../../components/model/workload.ts";

/** What a random platform is made of; a part knows only parts before it. */
export type Part = Service | Job | Repeated | Exposed;

/** What every part that runs is told. */
interface Told {
  readonly name: string;
  /** Hidden texts of its own. */
  readonly hidden: readonly string[];
  readonly plain: number;
  readonly references: readonly Known[];
  /** URLs of servers elsewhere. */
  readonly outside: readonly string[];
  /** Names of jobs that come first. */
  readonly after: readonly string[];
  readonly asFiles: boolean;
}

/** A port of an earlier service, and what of it is known. */
export interface Known {
  readonly service: string;
  readonly port: string;
  readonly as: "host" | "port" | "address" | "login";
}

/** A part that is kept running. */
export interface Service extends Told {
  readonly kind: "service";
  readonly ports: Readonly<Record<string, Port>>;
  /** Text that its clients are told where they log in. */
  readonly password: string;
  readonly volumes: number;
  readonly copies: number;
}

interface Job extends Told {
  readonly kind: "job";
}

interface Repeated extends Told {
  readonly kind: "repeated";
}

/** A part that leads requests from outside to services. */
interface Exposed {
  readonly kind: "exposed";
  readonly name: string;
  readonly routes: readonly Pick<Known, "service" | "port">[];
}

/** Servers elsewhere, one by name on each port, one by address. */
export const OUTSIDE = [
  "https://api.example.com/v1",
  "http://models.example.org:8001",
  "postgres://192.0.2.7:5432/db",
  "http://[2001:db8::7]:9000",
] as const;

const PROTOCOLS = ["tcp", "udp", "http", "ws", "grpc"] as const;
const HTTP: readonly (string | undefined)[] = ["http", "ws"];
const resources = { cpuRequest: 0.01, cpuLimit: 0.1, memoryRequestMiB: 16, memoryLimitMiB: 32 };
const user = { uid: 1000, gid: 1000 };

const seed = fc.record({
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.constant("service" as const) },
    { weight: 3, arbitrary: fc.constantFrom("job" as const, "repeated" as const, "exposed" as const) },
  ),
  // Few numbers, so that services share some.
  ports: fc.uniqueArray(
    fc.record({ number: fc.integer({ min: 8000, max: 8003 }), protocol: fc.constantFrom(...PROTOCOLS) }),
    {
      selector: ({ number }) => number,
      maxLength: 3,
    },
  ),
  volumes: fc.constantFrom(0, 0, 1, 2),
  copies: fc.constantFrom(1, 1, 3),
  hidden: fc.nat(2),
  plain: fc.nat(2),
  references: fc.array(
    fc.record({
      to: fc.nat(),
      port: fc.nat(),
      as: fc.constantFrom("host", "port", "address", "login"),
    } as const),
    { maxLength: 3 },
  ),
  outside: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.subarray([...OUTSIDE], { minLength: 1 }) },
  ),
  after: fc.array(fc.nat(), { maxLength: 1 }),
  asFiles: fc.boolean(),
});
type Seed = typeof seed extends fc.Arbitrary<infer Value> ? Value : never;

/** Platforms of up to nine parts. */
export const platforms: fc.Arbitrary<readonly Part[]> = fc
  .array(seed, { minLength: 1, maxLength: 9 })
  .map((seeds) => seeds.reduce<readonly Part[]>((parts, each) => [...parts, partOf(each, parts)], []));

/** A part that knows some of those before it. */
function partOf(seeded: Seed, before: readonly Part[]): Part {
  const { kind, plain, outside, asFiles, volumes, copies } = seeded;
  const name = `${kind}-${before.length}`;
  const known = before
    .filter((part) => part.kind === "service")
    .flatMap(({ name: service, ports }) =>
      Object.keys(ports).map((port) => ({ service, port, ...ports[port]! })),
    );
  const jobs = before.filter((part) => part.kind === "job");
  if (kind === "exposed") {
    const routes = chosen(
      known.filter(({ protocol }) => HTTP.includes(protocol)),
      seeded.references,
    );
    return { kind, name, routes: routes.map(({ service, port }) => ({ service, port })) };
  }
  const told: Told = {
    name,
    hidden: Array.from({ length: seeded.hidden }, (_, index) => `hidden-${name}-${index}.`),
    plain,
    references: chosen(known, seeded.references).map(({ service, port, as }) => ({ service, port, as })),
    outside,
    after: chosen(
      jobs,
      seeded.after.map((to) => ({ to })),
    ).map((job) => job.name),
    asFiles,
  };
  if (kind !== "service") return { kind, ...told };
  const ports = Object.fromEntries(seeded.ports.map((port, index) => [`port-${index}`, port]));
  return { kind, ...told, ports, password: `password-${name}.`, volumes, copies };
}

/** For each wish one of some, if there are any. */
function chosen<Each, Wish extends { readonly to: number }>(
  some: readonly Each[],
  wishes: readonly Wish[],
): (Each & Omit<Wish, "port">)[] {
  return some.length === 0 ? [] : wishes.map(({ ...wish }) => ({ ...wish, ...some[wish.to % some.length]! }));
}

/** Makes a platform on a target. */
export function compose(parts: readonly Part[], target: Target & pulumi.Resource): void {
  const endpoints = new Map<string, Endpoint>();
  const passwords = new Map<string, Reference>();
  const steps = new Map<string, Step>();
  const running = parts.filter((part) => part.kind === "service");
  target.admit(Object.fromEntries(running.map((part) => [part.name, demandOf(workloadOf(part, {}))])));

  const refer = ({ service, port, as }: Known): Reference => {
    const endpoint = endpoints.get(service)!;
    if (as === "host") return Reference.host(endpoint, port);
    if (as === "port") return Reference.port(endpoint, port);
    const address = Reference.to(endpoint, port);
    return as === "address" ? address : ref`any://user:${passwords.get(service)!}@${address}/`;
  };
  const settingsOf = ({ hidden, plain, references, outside }: Told): Record<string, Setting> => ({
    ...keyed(
      "HIDDEN",
      hidden.map((text) => Reference.hidden(text)),
    ),
    ...keyed(
      "PLAIN",
      Array.from({ length: plain }, (_, index) => index),
    ),
    ...keyed("SERVICE", references.map(refer)),
    ...keyed(
      "OUTSIDE",
      outside.map((url) => Reference.outside(url)),
    ),
  });
  const make: { readonly [Kind in Part["kind"]]: (part: Extract<Part, { kind: Kind }>) => void } = {
    service: (part) => {
      const password = Reference.hidden(part.password);
      const settings = { PASSWORD: password, ...settingsOf(part) };
      passwords.set(part.name, password);
      endpoints.set(
        part.name,
        target.run(part.name, () => workloadOf(part, settings), placementOf(part)),
      );
    },
    job: (part) => {
      steps.set(part.name, target.complete(part.name, jobOf(part, settingsOf(part)), placementOf(part)));
    },
    repeated: (part) => {
      const job = jobOf(part, settingsOf(part));
      target.repeat(part.name, job, { every: "day", at: "03:15" }, placementOf(part));
    },
    exposed: ({ name, routes }) => {
      const entries = routes.map(({ service, port }, index) => {
        return [index === 0 ? "/" : `/api/${index}`, { to: Reference.to(endpoints.get(service)!, port) }];
      });
      if (routes.length === 0) return;
      target.expose(
        name,
        { host: `${name}.example.com`, routes: Object.fromEntries(entries) },
        { parent: target },
      );
    },
  };
  const placementOf = (part: Told & { readonly copies?: number }) => ({
    parent: target,
    after: part.after.map((job) => steps.get(job)!),
    ...(part.copies !== undefined && { copies: part.copies }),
  });
  for (const part of parts) (make[part.kind] as (part: Part) => void)(part);
}

function workloadOf(part: Service, settings: Readonly<Record<string, Setting>>): Workload {
  const volumes = Array.from({ length: part.volumes }, (_, index) => [
    `volume-${index}`,
    { path: `/data/${index}`, sizeGiB: 1 },
  ]);
  return {
    ...jobOf(part, settings),
    ports: part.ports,
    volumes: Object.fromEntries(volumes),
    probes: { readiness: { check: { kind: "exec", command: ["true"] } } },
  };
}

function jobOf({ asFiles }: Told, settings: Readonly<Record<string, Setting>>): JobWorkload {
  const told = asFiles ? { files: settings } : { env: settings };
  return { image: "random:1", command: ["work"], resources, user, ...told };
}

function keyed(prefix: string, settings: readonly Setting[]): Record<string, Setting> {
  return Object.fromEntries(settings.map((setting, index) => [`${prefix}_${index}`, setting]));
}

import * as fc from "fast-check";
import type { Port } from "../../components/model/reference.ts";

/** What a random platform is made of; a part knows only parts before it. */
export type Part = Service | Job | Repeated | Exposed;

/** What every part that runs is told. */
export interface Told {
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
  /** A broker whose messages decide how many copies there are. */
  readonly follows: Pick<Known, "service" | "port"> | undefined;
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
  follows: fc.array(fc.record({ to: fc.nat() }), { maxLength: 1 }),
  hidden: fc.nat(2),
  plain: fc.nat(2),
  references: fc.array(
    fc.record({ to: fc.nat(), as: fc.constantFrom("host", "port", "address", "login") } as const),
    { maxLength: 3 },
  ),
  outside: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.subarray([...OUTSIDE], { minLength: 1 }) },
  ),
  after: fc.array(fc.record({ to: fc.nat() }), { maxLength: 1 }),
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
    after: chosen(jobs, seeded.after).map((job) => job.name),
    asFiles,
  };
  if (kind !== "service") return { kind, ...told };
  const ports = Object.fromEntries(seeded.ports.map((port, index) => [`port-${index}`, port]));
  // What has volumes can't be scaled by signals.
  const asked = volumes > 0 ? [] : seeded.follows;
  const [follows] = chosen(known, asked).map(({ service, port }) => ({ service, port }));
  return { kind, ...told, ports, password: `password-${name}.`, volumes, copies, follows };
}

/** For each wish one of some, if there are any. */
function chosen<Each extends object, Wish extends { readonly to: number }>(
  some: readonly Each[],
  wishes: readonly Wish[],
): (Each & Wish)[] {
  return some.length === 0 ? [] : wishes.map((wish) => ({ ...wish, ...some[wish.to % some.length]! }));
}

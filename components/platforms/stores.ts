import type { Resource } from "@pulumi/pulumi";
import type { Demand } from "../model/capacity.ts";
import type { Target } from "../model/target.ts";
import type { Resources } from "../model/workload.ts";
import { authority } from "../secrets/certificate.ts";
import type { DatabaseServer } from "../services/database.ts";
import { ExternalPostgres, type ExternalPostgresArgs } from "../services/external-postgres.ts";
import { Postgres, POSTGRES_RESOURCES } from "../services/postgres.ts";
import { ReplicatedPostgres } from "../services/replicated-postgres.ts";
import type { ObservabilityImages } from "./observability-args.ts";
import { withPostgresExporter } from "./store-exporters.ts";

/** A store of a platform: what it asks to be promised, and how it is made, or the way to it where somebody else runs it. */
export interface Store<Made> {
  readonly demands: Readonly<Record<string, Demand>>;
  readonly make: (parent: Resource) => Made;
  /**
   * The same with a program that publishes its metrics.
   *
   * @defaultValue itself: it publishes its metrics, has none, or is watched by those who run it
   */
  readonly observed?: (images: ObservabilityImages) => Store<Made>;
}

type Stores<Made> = { readonly [Name in keyof Made]: Store<Made[Name]> };

/** Several stores as one, which makes them in their order. */
export function combined<Made extends object>(stores: Stores<Made>): Store<Made> {
  const all = Object.entries(stores) as [string, Store<unknown>][];
  return {
    demands: Object.assign({}, ...all.map(([, { demands }]) => demands)),
    make: (parent) =>
      Object.fromEntries(all.map(([name, { make }]) => [name, make(parent)])) as unknown as Made,
    observed: (images) =>
      combined(
        Object.fromEntries(
          all.map(([name, store]) => [name, store.observed?.(images) ?? store]),
        ) as unknown as Stores<Made>,
      ),
  };
}

/** A store of which something is used. */
export function using<Made, Used>(store: Store<Made>, use: (made: Made) => Used): Store<Used> {
  const { demands, make, observed } = store;
  return {
    demands,
    make: (parent) => use(make(parent)),
    ...(observed && { observed: (images) => using(observed(images), use) }),
  };
}

/** The image of a public program, where it is not to be the catalogue's. */
export function imageOf<Name extends string>(
  name: Name,
  { publicImages }: { readonly publicImages: Partial<Readonly<Record<Name, string>>> },
): { readonly image?: string } {
  const image: string | undefined = publicImages[name];
  return image === undefined ? {} : { image };
}

/** The PostgreSQL server of a platform. */
interface DatabaseChoice {
  readonly target: Target;
  readonly image?: string;
  /** The server that somebody else runs, if so. */
  readonly external: Omit<ExternalPostgresArgs, "target" | "image"> | undefined;
  readonly copies: number;
  readonly resources?: Resources;
  readonly storageGiB: number;
  /** How it can run elsewhere; see `Demand`. */
  readonly offload?: string;
}

/** The platform's own PostgreSQL server in one copy or in several, or one that somebody else runs. */
export function databaseStore(choice: DatabaseChoice): Store<DatabaseServer> {
  const { external, copies, offload, ...server } = choice;
  const { target, image, storageGiB, resources = POSTGRES_RESOURCES } = server;
  if (external) {
    const settings = { target, ...external, ...(image !== undefined && { image }) };
    return { demands: {}, make: (parent) => new ExternalPostgres("postgres", settings, { parent }) };
  }
  const demand: Demand = { ...resources, storageGiB, ...(offload !== undefined && { offload }) };
  const signed = (parent: Resource) => ({ ...server, authority: authority("authority", parent) });
  if (copies === 1)
    return withPostgresExporter(target, {
      demands: { postgres: demand },
      make: (parent) => new Postgres("postgres", signed(parent), { parent }),
    });
  return withPostgresExporter(target, {
    demands: { postgres: { ...demand, copies, program: "postgresql" } },
    make: (parent) => new ReplicatedPostgres("postgres", { ...signed(parent), copies }, { parent }),
  });
}

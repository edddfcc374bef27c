import type { Reference } from "./reference.ts";
import type { Resources } from "./workload.ts";

/** A server whose copies keep each other's data, and go on when one of them is lost. */
export type ReplicatedServer = ReplicatedPostgres;

/** PostgreSQL: one copy is written to, the others follow. Clients find it at the port `sql`. */
export interface ReplicatedPostgres {
  readonly program: "postgresql";
  /** Image reference, with a version or a digest. */
  readonly image: string;
  /** How many there are, the one that is written to among them. */
  readonly copies: number;
  readonly resources: Resources;
  /** Room for data of each copy, in GiB; raised later at will, never lowered. */
  readonly storageGiB: number;
  /** Parameters of the server, by name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Password of the user `postgres`. */
  readonly admin: Reference;
}

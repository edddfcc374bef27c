import type { Demand } from "./capacity.ts";
import type { Reference } from "./reference.ts";
import type { Resources, User } from "./workload.ts";

/** A server whose copies keep each other's data, and go on when one of them is lost. */
export type ReplicatedServer = PostgresqlServer;

/** PostgreSQL: one copy is written to, the others follow. Clients find the first at the port `sql`. */
export interface PostgresqlServer {
  readonly program: "postgresql";
  /** Image reference; its tag begins with the version of PostgreSQL. */
  readonly image: string;
  /** How many there are, the one that is written to among them. */
  readonly copies: number;
  /** Of each copy. */
  readonly resources: Resources;
  /** Room for data of each copy, in GiB; raised later at will, never lowered. */
  readonly storageGiB: number;
  /** Parameters of the server, by name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** User that the image's files are made for. */
  readonly user: User;
  /** Password of the administrator `postgres`. */
  readonly admin: Reference;
  /**
   * What the server proves itself by to its clients.
   *
   * @defaultValue a certificate that clients can't check
   */
  readonly identity?: ServerIdentity;
}

/** A server's certificate for its host name, in PEM. */
export interface ServerIdentity {
  readonly certificate: Reference;
  readonly key: Reference;
  /** Certificate of the authority that signed the server's. */
  readonly authority: Reference;
}

/** What a replicated server asks to be promised. */
export function replicatedDemand({
  program,
  copies,
  resources,
  storageGiB,
}: Pick<ReplicatedServer, "program" | "copies" | "resources" | "storageGiB">): Demand {
  const { cpuRequest, memoryRequestMiB } = resources;
  return { cpuRequest, memoryRequestMiB, storageGiB, copies, program };
}

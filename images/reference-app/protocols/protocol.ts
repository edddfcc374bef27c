import type { Variables } from "../environment.ts";

/** How variables name a dependency of a protocol. */
export interface Sign {
  /** Schemes of its URLs with the port that each implies. */
  readonly schemes: Readonly<Record<string, number>>;
  /** Variables that name it, where other protocols use the same schemes. @defaultValue any variable with such a URL */
  readonly variable?: RegExp;
  /** Variables that name it in parts; looked at where no URL names it. @defaultValue none */
  readonly parts?: Parts;
}

/** Names of the variables that hold the parts of an address. */
export interface Parts {
  readonly scheme: string;
  readonly host: string;
  /** @defaultValue none: each of the hosts, which have commas between them, has its port behind it */
  readonly port?: string;
  /** Port where none is said. */
  readonly defaultPort: number;
  readonly user?: string;
  readonly password?: string;
  readonly path?: string;
}

/** What a proof is given. */
export interface Proof {
  /** Address with credentials. Never to be shown. */
  readonly url: URL;
  /** Service that is stood in for; part of the names under which it writes. */
  readonly service: string;
  /** The environment, for settings beside the URL. */
  readonly variables: Variables;
  /** Ends the proof early. */
  readonly signal: AbortSignal;
}

/** A protocol that the reference application speaks. Its client is loaded by its first proof, so that unused ones cost nothing. */
export interface Protocol {
  /** Name as people write it. */
  readonly title: string;
  readonly sign: Sign;
  /**
   * Connects anew with the given credentials, writes, reads back what it wrote, and closes.
   *
   * @returns What was proved, without credentials.
   * @throws Error that says what did not work.
   */
  readonly prove: (proof: Proof) => Promise<string>;
}

/** User and password of a URL as they were before they were put in it. */
export function credentialsOf(url: URL): { readonly user: string; readonly password: string } {
  return { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
}

/** Headers that carry the credentials of an HTTP URL, which clients refuse within it. */
export function authorization(url: URL): Record<string, string> {
  const { user, password } = credentialsOf(url);
  if (!user && !password) return {};
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
}

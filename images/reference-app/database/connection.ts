import { readFileSync } from "node:fs";
import { Socket } from "node:net";
import type { ConnectionOptions } from "node:tls";
import { Client, type ClientConfig } from "pg";
import type { Variables } from "../environment.ts";
import { credentialsOf } from "../protocols/protocol.ts";

/** A connection, and the settings with which it could be made. */
export interface Connected {
  readonly client: Client;
  readonly settings: ClientConfig;
}

type Encryption = false | ConnectionOptions;

/** How each mode of libpq and asyncpg tries to connect: what each attempt says of TLS, given the files that are named. */
const attempts: Readonly<Record<string, (files: ConnectionOptions) => readonly Encryption[]>> = {
  disable: () => [false],
  allow: (files) => [unverified(files), false],
  prefer: (files) => [unverified(files), false],
  // As in libpq, a given certificate authority is used.
  require: (files) => [files.ca ? files : unverified(files)],
  "verify-ca": (files) => [{ ...files, checkServerIdentity: () => undefined }],
  "verify-full": (files) => [files],
};

const unverified = (files: ConnectionOptions): ConnectionOptions => ({ ...files, rejectUnauthorized: false });

/**
 * Connects to the database of a SQLAlchemy-style URL. TLS is what `ssl` or `sslmode` in the URL say, else DATABASE_SSL_MODE, else libpq's
 * PGSSLMODE, else "prefer"; DATABASE_SSL_ROOT_CERT, DATABASE_SSL_CERT and DATABASE_SSL_KEY name its files, or libpq's PGSSLROOTCERT, PGSSLCERT
 * and PGSSLKEY.
 *
 * @param signal - Ends the connection, at any time.
 * @throws Error when the server can't be reached, refuses, or is not the one that the certificate authority vouches for.
 */
export async function connect(url: URL, variables: Variables, signal: AbortSignal): Promise<Connected> {
  signal.throwIfAborted();
  let refusal: unknown;
  for (const ssl of encryptions(url, variables)) {
    const settings: ClientConfig = { ...address(url), ssl };
    try {
      return { client: await open(settings, signal), settings };
    } catch (error) {
      if (!hasNoTls(error)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

async function open(settings: ClientConfig, signal: AbortSignal): Promise<Client> {
  const client = new Client({ ...settings, stream: () => abortable(signal) });
  // Each query rejects with its own error; without a listener, a lost connection would end the process.
  client.on("error", () => {});
  await client.connect();
  return client;
}

/** A socket that closes with the signal, so that a server that hangs holds up neither a query nor the end of a connection. */
function abortable(signal: AbortSignal): Socket {
  const socket = new Socket();
  const abandon = () => socket.destroy();
  signal.addEventListener("abort", abandon, { once: true });
  socket.once("close", () => signal.removeEventListener("abort", abandon));
  return socket;
}

function address(url: URL): ClientConfig {
  const { user, password } = credentialsOf(url);
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    user,
    password,
    database: decodeURIComponent(url.pathname.slice(1)) || user,
    application_name: "keelson reference application",
  };
}

function encryptions(url: URL, variables: Variables): readonly Encryption[] {
  const { searchParams } = url;
  const mode =
    searchParams.get("ssl") ??
    searchParams.get("sslmode") ??
    variables["DATABASE_SSL_MODE"] ??
    variables["PGSSLMODE"] ??
    "prefer";
  const attempt = attempts[mode];
  if (!attempt)
    throw new Error(`TLS mode "${mode}" of the database is not one of ${Object.keys(attempts).join(", ")}`);
  return attempt(certificates(variables));
}

function certificates(variables: Variables): ConnectionOptions {
  const files = {
    ca: variables["DATABASE_SSL_ROOT_CERT"] ?? variables["PGSSLROOTCERT"],
    cert: variables["DATABASE_SSL_CERT"] ?? variables["PGSSLCERT"],
    key: variables["DATABASE_SSL_KEY"] ?? variables["PGSSLKEY"],
  };
  return Object.fromEntries(
    Object.entries(files).flatMap(([option, file]) => (file ? [[option, readFileSync(file)]] : [])),
  );
}

/** Whether the server answered that it does not speak TLS: the client gives this no code. */
function hasNoTls(error: unknown): boolean {
  return error instanceof Error && error.message.includes("does not support SSL");
}

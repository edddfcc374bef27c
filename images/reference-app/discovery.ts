import type { Variables } from "./environment.ts";
import { folderUrl } from "./protocols/folder.ts";
import { protocolNames as names, protocols, type ProtocolName } from "./protocols/index.ts";
import type { Parts, Sign } from "./protocols/protocol.ts";

/** Something that the environment names, to be connected to. */
export interface Dependency {
  /** Name of the variable without its ending, as in `database` for DATABASE_URL. */
  readonly name: string;
  readonly protocol: ProtocolName;
  /** Address with credentials. Never to be shown. */
  readonly url: URL;
  /** Address without credentials, as `host:port`, or the path of a folder. */
  readonly target: string;
}

/** What an environment names, and what in it can't be understood. */
export interface Discovered {
  readonly dependencies: readonly Dependency[];
  /** One sentence a mistake, without values. */
  readonly problems: readonly string[];
}

/** Finds the dependencies in an environment by the names and the shape of its variables. */
export function discover(variables: Variables): Discovered {
  const findings = Object.entries(variables).map(([variable, value]) => fromUrl(variable, value));
  const named = findings.flatMap((finding) => finding.dependency ?? []);
  const inParts = names
    .filter((protocol) => !named.some((found) => found.protocol === protocol))
    .map((protocol) => fromParts(protocol, variables));
  const all = [...findings, ...inParts];
  return {
    dependencies: all
      .flatMap((finding) => finding.dependency ?? [])
      .toSorted((a, b) => a.name.localeCompare(b.name)),
    problems: all.flatMap((finding) => finding.problem ?? []),
  };
}

/**
 * The database that an environment names.
 *
 * @throws Error when it names none, or has mistakes.
 */
export function databaseOf(variables: Variables): Dependency {
  const { dependencies, problems } = discover(variables);
  if (problems.length > 0) throw new Error(problems.join("; "));
  const database = dependencies.find(({ protocol }) => protocol === "postgresql");
  if (database) return database;
  throw new Error("no database is named: set DATABASE_URL=postgresql://user:password@host:5432/database");
}

interface Finding {
  readonly dependency?: Dependency;
  readonly problem?: string;
}

function fromUrl(variable: string, value: string): Finding {
  const folder = folderUrl(variable, value);
  if (typeof folder === "string") return { problem: folder };
  if (folder) return { dependency: dependency(variable, "folder", folder) };
  const namesAddress = /_(URL|URI)$/.test(variable);
  if (!URL.canParse(value)) {
    // A path such as STATIC_URL=/static names no server.
    const isAddress = namesAddress && value !== "" && !value.startsWith("/");
    return isAddress
      ? {
          problem: `${variable} is not a URL: expected scheme://user:password@host:port/path, with special characters percent-encoded`,
        }
      : {};
  }
  const url = new URL(value);
  const scheme = schemeOf(url);
  const protocol = names.find((name) => claims(protocols[name].sign, variable, scheme));
  if (protocol && url.hostname === "") return { problem: `${variable} names no host` };
  if (protocol) return { dependency: dependency(variable, protocol, url) };
  const spoken = names.flatMap((name) => Object.keys(protocols[name].sign.schemes));
  return namesAddress && url.host !== "" && !spoken.includes(scheme)
    ? {
        problem: `${variable} has the scheme "${scheme}", which is not spoken here: ${[...new Set(spoken)].join(", ")} are`,
      }
    : {};
}

function claims({ schemes, variable: pattern }: Sign, variable: string, scheme: string): boolean {
  return scheme in schemes && (pattern?.test(variable) ?? true);
}

/** The scheme without the driver that SQLAlchemy adds, as in `postgresql+asyncpg`. */
function schemeOf(url: URL): string {
  return url.protocol.replace(/(\+[^:]+)?:$/, "");
}

function fromParts(protocol: ProtocolName, variables: Variables): Finding {
  const { parts } = protocols[protocol].sign;
  const host = parts && variables[parts.host];
  if (!host) return {};
  const address = assemble(parts, host, variables);
  return URL.canParse(address)
    ? { dependency: dependency(parts.host, protocol, new URL(address)) }
    : {
        problem: `${parts.port ? `${parts.host} and ${parts.port} make` : `${parts.host} makes`} no address: expected a host name and a port number`,
      };
}

function assemble(parts: Parts, host: string, variables: Variables): string {
  const value = (name: string | undefined) => encodeURIComponent((name && variables[name]) ?? "");
  const address = parts.port ? `${host}:${variables[parts.port] || parts.defaultPort}` : firstOf(host, parts);
  return `${parts.scheme}://${value(parts.user)}:${value(parts.password)}@${address}/${value(parts.path)}`;
}

/** The first of several servers: it stands for all. */
function firstOf(servers: string, { defaultPort }: Parts): string {
  const [first = ""] = servers.split(",", 1);
  return /:\w+$/.test(first) ? first.trim() : `${first.trim()}:${defaultPort}`;
}

function dependency(variable: string, protocol: ProtocolName, url: URL): Dependency {
  const name = variable
    .replace(/(_BASE)?_(URL|URI|HOST|BOOTSTRAP_SERVERS|DIR|PATH)$/, "")
    .toLowerCase()
    .replaceAll("_", "-");
  if (protocol === "folder") return { name, protocol, url, target: url.pathname };
  const port = url.port || protocols[protocol].sign.schemes[schemeOf(url)];
  return { name, protocol, url, target: `${url.hostname}:${port}` };
}

import { createHash } from "node:crypto";
import { grantsOf, type Port } from "../../model/reference.ts";
import type { Exposure, Route } from "../../model/target.ts";

/** Where requests under a path go, as objects of a cluster say it. */
export interface EntryRoute {
  /** Path prefix without a slash at its end; empty for all paths. */
  readonly prefix: string;
  /** Ends the names of the route's objects, by which they differ from those of other routes; empty for all paths. */
  readonly suffix: string;
  readonly stripPrefix: boolean;
  /** Name of the Service. */
  readonly service: string;
  readonly port: Port;
  /** All ports of the Service. */
  readonly ports: Readonly<Record<string, Port>>;
}

/**
 * The routes of an exposure, those with the longest prefix first.
 *
 * @throws Error if there is none, or if one leads to what no Service stands for
 */
export function routesOf({ routes }: Exposure): readonly EntryRoute[] {
  if (Object.keys(routes).length === 0) throw new Error('it has no route; lead at least "/" to a service');
  return Object.entries(routes)
    .map(([path, route]) => routeOf(path, route))
    .toSorted((one, other) => other.prefix.length - one.prefix.length);
}

function routeOf(path: string, { to, stripPrefix = false }: Route): EntryRoute {
  if (!PLAIN_PATH.test(path))
    throw new Error(
      `path "${path}" can't be led anywhere; write segments of letters, digits, ".", "_", "~" and "-", as in "/api/search"`,
    );
  const [grant, ...others] = grantsOf([to]);
  if (!grant || others.length > 0)
    throw new Error(`path "${path}" leads to no single port; refer to one port of one service`);
  const { host, ports, outside } = grant.endpoint;
  if (outside)
    throw new Error(
      `path "${path}" leads to "${host}", which runs elsewhere; run a service that passes requests on to it`,
    );
  const port = ports[grant.port]!;
  if (to.value !== `${host}:${port.number}`)
    throw new Error(
      `path "${path}" leads to more than "${host}:${port.number}"; give the service's address only`,
    );
  if (port.protocol === "udp")
    throw new Error(`path "${path}" leads to a port of UDP; refer to one that speaks HTTP`);
  const prefix = path.replace(/\/$/, "");
  return { prefix, suffix: suffixOf(prefix), stripPrefix, service: host, port, ports };
}

/** What both of Kubernetes' interfaces take as it stands. Segments of dots only would be resolved by browsers. */
const PLAIN_PATH = /^(?=\/)(\/(?!\.+(\/|$))[\w.~-]+)*\/?$/;

/** Names hold lower-case letters, digits and dashes; a digest tells apart what would be named alike, or too long. */
function suffixOf(prefix: string): string {
  const readable = prefix.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  if (readable.replaceAll("-", "/") === prefix && readable.length <= LONGEST_SUFFIX) return readable;
  const digest = createHash("sha256").update(prefix).digest("hex").slice(0, 8);
  return `${readable.slice(0, LONGEST_SUFFIX)}-${digest}`.replaceAll(/-+/g, "-");
}

const LONGEST_SUFFIX = 40;

import { ref, Reference, type Setting } from "../../model/reference.ts";
import type { Exposure, Route } from "../../model/target.ts";
import { FILES, type Workload } from "../../model/workload.ts";

/** How the entry point proves who it is: not at all, by a certificate of its own making, or by one of Let's Encrypt. */
export type Tls = "off" | "internal" | "acme";

const INTERNAL_PORTS = { http: 8080, https: 8443, health: 8081 } as const;

interface Site {
  readonly scheme: "http" | "https";
  /** What Caddy calls the site, given the name that browsers use. */
  readonly address: (host: string) => string;
  readonly directives: string;
  readonly env: Readonly<Record<string, Setting>>;
}

/** How a site is served, by how it is secured. */
const SITES: Readonly<Record<Tls, Site>> = {
  off: { scheme: "http", address: () => `http://:${INTERNAL_PORTS.http}`, directives: "", env: {} },
  internal: { scheme: "https", address: (host) => host, directives: "tls internal", env: {} },
  acme: {
    scheme: "https",
    address: (host) => host,
    directives: "tls {\n\t\tissuer acme {$ACME_DIRECTORY}\n\t}",
    // Let's Encrypt's directory for ACME v2, https://letsencrypt.org/docs/acme-protocol-updates/
    env: { ACME_DIRECTORY: Reference.outside("https://acme-v02.api.letsencrypt.org/directory") },
  },
};

/** How a host is entered from outside. */
export interface Entry {
  readonly tls: Tls;
  /** Port of the host for HTTP. */
  readonly http: number;
  /** Port of the host for HTTPS. */
  readonly https: number;
}

/** Where a host name is reached, without a trailing slash. */
export function entryUrl(host: string, entry: Entry): string {
  const { scheme } = SITES[entry.tls];
  const standard = { http: 80, https: 443 }[scheme];
  return `${scheme}://${host}${entry[scheme] === standard ? "" : `:${entry[scheme]}`}`;
}

/** Ports of the host that lead to the proxy, by the names of its ports. */
export function entryPorts({ tls, http, https }: Entry): Readonly<Record<string, number>> {
  return { http: { http }, https: { http, https } }[SITES[tls].scheme];
}

/** The reverse proxy: Caddy, told its routes by a file and nothing else; it knows nothing of Docker. */
export function proxy({ host, routes }: Exposure, tls: Tls, image: string): Workload {
  return {
    image,
    command: ["caddy", "run", "--config", `${FILES}/Caddyfile`, "--adapter", "caddyfile"],
    env: { XDG_DATA_HOME: "/data", XDG_CONFIG_HOME: "/tmp", HOME: "/tmp", ...SITES[tls].env },
    files: { Caddyfile: caddyfile(host, routes, tls) },
    ports: {
      http: { number: INTERNAL_PORTS.http, protocol: "http" },
      https: { number: INTERNAL_PORTS.https, protocol: "http" },
      health: { number: INTERNAL_PORTS.health, protocol: "http" },
    },
    // Certificates, and the authority of "internal", outlive the container.
    volumes: { data: { path: "/data", sizeGiB: 1 } },
    scratch: ["/tmp"],
    probes: { readiness: { check: { kind: "http", port: "health", path: "/" }, timeoutSeconds: 2 } },
    resources: { cpuRequest: 0.1, cpuLimit: 1, memoryRequestMiB: 64, memoryLimitMiB: 256 },
    user: { uid: 1000, gid: 1000 },
    capabilities: {
      NET_BIND_SERVICE:
        "the official image's program has it as a file capability, and does not start without it",
    },
  };
}

function caddyfile(host: string, routes: Exposure["routes"], tls: Tls): Reference {
  const { address, directives } = SITES[tls];
  // Caddy takes the first of several `handle` blocks that fits, where these have matchers with names.
  const handlers = Object.entries(routes)
    .toSorted(([one], [other]) => other.length - one.length)
    .reduce((text, [path, route], index) => ref`${text}${handler(`route${index}`, path, route)}`, ref``);
  return ref`{
	admin off
	http_port ${INTERNAL_PORTS.http}
	https_port ${INTERNAL_PORTS.https}
	log {
		output stdout
		format json
	}
}

http://127.0.0.1:${INTERNAL_PORTS.health} {
	bind 127.0.0.1
	respond 200
}

${address(host)} {
	${directives}
	log
${handlers}}
`;
}

/** Requests that meet a service while it is replaced are tried again: its name may still lead to what is gone. */
function handler(name: string, path: string, { to, stripPrefix = false }: Route): Reference {
  const prefix = path.replace(/\/$/, "");
  const strip = stripPrefix && prefix !== "" ? `uri strip_prefix ${prefix}` : "";
  return ref`	@${name} path ${prefix || "/"} ${prefix}/*
	handle @${name} {
		${strip}
		reverse_proxy ${to} {
			lb_try_duration 10s
			lb_try_interval 250ms
			transport http {
				dial_timeout 2s
			}
		}
	}
`;
}

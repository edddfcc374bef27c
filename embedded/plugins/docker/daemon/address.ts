/** Where a Docker daemon listens. */
export type Address =
  | { readonly kind: "socket"; readonly path: string }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number; readonly secure: boolean }
  | {
      readonly kind: "ssh";
      readonly host: string;
      readonly user?: string;
      readonly port?: number;
      /** The daemon's socket on that machine, where it is not the usual one. */
      readonly socket?: string;
    };

export const defaultHost = "unix:///var/run/docker.sock";

/** Reads a Docker host as `DOCKER_HOST` has it: `unix://PATH`, `tcp://HOST:PORT` or `ssh://USER@HOST:PORT`. */
export function parseHost(text: string): Address {
  if (text.startsWith("unix://")) return { kind: "socket", path: text.slice("unix://".length) };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.hostname && url.protocol === "ssh:") return sshAddress(url);
  if (url?.hostname && ["tcp:", "http:", "https:"].includes(url.protocol))
    return {
      kind: "tcp",
      host: unbracketed(url.hostname),
      // A URL drops the port that is usual for its protocol.
      port: Number(url.port || { "http:": 80, "https:": 443, "tcp:": 2375 }[url.protocol]),
      secure: url.protocol === "https:",
    };
  throw new Error(
    `docker host "${text}" is not understood: use unix:///path/to/docker.sock, tcp://host:port or ssh://user@host:port`,
  );
}

function sshAddress(url: URL): Address {
  if (url.password)
    throw new Error(
      `docker host "ssh://${url.hostname}" has a password in it: use a key, named in sshOpts or in ssh's own configuration`,
    );
  return {
    kind: "ssh",
    host: unbracketed(url.hostname),
    ...(url.username && { user: decodeURIComponent(url.username) }),
    ...(url.port && { port: Number(url.port) }),
    ...(url.pathname.length > 1 && { socket: url.pathname }),
  };
}

/** An IPv6 address stands in brackets in a URL, and only there. */
function unbracketed(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}

import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, isIPv6 } from "node:net";
import { text } from "node:stream/consumers";
import { Mendable } from "./mendable.ts";

/** How long an answer may take. */
const ANSWER_MILLISECONDS = 5000;

/** An address to connect to in place of the one that the DNS has for a host name. */
export interface Address {
  /** IP address or host name. */
  readonly host: string;
  /** The URL's own where it is absent. */
  readonly port?: number;
}

/** What a server answers. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Asks for a URL. Redirections are not followed. */
export type Asker = (url: string) => Promise<Answer>;

/**
 * Reads an address: `10.0.0.7`, `10.0.0.7:8443`, `[2001:db8::7]:8443` or a host name.
 *
 * @throws Mendable when it is none
 */
export function parseAddress(address: string): Address {
  if (isIP(address)) return { host: address };
  const [, version6, other, port] = /^(?:\[([^\]]+)\]|([\w.-]+))(?::(\d+))?$/.exec(address) ?? [];
  const host = version6 ?? other;
  if (host !== undefined && (version6 === undefined || isIPv6(version6)) && Number(port ?? 0) <= 65535) {
    return { host, ...(port !== undefined && { port: Number(port) }) };
  }
  throw new Mendable(
    `"${address}" is no address`,
    "give an IP address or a host name, with a port or without: 10.0.0.7, 10.0.0.7:8443, [2001:db8::7]:8443",
  );
}

/**
 * Asks servers at a certain address, or where the DNS says. The host name of a URL stays what the server is told (`Host`, and the name
 * by which TLS chooses and checks a certificate).
 */
export function asker(at?: Address): Asker {
  return async (url) => {
    const target = new URL(url);
    const request = target.protocol === "https:" ? requestHttps : requestHttp;
    const elsewhere = at && { hostname: at.host, ...(at.port !== undefined && { port: at.port }) };
    return new Promise<Answer>((resolve, reject) => {
      const signal = AbortSignal.timeout(ANSWER_MILLISECONDS);
      const headers = { host: target.host };
      // Without an agent of its own, a connection would be kept open for the next request.
      const asking = request(target, { ...elsewhere, headers, agent: false, signal }, (answer) => {
        text(answer).then((body) => resolve({ status: answer.statusCode ?? 0, body }), reject);
      });
      asking.on("error", (error) => reject(signal.aborted ? (signal.reason as Error) : error));
      asking.end();
    });
  };
}

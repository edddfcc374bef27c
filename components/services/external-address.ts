import * as pulumi from "@pulumi/pulumi";
import { type Endpoint, Reference } from "../model/reference.ts";

/** A server that somebody else runs, as its URL says. */
export interface ExternalAddress {
  /** Scheme of the URL, with its colon. */
  readonly protocol: string;
  /** Empty where the URL names none. */
  readonly user: string;
  /** Without a slash at its end. */
  readonly path: string;
  /** Its one port is named `server`. */
  readonly endpoint: Endpoint;
}

/**
 * Reads the URL of a server that somebody else runs.
 *
 * @param schemes - those that it may have, with the port that is meant when the URL has none
 * @throws InputPropertiesError if it is no such URL, or holds a password
 */
export function externalAddress(text: string, schemes: Readonly<Record<string, number>>): ExternalAddress {
  const url = URL.parse(text);
  const standard = url && schemes[url.protocol];
  // What can't be read may hold a password, so it is not repeated.
  if (!url?.hostname || !standard) {
    const examples = Object.keys(schemes).map((scheme) => `"${scheme}//server.example.com"`);
    throw refused(`the URL of a server can't be read; write it as in ${examples.join(" or ")}`);
  }
  if (url.password) throw refused(`the URL of "${url.hostname}" holds a password; give it by itself`);
  const number = Number(url.port) || standard;
  return {
    protocol: url.protocol,
    user: decodeURIComponent(url.username),
    path: url.pathname.replace(/\/$/, ""),
    endpoint: { host: url.hostname, ports: { server: { number } }, ready: [], outside: true },
  };
}

/** User and password as they stand in a URL, whatever is in them. */
export function userinfo(user: string, password: pulumi.Input<string>): Reference {
  const quoted = pulumi.output(password).apply(encodeURIComponent);
  return Reference.hidden(pulumi.interpolate`${encodeURIComponent(user)}:${quoted}`);
}

function refused(reason: string): pulumi.InputPropertiesError {
  return new pulumi.InputPropertiesError({ message: reason, errors: [{ propertyPath: "url", reason }] });
}

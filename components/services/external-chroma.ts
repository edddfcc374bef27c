import type { Input } from "@pulumi/pulumi";
import { ref, Reference } from "../model/reference.ts";
import type { ChromaServer } from "./chroma.ts";
import { externalAddress } from "./external-address.ts";

/** Arguments of {@link externalChroma}. */
export interface ExternalChromaArgs {
  /** Its address, as `https://…` or `http://…`. */
  readonly url: string;
  /**
   * What it knows its clients by.
   *
   * @defaultValue none: it serves all that reach it
   */
  readonly token?: Input<string>;
}

const SCHEMES = { "https:": 443, "http:": 80 };

/**
 * A Chroma server that somebody else runs.
 *
 * @throws InputPropertiesError if the URL is not one of HTTP, or holds a password
 */
export function externalChroma({ url, token }: ExternalChromaArgs): ChromaServer {
  const { protocol, path, endpoint } = externalAddress(url, SCHEMES);
  return {
    url: ref`${protocol}//${Reference.to(endpoint, "server")}${path}`,
    host: Reference.host(endpoint, "server"),
    port: Reference.port(endpoint, "server"),
    ...(token !== undefined && { token: Reference.hidden(token) }),
  };
}

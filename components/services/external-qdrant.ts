import type { Input } from "@pulumi/pulumi";
import { ref, Reference } from "../model/reference.ts";
import { externalAddress } from "./external-address.ts";
import type { QdrantServer } from "./qdrant.ts";

/** Arguments of {@link externalQdrant}. */
export interface ExternalQdrantArgs {
  /** Address of its REST API, as `https://…:6333` or `http://…:6333`. */
  readonly url: string;
  /**
   * What it knows its clients by.
   *
   * @defaultValue none: it serves all that reach it
   */
  readonly apiKey?: Input<string>;
}

const SCHEMES = { "https:": 443, "http:": 80 };

/**
 * A Qdrant server that somebody else runs.
 *
 * @throws InputPropertiesError if the URL is not one of HTTP, or holds a password
 */
export function externalQdrant({ url, apiKey }: ExternalQdrantArgs): QdrantServer {
  const { protocol, path, endpoint } = externalAddress(url, SCHEMES);
  return {
    url: ref`${protocol}//${Reference.to(endpoint, "server")}${path}`,
    host: Reference.host(endpoint, "server"),
    port: Reference.port(endpoint, "server"),
    ...(apiKey !== undefined && { apiKey: Reference.hidden(apiKey) }),
  };
}

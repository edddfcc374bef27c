import type { Input } from "@pulumi/pulumi";
import { type Endpoint, ref, Reference } from "../model/reference.ts";
import { externalAddress } from "./external-address.ts";
import type { WeaviateServer } from "./weaviate.ts";

/** Arguments of {@link externalWeaviate}. */
export interface ExternalWeaviateArgs {
  /** Address of its HTTP API, as `https://…` or `http://…`. */
  readonly url: string;
  /**
   * Port of its gRPC API, on the same host.
   *
   * @defaultValue 50051
   */
  readonly grpcPort?: number;
  /**
   * What it knows its clients by.
   *
   * @defaultValue none: it serves all that reach it
   */
  readonly apiKey?: Input<string>;
}

const SCHEMES = { "https:": 443, "http:": 80 };

/**
 * A Weaviate server that somebody else runs.
 *
 * @throws InputPropertiesError if the URL is not one of HTTP, or holds a password
 */
export function externalWeaviate({ url, grpcPort = 50051, apiKey }: ExternalWeaviateArgs): WeaviateServer {
  const { protocol, path, endpoint } = externalAddress(url, SCHEMES);
  const both: Endpoint = { ...endpoint, ports: { ...endpoint.ports, grpc: { number: grpcPort } } };
  return {
    url: ref`${protocol}//${Reference.to(both, "server")}${path}`,
    host: Reference.host(both, "server"),
    port: Reference.port(both, "server"),
    grpcPort: Reference.port(both, "grpc"),
    ...(apiKey !== undefined && { apiKey: Reference.hidden(apiKey) }),
  };
}

import { ref, Reference } from "../model/reference.ts";
import { externalAddress } from "./external-address.ts";
import type { OllamaServer } from "./ollama.ts";

/** Arguments of {@link externalOllama}. */
export interface ExternalOllamaArgs {
  /** Its address, as `https://…` or `http://…`. */
  readonly url: string;
}

/** Without a port, a URL means that of its scheme, not Ollama's own. */
const SCHEMES = { "https:": 443, "http:": 80 };

/**
 * An Ollama server that somebody else runs. Which models it has is for those who run it: they pull them.
 *
 * @throws InputPropertiesError if the URL is not one of HTTP, or holds a password
 */
export function externalOllama({ url }: ExternalOllamaArgs): OllamaServer {
  const { protocol, path, endpoint } = externalAddress(url, SCHEMES);
  return {
    url: ref`${protocol}//${Reference.to(endpoint, "server")}${path}`,
    host: Reference.host(endpoint, "server"),
    port: Reference.port(endpoint, "server"),
  };
}

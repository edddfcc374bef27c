import { z } from "zod";
import { Client } from "../../../embedded/plugins/kubernetes/api/client.ts";
import { ApiError } from "../../../embedded/plugins/kubernetes/api/errors.ts";
import { Transport } from "../../../embedded/plugins/kubernetes/api/transport.ts";
import { Mendable, messageOf } from "../../mendable.ts";
import type { Chosen } from "./kubeconfig.ts";

/** A cluster whose API server answers. */
export interface Connection {
  readonly client: Client;
  /** Of the API server, as `1.36.3`. */
  readonly version: string;
  /** Address of the API server. */
  readonly server: string;
}

/**
 * Connects to the API server of a cluster.
 *
 * @throws Mendable when none answers, or when it does not know who asks
 */
export async function connectCluster({
  config,
  source,
}: Pick<Chosen, "config" | "source">): Promise<Connection> {
  const { server = "" } = config.getCurrentCluster() ?? {};
  const client = new Client(new Transport(config));
  try {
    const answer = await client.version({ signal: AbortSignal.timeout(ANSWER_MILLISECONDS) });
    return { client, server, version: schema.parse(answer).gitVersion.replace(/^v/, "") };
  } catch (error) {
    throw new Mendable(
      error instanceof ApiError ? `${server} refuses: ${messageOf(error)}` : messageOf(error),
      `see what "kubectl version" says with ${source}, and mend that`,
      { cause: error },
    );
  }
}

const schema = z.object({ gitVersion: z.string() });

/** How long an API server may take to say its version. */
const ANSWER_MILLISECONDS = 15_000;

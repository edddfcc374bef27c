import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { serve, type Serving } from "../../../images/reference-app/serving.ts";
import type { WiringEntry } from "../../../images/reference-app/wiring.ts";

/** A service under test: served on a port of its own, stopped with the test. */
export interface TestService extends Serving {
  readonly url: string;
  /** Its log, a line an entry. */
  readonly log: readonly string[];
}

/** Serves the reference application in this process, with this environment and no other. */
export async function startService(
  environment: NodeJS.ProcessEnv,
  stopSeconds?: number,
): Promise<TestService> {
  const log: string[] = [];
  const serving = await serve({
    host: "127.0.0.1",
    port: 0,
    environment: { SERVICE_NAME: "rag", REFERENCE_PROOF_SECONDS: "0.1", ...environment },
    destination: { write: (line) => log.push(line) },
    ...(stopSeconds !== undefined && { stopSeconds }),
  });
  onTestFinished(() => serving.stop());
  return { ...serving, url: `http://127.0.0.1:${serving.port}`, log };
}

/** The entries of its wiring, as /wiring gives them. */
export async function wiringOf({ url }: TestService): Promise<readonly WiringEntry[]> {
  const answer: { dependencies: WiringEntry[] } = JSON.parse(await (await fetch(`${url}/wiring`)).text());
  return answer.dependencies;
}

/** An HTTP server in this process. */
export function startHttpServer(listener: RequestListener): Promise<number> {
  return listen(createHttpServer(listener));
}

/** A server that takes connections and never says a word. */
export interface SilentServer {
  readonly port: number;
  /** How many connections it took. */
  readonly connections: () => number;
  /** Ends the connections. */
  readonly hangUp: () => void;
}

/** Starts a server that takes connections and never says a word. */
export async function startSilentServer(): Promise<SilentServer> {
  const sockets: Socket[] = [];
  const port = await listen(createServer((socket) => sockets.push(socket.on("error", () => {}))));
  const hangUp = () => sockets.forEach((socket) => socket.destroy());
  onTestFinished(hangUp);
  return { port, connections: () => sockets.length, hangUp };
}

/** Starts a server that answers the same to everything. */
export function startTalkingServer(answer: string): Promise<number> {
  return listen(
    createServer((socket) => socket.on("error", () => {}).on("data", () => socket.write(answer))),
  );
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address: AddressInfo | string | null = server.address();
  if (typeof address !== "object" || !address) throw new Error("the server has no port");
  return address.port;
}

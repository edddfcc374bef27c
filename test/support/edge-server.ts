import type { Workload } from "../../components/model/workload.ts";

/** Silence that a stream and a WebSocket keep before their last word, in seconds. */
export const SILENT_SECONDS = 5;

/** What the server says when it is asked for anything but its streams. */
export interface Answer {
  readonly service: string;
  readonly pod: string;
  /** As the server sees it. */
  readonly path: string;
  /** What the proxy says that the browser spoke. */
  readonly scheme: string;
}

/** Runs in the pod, alone: it tells who was asked for what, streams at `/stream`, and takes any WebSocket. */
function serve(service: string, silentSeconds: number): void {
  const http = process.getBuiltinModule("node:http");
  const { createHash } = process.getBuiltinModule("node:crypto");
  const { hostname } = process.getBuiltinModule("node:os");
  const server = http.createServer(({ url: path, headers }, response) => {
    if (path === "/stream") {
      response.write("first ");
      setTimeout(() => response.end("last"), silentSeconds * 1000);
      return;
    }
    const scheme = headers["x-forwarded-proto"];
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ service, pod: hostname(), path, scheme }));
  });
  server.on("upgrade", ({ url = "", headers }, socket) => {
    // RFC 6455, section 4.2.2: what proves that the server understood, and one frame of text.
    const key = `${headers["sec-websocket-key"] ?? ""}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accepted = createHash("sha1").update(key).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accepted}\r\n\r\n`,
    );
    setTimeout(
      () => socket.write(Buffer.from([0x81, url.length, ...Buffer.from(url)])),
      silentSeconds * 1000,
    );
  });
  server.listen(8000);
  process.on("SIGTERM", () => process.exit());
}

/** A workload on any image with Node. */
export function edgeServer(image: string, service: string): Partial<Workload> {
  return {
    image,
    command: ["node", "--eval", `(${serve.toString()})(${JSON.stringify(service)}, ${SILENT_SECONDS})`],
    resources: { cpuRequest: 0.01, cpuLimit: 1, memoryRequestMiB: 48, memoryLimitMiB: 128 },
  };
}

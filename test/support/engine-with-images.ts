import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Docker from "dockerode";
import { onTestFinished } from "vitest";

/** What an engine has and can get. */
export interface EngineContent {
  /** Labels of its images, by their names. */
  readonly images?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What it says when it is asked to pull. @defaultValue it pulls whatever it is asked for */
  readonly pullError?: string;
}

/** The part of Docker's Engine API that looks at images and pulls them, served on the loopback address while a test runs. */
export class EngineWithImages {
  readonly docker: Docker;
  /** Names of the images that it was asked to pull, in order. */
  readonly pulled: string[] = [];

  private constructor(server: Server) {
    const { port }: AddressInfo = server.address() as AddressInfo;
    this.docker = new Docker({ protocol: "http", host: "127.0.0.1", port });
  }

  static async start({ images = {}, pullError }: EngineContent): Promise<EngineWithImages> {
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? "", "http://engine");
      const answer = (status: number, body: object) =>
        response.writeHead(status).end(`${JSON.stringify(body)}\n`);
      const name = /^\/images\/(.+)\/json$/.exec(decodeURIComponent(pathname))?.[1];
      if (name !== undefined) {
        const Labels = images[name];
        if (Labels) answer(200, { Id: `sha256:${name}`, RepoTags: [name], Config: { Labels } });
        else answer(404, { message: `no such image: ${name}` });
      } else if (pathname === "/images/create") {
        engine.pulled.push(`${searchParams.get("fromImage")}:${searchParams.get("tag")}`);
        if (pullError === undefined) answer(200, { status: "Download complete" });
        else answer(500, { message: pullError });
      } else {
        answer(501, { message: `not served to tests: ${request.method} ${pathname}` });
      }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const engine = new EngineWithImages(server);
    return engine;
  }
}

import { describe, expect, it } from "vitest";
import { discover } from "../../../images/reference-app/discovery.ts";
import { proveOnce } from "../../../images/reference-app/proving.ts";
import { startHttpServer } from "./support.ts";

/** A server that knows these models, and may forget to list what it copied. */
async function startServer(models: string[], isForgetful = false) {
  const copied: string[] = [];
  const deleted: string[] = [];
  const port = await startHttpServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = parts.length > 0 ? JSON.parse(Buffer.concat(parts).toString()) : {};
      if (request.url === "/api/tags") {
        const listed = isForgetful ? models : [...models, ...copied];
        return response.end(JSON.stringify({ models: listed.map((name) => ({ name })) }));
      }
      if (request.url === "/api/copy" && models.includes(body.source)) copied.push(body.destination);
      else if (request.url === "/api/delete" && request.method === "DELETE") deleted.push(body.model);
      else response.statusCode = 404;
      return response.end();
    });
  });
  return { port, copied, deleted };
}

function prove(port: number, variables: Record<string, string> = {}) {
  const all = { OLLAMA_URL: `http://127.0.0.1:${port}`, ...variables };
  const [dependency] = discover(all).dependencies;
  const { signal } = new AbortController();
  return proveOnce(dependency!, {
    service: "api.v1",
    variables: all,
    timeoutSeconds: 5,
    signal,
    redact: (text) => text,
  });
}

describe("a proof by ollama", () => {
  it("[M3] finds the model that it is told of, and leaves nothing of its copy", async () => {
    const { port, copied, deleted } = await startServer(["other:1b", "gemma2:2b"]);
    expect(await prove(port, { OLLAMA_MODEL: "gemma2:2b" })).toMatchObject({
      ok: true,
      detail: "gemma2:2b is there; a copy of it made, listed and deleted",
    });
    expect(copied).toEqual([expect.stringMatching(/^reference-api-v1:[0-9a-f-]{36}$/)]);
    expect(deleted).toEqual(copied);
  });

  it("takes a name without a tag as the server does, and any model where none is named", async () => {
    const { port } = await startServer(["tiny:latest"]);
    for (const variables of [{ LLM_MODEL: "tiny" }, {}])
      expect(await prove(port, variables)).toMatchObject({
        ok: true,
        detail: expect.stringMatching(/^tiny:latest is/),
      });
  });

  it.each([
    [["other:1b"], { OLLAMA_MODEL: "gemma2:2b" }, "model gemma2:2b is not there; there are: other:1b"],
    [[], {}, "model of any name is not there; there are: none"],
  ])("[M3] fails where there is %j and %j is wanted", async (models, variables, detail) => {
    const { port, copied } = await startServer(models);
    expect(await prove(port, variables)).toMatchObject({ ok: false, detail });
    expect(copied).toEqual([]);
  });

  it("fails when what it wrote can't be read, and takes it away all the same", async () => {
    const { port, copied, deleted } = await startServer(["tiny:latest"], true);
    expect(await prove(port)).toMatchObject({
      ok: false,
      detail: expect.stringContaining("which is not listed"),
    });
    expect(deleted).toEqual(copied);
  });
});

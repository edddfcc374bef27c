import { describe, expect, it } from "vitest";
import { secretsOf } from "../../../images/reference-app/environment.ts";
import { startService } from "./support.ts";

const KEYS = ["new-key-of-agents", "old-key-of-agents"];

async function asked(body: unknown, key: string | undefined, keys = KEYS.join(",")) {
  const { url } = await startService({ MCP_API_KEYS: keys });
  const response = await fetch(`${url}/mcp`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(key !== undefined && { "x-api-key": key }) },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, answer: text === "" ? undefined : JSON.parse(text) };
}

const call = (method: string, params = {}) => ({ jsonrpc: "2.0", id: 1, method, params });

describe("the Model Context Protocol at /mcp", () => {
  it.each(KEYS)("lets in whoever has a key of several, such as %s", async (key) => {
    expect(await asked(call("ping"), key)).toEqual({
      status: 200,
      answer: { jsonrpc: "2.0", id: 1, result: {} },
    });
  });

  it.each([undefined, "", "another", KEYS.join(",")])("keeps out whoever has %j", async (key) => {
    expect((await asked(call("ping"), key)).status).toBe(401);
  });

  it("says who it is in the version that the client speaks, and that it has no tools", async () => {
    const { answer } = await asked(call("initialize", { protocolVersion: "2025-03-26" }), KEYS[0]);
    expect(answer.result).toMatchObject({ protocolVersion: "2025-03-26", capabilities: { tools: {} } });
    expect((await asked(call("tools/list"), KEYS[0])).answer.result).toEqual({ tools: [] });
  });

  it("answers no notification, and tells what it does not understand", async () => {
    const { status } = await asked({ jsonrpc: "2.0", method: "notifications/initialized" }, KEYS[0]);
    expect(status).toBe(202);
    expect((await asked(call("tools/call"), KEYS[0])).answer.error.code).toBe(-32601);
    expect((await asked({ method: "ping" }, KEYS[0])).status).toBe(400);
  });

  it("is not there without keys", async () => {
    expect((await asked(call("ping"), "", "")).status).toBe(404);
  });

  it("[G3] takes each key for a secret", () => {
    expect(secretsOf({ MCP_API_KEYS: KEYS.join(",") })).toEqual([KEYS.join(","), ...KEYS]);
  });
});

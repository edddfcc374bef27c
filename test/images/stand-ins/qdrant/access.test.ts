import { describe, expect, it } from "vitest";
import { readSettings } from "../../../../images/stand-ins/qdrant/settings.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { startQdrant } from "./support.ts";

const keys = { QDRANT__SERVICE__API_KEY: "all", QDRANT__SERVICE__READ_ONLY_API_KEY: "read" };

describe("access to the stand-in for Qdrant", () => {
  it("[G3] is for those who know the key, in either header", async () => {
    const { ask } = startQdrant(undefined, keys);
    expect(await ask("GET", "/collections")).toMatchObject({
      status: 401,
      error: "Must provide an API key or an Authorization bearer token",
    });
    const wrong = await ask("GET", "/collections", undefined, { "api-key": "al" });
    expect(wrong).toMatchObject({ status: 401, error: "Invalid API key or JWT" });
    expect((await ask("GET", "/collections", undefined, { "api-key": "all" })).status).toBe(200);
    expect((await ask("GET", "/collections", undefined, { authorization: "Bearer all" })).status).toBe(200);
  });

  it.each(["/", "/healthz", "/readyz", "/livez"])("needs no key for %s", async (path) => {
    expect((await startQdrant(undefined, keys).ask("GET", path)).status).toBe(200);
  });

  it.each(["/metrics", "/telemetry"])("needs one for %s", async (path) => {
    const { ask } = startQdrant(undefined, keys);
    expect((await ask("GET", path)).status).toBe(401);
    expect((await ask("GET", path, undefined, { "api-key": "read" })).status).toBe(200);
  });

  it("is for reading only with the key for that", async () => {
    const { ask } = startQdrant(undefined, keys);
    const collection = { vectors: { size: 1, distance: "Dot" } };
    expect((await ask("PUT", "/collections/c", collection, { "api-key": "read" })).status).toBe(403);
    expect((await ask("PUT", "/collections/c", collection, { "api-key": "all" })).status).toBe(200);
    const search = { vector: [1] };
    expect((await ask("POST", "/collections/c/points/search", search, { "api-key": "read" })).status).toBe(
      200,
    );
  });

  it("is open where there is no key, as Qdrant's is", async () => {
    expect((await startQdrant().ask("GET", "/collections")).status).toBe(200);
  });

  it("says of a request that it does not know that it is a stand-in", async () => {
    expect(await startQdrant().ask("POST", "/collections/c/points/recommend", {})).toMatchObject({
      status: 501,
      error: "the stand-in for Qdrant does not know POST /collections/c/points/recommend",
    });
  });
});

describe("settings of the stand-in for Qdrant", () => {
  const read = (yaml: string, environment = {}) => {
    const folder = temporaryFolder({ "qdrant.yaml": yaml });
    return readSettings(["--config-path", `${folder}/qdrant.yaml`], environment);
  };

  it("come from the file, and from variables before it", () => {
    const yaml = "service:\n  api_key: file\n  metrics_port: 6336\nstorage:\n  storage_path: /data\n";
    const settings = read(yaml, { QDRANT__SERVICE__API_KEY: "variable", QDRANT__SERVICE__HTTP_PORT: "7000" });
    expect(settings.service).toMatchObject({ api_key: "variable", http_port: 7000, metrics_port: 6336 });
    expect(settings.storage.storage_path).toBe("/data");
  });

  it("are refused where copies would be kept: it can't", () => {
    expect(() => read("cluster:\n  enabled: true\n")).toThrow(
      "the stand-in for Qdrant keeps no copies: run one, or the official image",
    );
  });
});

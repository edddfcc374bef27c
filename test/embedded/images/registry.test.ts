import { existsSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { isUnreachable, openRegistry, recall, remember } from "../../../embedded/images/registry.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { EngineWithImages } from "../../support/engine-with-images.ts";

const NO_HOST = 'Get "https://registry.example/v2/": dial tcp: lookup registry.example: no such host';

const silent = () => {};
const signal = new AbortController().signal;
const HOUR = 60 * 60 * 1000;

describe("the engine's error", () => {
  it.each([
    NO_HOST,
    'Get "https://registry.example/v2/": dial tcp 192.0.2.1:443: connect: connection refused',
    'Get "https://registry.example/v2/": dial tcp 192.0.2.1:443: i/o timeout',
    'Get "https://registry.example/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    'Get "https://registry.example/v2/": net/http: TLS handshake timeout',
    'Get "https://registry.example/v2/": proxyconnect tcp: dial tcp 192.0.2.1:3128: connect: no route to host',
    'Get "https://registry.example/v2/": x509: certificate signed by unknown authority',
    'Get "https://registry.example/v2/": EOF',
  ])("means that no registry is reached: %s", (message) => {
    expect(isUnreachable(message)).toBe(true);
  });

  it.each([
    "manifest for postgres:99 not found: manifest unknown: manifest unknown",
    "pull access denied for keelson/none, repository does not exist or may require 'docker login'",
    "toomanyrequests: You have reached your pull rate limit",
    "unauthorized: authentication required",
    "write /var/lib/docker/tmp/GetImageBlob1: no space left on device",
  ])("is the answer of a registry or of the engine: %s", (message) => {
    expect(isUnreachable(message)).toBe(false);
  });
});

describe("a registry that can't be reached", () => {
  it("is tried once, and then no more for an hour, by other processes too", async () => {
    const home = temporaryFolder();
    const engine = await EngineWithImages.start({ pullError: NO_HOST });
    const workshop = { docker: engine.docker, report: silent, signal };
    const registry = await openRegistry(home, workshop);
    expect(await registry.pull("postgres:18.6")).toBe(NO_HOST);
    expect(await registry.pull("redis:8.10.2")).toBe(NO_HOST);
    const later = await openRegistry(home, workshop);
    expect(await later.pull("redis:8.10.2")).toBe(NO_HOST);
    expect(engine.pulled).toEqual(["postgres:18.6"]);
  });

  it("is tried again after an hour, and when the clock was set back", async () => {
    const file = path.join(temporaryFolder(), "images", "unreachable-registry.json");
    await remember(file, NO_HOST, 10 * HOUR);
    expect(await recall(file, 11 * HOUR - 1)).toBe(NO_HOST);
    expect(await recall(file, 11 * HOUR)).toBeUndefined();
    expect(await recall(file, 9 * HOUR)).toBeUndefined();
  });

  it("is not held for unreachable because a memory is damaged", async () => {
    const folder = temporaryFolder({
      "damaged.json": '{"since":',
      "other.json": '{"since":"yesterday","why":"x"}',
    });
    expect(await recall(path.join(folder, "damaged.json"))).toBeUndefined();
    expect(await recall(path.join(folder, "other.json"))).toBeUndefined();
    expect(await recall(path.join(folder, "none.json"))).toBeUndefined();
  });
});

describe("a registry that answers", () => {
  it("is forgotten to have been unreachable", async () => {
    const home = temporaryFolder();
    const memory = path.join(home, "images", "unreachable-registry.json");
    await remember(memory, NO_HOST, Date.now() - 2 * HOUR);
    const { docker } = await EngineWithImages.start({});
    const registry = await openRegistry(home, { docker, report: silent, signal });
    expect(await registry.pull("postgres:18.6")).toBeUndefined();
    expect(existsSync(memory)).toBe(false);
  });

  it("makes an error of what it refuses, and nothing stands in for it", async () => {
    const { docker } = await EngineWithImages.start({
      pullError: "toomanyrequests: You have reached your pull rate limit",
    });
    const registry = await openRegistry(temporaryFolder(), { docker, report: silent, signal });
    await expect(registry.pull("postgres:18.6")).rejects.toThrow(
      /^cannot pull postgres:18\.6: toomanyrequests: .*; the registry answers, .*docker login/,
    );
  });
});

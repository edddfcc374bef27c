import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { discover } from "../../../images/reference-app/discovery.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { startService, wiringOf } from "./support.ts";

describe("folders that the environment names", () => {
  it("[D] are found by the names of their variables, and shown by their paths", () => {
    const { dependencies } = discover({
      AUDIT_LOG_PATH: "/var/log/melvin",
      SCRYFALL_CACHE_DIR: "/var/cache/cards",
      FAISS_INDEX_DIR: "/var/lib/index",
      HOME: "/tmp",
    });
    expect(dependencies.map(({ name, protocol, target }) => [name, protocol, target])).toEqual([
      ["audit-log", "folder", "/var/log/melvin"],
      ["faiss-index", "folder", "/var/lib/index"],
      ["scryfall-cache", "folder", "/var/cache/cards"],
    ]);
  });

  it("have absolute paths, or are a mistake", () => {
    expect(discover({ AUDIT_LOG_PATH: "audit", SCRYFALL_CACHE_DIR: "" })).toEqual({
      dependencies: [],
      problems: ["AUDIT_LOG_PATH is no absolute path: write it as in /var/log/service"],
    });
  });

  it("[M7] are proven by a file that is written, read and removed, and shown on the page", async () => {
    const folder = temporaryFolder();
    const service = await startService({ AUDIT_LOG_PATH: folder });
    await vi.waitFor(async () => expect((await wiringOf(service))[0]?.ok).toBe(true));
    expect(await wiringOf(service)).toEqual([
      expect.objectContaining({
        name: "audit-log",
        protocol: "folder",
        target: folder,
        detail: "a file written, read and removed",
      }),
    ]);
    service.service.wiring.stop();
    await vi.waitFor(() => expect(readdirSync(folder)).toEqual([]));
    expect(await (await fetch(service.url)).text()).toContain("a file written, read and removed");
  });

  it("[M7] that can't be written to are not proven, and say why", async () => {
    const file = path.join(temporaryFolder({ file: "" }), "file");
    const service = await startService({ AUDIT_LOG_PATH: file });
    await vi.waitFor(async () => expect((await wiringOf(service))[0]?.detail).toContain("ENOTDIR"));
    expect((await fetch(`${service.url}/ready`)).status).toBe(503);
  });

  it("are only read where others write them", async () => {
    const folder = temporaryFolder({ "cards.index": "…" });
    const service = await startService({ FAISS_INDEX_DIR: folder });
    await vi.waitFor(async () => expect((await wiringOf(service))[0]?.detail).toBe("1 entries listed"));
    expect(readdirSync(folder)).toEqual(["cards.index"]);
  });
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { streamlit } from "../../../images/reference-app/commands/streamlit.ts";

const main = path.join(import.meta.dirname, "../../../images/reference-app/main.ts");

afterEach(() => vi.restoreAllMocks());

describe("streamlit run", () => {
  it("serves Streamlit's health path, the wizard's page and what it is wired to", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "keelson-streamlit-"));
    symlinkSync(main, path.join(folder, "streamlit"));
    const args = ["run", "app.py", "--server.address", "127.0.0.1", "--server.port", "0"];
    const child = spawn(process.execPath, [path.join(folder, "streamlit"), ...args], {
      env: { SERVICE_NAME: "dashboard" },
    });
    onTestFinished(() => {
      child.kill("SIGKILL");
      rmSync(folder, { recursive: true });
    });
    const [chunk] = (await once(child.stdout, "data")) as [Buffer];
    const { port } = JSON.parse(chunk.toString().split("\n")[0]!) as { port: number };
    for (const place of ["/_stcore/health", "/_stcore/wiring", "/setup"])
      expect((await fetch(`http://127.0.0.1:${port}${place}`)).status, place).toBe(200);
  });

  it.each([["hello"], ["run"], ["run", "app.py", "--server.prot", "1"]])("refuses %j", async (...args) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    expect(await streamlit(args.flat(), {})).toBe(2);
    expect(log).toHaveBeenCalledWith(expect.stringMatching(/^streamlit: /));
  });
});

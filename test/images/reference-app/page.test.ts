import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { page, pagePolicy, type PageContent } from "../../../images/reference-app/page.ts";
import type { WiringEntry } from "../../../images/reference-app/wiring.ts";

const database: WiringEntry = {
  name: "database",
  protocol: "PostgreSQL",
  target: "postgres:5432",
  ok: true,
  detail: "row 7 inserted and selected",
  milliseconds: 12,
};

async function render(content: Partial<PageContent>): Promise<string> {
  const markup = await page({ service: "rag", entries: [], ready: true, stores: false, ...content });
  return markup.toString();
}

describe("the page", () => {
  it("[D] says that it is keelson's reference application and what it stands in for", async () => {
    expect((await render({})).replaceAll(/\s+/g, " ")).toContain(
      "keelson’s reference application, standing in for the private image of <b>rag</b>",
    );
  });

  it("[D] shows each dependency: name, protocol, address, what was proved and how long it took", async () => {
    const shown = await render({ entries: [database] });
    for (const text of [
      "database",
      "PostgreSQL",
      "postgres:5432",
      "row 7 inserted and selected",
      "12 ms",
      "works",
    ]) {
      expect(shown).toContain(text);
    }
    expect(shown).toContain("1 of 1 connections work");
  });

  it("shows a failure with its reason, and what was not tried yet as neither", async () => {
    const failed = { ...database, ok: false, detail: "connect ECONNREFUSED" };
    const untried = { ...database, name: "redis", ok: false, detail: "not tried yet", milliseconds: null };
    const shown = await render({ entries: [failed, untried], ready: false });
    expect(shown).toContain('<li class="fails">');
    expect(shown).toContain("connect ECONNREFUSED");
    expect(shown).toContain('<li class="untried">');
    expect(shown).toContain("0 of 2 connections work");
    expect(shown).toContain("not ready");
  });

  it("escapes all that comes from outside", async () => {
    const hostile = '<script>alert("1")</script>';
    const entry = { ...database, name: hostile, target: hostile, detail: hostile };
    const shown = await render({ service: hostile, entries: [entry] });
    expect(shown).not.toContain("<script");
    expect(shown.match(/&lt;script&gt;/g)?.length).toBeGreaterThanOrEqual(5);
  });

  it("works below a path prefix, with nothing from anywhere else: every link is relative, there are no assets", async () => {
    const shown = await render({ entries: [database], stores: true });
    const links = [...shown.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, link]) => link);
    expect(links).toEqual(["health", "ready", "wiring", "metrics", "items"]);
    expect(shown).not.toMatch(/https?:/);
    expect(shown).not.toMatch(/url\(|@import/);
  });

  it("carries the very style sheet that its content security policy allows", async () => {
    const [, style = ""] = /<style>([^]*)<\/style>/.exec(await render({})) ?? [];
    const digest = createHash("sha256").update(style).digest("base64");
    expect(style).toContain("prefers-color-scheme: dark");
    expect(pagePolicy).toContain(`style-src 'sha256-${digest}'`);
    expect(pagePolicy).toContain("default-src 'none'");
  });
});

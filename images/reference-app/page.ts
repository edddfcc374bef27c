import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import { style } from "./page-style.ts";
import type { WiringEntry } from "./wiring.ts";

/** Content security policy of the page: its own style sheet, and nothing else from anywhere. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** How often the page looks anew. */
const refreshSeconds = 5;

type Markup = ReturnType<typeof html>;

type State = "works" | "fails" | "untried";

const words: Readonly<Record<State, string>> = { works: "works", fails: "fails", untried: "not tried yet" };

/** What the page shows. */
export interface PageContent {
  readonly service: string;
  readonly entries: readonly WiringEntry[];
  readonly ready: boolean;
  /** Whether it keeps items. */
  readonly stores: boolean;
}

/** The page that shows what the service is wired to. Its links are relative, as it may lie below a path prefix. */
export function page({ service, entries, ready, stores }: PageContent): Markup {
  const links = ["health", "ready", "wiring", "metrics", ...(stores ? ["items"] : [])];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="refresh" content="${refreshSeconds}" />
        <title>${service} · ${summary(entries)}</title>
        ${raw(`<style>${style}</style>`)}
      </head>
      <body>
        <main>
          <section class="service">
            <p class="kind">reference application</p>
            <h1>${service}</h1>
            <p class="state ${ready ? "works" : "fails"}">${ready ? "ready" : "not ready"}</p>
            <p>
              This is keelson’s reference application, standing in for the private image of <b>${service}</b>.
              It takes the same environment, and proves each thing named there by the real protocol.
            </p>
          </section>
          ${
            entries.length > 0
              ? html`<ul class="wires" aria-label="dependencies">
                  ${entries.map(wire)}
                </ul>`
              : ""
          }
        </main>
        <footer>
          <p>${summary(entries)}</p>
          <nav>${links.map((link) => html`<a href="${link}">${link}</a>`)}</nav>
        </footer>
      </body>
    </html>`;
}

function wire(entry: WiringEntry): Markup {
  const state = stateOf(entry);
  return html`<li class="${state}">
    <h2>${entry.name}</h2>
    <p class="state ${state}">${words[state]}</p>
    <p class="address"><span>${entry.protocol}</span> <code>${entry.target}</code></p>
    <p class="detail">${entry.detail}</p>
    <p class="time">${entry.milliseconds === null ? "" : `${entry.milliseconds} ms`}</p>
  </li>`;
}

function stateOf({ ok, milliseconds }: WiringEntry): State {
  if (milliseconds === null) return "untried";
  return ok ? "works" : "fails";
}

function summary(entries: readonly WiringEntry[]): string {
  if (entries.length === 0) return "its environment names nothing to connect to";
  const working = entries.filter(({ ok }) => ok).length;
  return `${working} of ${entries.length} connections work`;
}

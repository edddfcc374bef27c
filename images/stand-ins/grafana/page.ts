import { html } from "hono/html";
import type { CheckedQuery } from "./query.ts";

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
td, th { padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
code { word-break: break-word; }
.bad { color: light-dark(#b3261e, #ff8a80); }`;

/** A dashboard, and what came of all that it asks. */
export interface CheckedDashboard {
  readonly title: string;
  readonly queries: readonly CheckedQuery[];
}

/** Where name and password are asked for. */
export function loginPage(path: string) {
  return page(
    "Log in",
    html`<form method="post" action="${path}/login">
      <p>
        <label>User <input name="user" autocomplete="username" required /></label>
      </p>
      <p>
        <label
          >Password <input name="password" type="password" autocomplete="current-password" required
        /></label>
      </p>
      <p><button>Log in</button></p>
    </form>`,
  );
}

/** Every dashboard, with its queries and whether Prometheus takes them. */
export function overviewPage(dashboards: readonly CheckedDashboard[]) {
  return page("Dashboards", html`${dashboards.map(section)}`);
}

function section({ title, queries }: CheckedDashboard) {
  return html`<h2>${title}</h2>
    <table>
      <tr>
        <th>Panel</th>
        <th>Query</th>
        <th>Answer</th>
      </tr>
      ${queries.map(
        ({ panel, expr, outcome }) =>
          html`<tr>
            <td>${panel}</td>
            <td><code>${expr}</code></td>
            ${
              outcome.ok
                ? html`<td>${outcome.series.length} series</td>`
                : html`<td class="bad">${outcome.error}</td>`
            }
          </tr>`,
      )}
    </table>`;
}

function page(title: string, content: ReturnType<typeof html>) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <h1>${title}</h1>
        <p>
          This is no Grafana, but a stand-in for it: it shows whether the dashboards' queries are valid, and
          draws nothing.
        </p>
        ${content}
      </body>
    </html>`;
}

/** Style sheet of the page. Wires are lines from the service to each card: whole and green, or broken and red. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f4f5f2; --surface: #ffffff; --ink: #1d2321; --quiet: #5b6661; --line: #d5dad6;
  --works: #14734b; --works-soft: #dcf1e6; --fails: #b3261e; --fails-soft: #fbe3e0; --untried: #6a6f76; --untried-soft: #e8eaec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #121615; --surface: #1b211f; --ink: #e6ebe8; --quiet: #9aa6a0; --line: #313a37;
    --works: #5fd39b; --works-soft: #16382a; --fails: #ff8f84; --fails-soft: #4a1c19; --untried: #a2a9b0; --untried-soft: #2b3033;
  }
}
* { box-sizing: border-box; margin: 0; }
body {
  min-height: 100vh; display: grid; grid-template-rows: 1fr auto; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
}
main {
  display: grid; grid-template-columns: minmax(16rem, 22rem) minmax(0, 38rem); gap: 5.5rem;
  align-items: center; justify-content: center; padding: 3rem 2rem;
}
.service, .wires li { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
.service { position: relative; padding: 1.5rem; display: grid; gap: .75rem; justify-items: start; }
.kind { color: var(--quiet); font-size: .8rem; letter-spacing: .06em; text-transform: uppercase; }
h1 { font-size: 2rem; line-height: 1.15; overflow-wrap: anywhere; }
.service p:last-child { color: var(--quiet); font-size: .9rem; }
.state { padding: .1rem .65rem; border-radius: 99px; font-size: .85rem; font-weight: 600; white-space: nowrap; }
.state.works { color: var(--works); background: var(--works-soft); }
.state.fails { color: var(--fails); background: var(--fails-soft); }
.state.untried { color: var(--untried); background: var(--untried-soft); }
.wires { list-style: none; padding: 0; display: grid; gap: .75rem; }
.wires li {
  --wire: var(--works); position: relative; padding: .9rem 1.1rem; border-left: 4px solid var(--wire);
  display: grid; grid-template-columns: 1fr auto; gap: .15rem 1rem; align-items: center;
}
.wires li.fails { --wire: var(--fails); }
.wires li.untried { --wire: var(--untried); }
.wires li::before {
  content: ""; position: absolute; right: calc(100% + 4px); top: calc(50% - 1px); width: 3.25rem; border-top: 2px solid var(--wire);
}
.wires li.fails::before, .wires li.untried::before { border-top-style: dashed; }
.wires li::after { content: ""; position: absolute; right: calc(100% + 4px + 3.25rem); top: -.45rem; bottom: -.45rem; border-left: 2px solid var(--line); }
.wires li:first-child::after { top: calc(50% - 1px); }
.wires li:last-child::after { bottom: calc(50% - 1px); }
.service:not(:last-child)::after { content: ""; position: absolute; left: calc(100% + 1px); top: calc(50% - 1px); width: 2.25rem; border-top: 2px solid var(--line); }
h2 { font-size: 1.05rem; overflow-wrap: anywhere; }
.address { grid-column: 1 / -1; color: var(--quiet); font-size: .9rem; overflow-wrap: anywhere; }
code { font: .92em ui-monospace, "Cascadia Mono", Menlo, "DejaVu Sans Mono", monospace; color: var(--ink); }
.detail { font-size: .9rem; overflow-wrap: anywhere; }
.fails .detail { color: var(--fails); }
.time { color: var(--quiet); font-size: .85rem; text-align: right; align-self: end; font-variant-numeric: tabular-nums; }
footer {
  display: flex; flex-wrap: wrap; gap: .5rem 2rem; justify-content: space-between; padding: 1rem 2rem;
  border-top: 1px solid var(--line); color: var(--quiet); font-size: .9rem;
}
nav { display: flex; flex-wrap: wrap; gap: 1.25rem; }
a { color: inherit; text-underline-offset: .2em; }
a:hover, a:focus-visible { color: var(--ink); }
@media (max-width: 58rem) {
  main { grid-template-columns: minmax(0, 1fr); gap: 1.25rem; padding: 1.25rem; align-content: start; }
  .service::after, .wires li::before, .wires li::after { display: none; }
}
`;

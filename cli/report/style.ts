/** The page's style sheet: the system's own fonts, light and dark, narrow screens, paper. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #fbfbf9; --card: #fff; --text: #1d2329; --faint: #59636e; --line: #dfe2e6; --head: #f1f3f5;
  --accent: #1f5f99; --accent-2: #5b92c4; --good: #1a7f37; --bad: #b3261e; --doubtful: #8a5a00; --mark: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14181d; --card: #1b2027; --text: #e4e8ec; --faint: #9aa5b1; --line: #333b45; --head: #232a33;
    --accent: #7db8ee; --accent-2: #4b7ba8; --good: #5fce7b; --bad: #ff8a80; --doubtful: #e8b45a; --mark: #ff8a80;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
header, main, footer, nav { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 0 0 .6rem; }
h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
p { margin: .3rem 0 .8rem; max-width: 48rem; }
a { color: var(--accent); }
.note, .none, footer { color: var(--faint); }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .4rem .8rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; list-style: none; margin: 1rem 0 0; padding: .6rem 0; border-block: 1px solid var(--line); }
section { margin: 2.2rem 0; scroll-margin-top: 1rem; }
dl.figures { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1.2rem 0 0; }
dl.figures div { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .9rem; display: flex; flex-direction: column-reverse; }
dl.figures dd { margin: 0; font-size: 1.35rem; font-weight: 600; line-height: 1.2; }
dl.figures dt { color: var(--faint); font-size: .85rem; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; margin: .6rem 0 1rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding: .5rem .8rem; color: var(--faint); font-size: .9rem; }
th, td { padding: .35rem .8rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { background: var(--head); font-size: .85rem; white-space: nowrap; }
tbody th { font-weight: 600; min-width: 9rem; overflow-wrap: break-word; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.code { min-width: 15rem; }
td.short { white-space: nowrap; }
code { font: .9em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { overflow-x: auto; font: .85em/1.4 ui-monospace, monospace; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .8rem; }
.good, .added { color: var(--good); } .bad, .removed { color: var(--bad); } .doubtful, .changed { color: var(--doubtful); }
ins, del { text-decoration: none; } del { color: var(--bad); } ins { color: var(--good); }
figure { margin: .6rem 0 1rem; }
.picture { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem; }
.picture svg { display: block; margin: auto; max-width: max(100%, 100rem); height: auto; }
.bar { margin: .5rem 0 .9rem; }
.track { position: relative; display: flex; height: 1.1rem; margin-top: .25rem; background: var(--head); border: 1px solid var(--line); border-radius: .25rem; print-color-adjust: exact; }
.track span { background: var(--accent); }
.track span:nth-child(even) { background: var(--accent-2); }
.track i { position: absolute; top: -.25rem; bottom: -.25rem; border-left: 2px dashed var(--mark); }
footer { padding-bottom: 2rem; font-size: .85rem; }
@media (max-width: 40rem) {
  header, main, footer, nav { padding-inline: .8rem; }
  th, td { padding-inline: .5rem; }
  tbody th, td.code { min-width: 7rem; }
}
@media print {
  :root {
    color-scheme: light;
    --page: #fff; --card: #fff; --text: #000; --faint: #444; --line: #bbb; --head: #eee;
    --accent: #1f5f99; --accent-2: #5b92c4; --good: #1a7f37; --bad: #b3261e; --doubtful: #8a5a00; --mark: #b3261e;
  }
  body { font-size: 9pt; }
  nav, .skip { display: none; }
  header, main, footer { max-width: none; padding: 0; }
  .scroll, .picture { overflow: visible; border: 0; }
  .picture svg { max-width: 100%; }
  caption, thead th, th, td { padding: .25rem .4rem; font-size: 8pt; }
  thead th, td.short { white-space: normal; }
  tbody th, td.code { min-width: 0; }
  tr, .bar, .picture { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
}
`;

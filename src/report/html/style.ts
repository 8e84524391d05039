/** Widths of a bar, in steps of five percent: a policy that names hashes allows no style on an element. */
const barWidths = Array.from({ length: 21 }, (_, step) => `.bar .w${step * 5} { width: ${step * 5}%; }`).join('\n');

/** The style sheet of the HTML report: no image, no font and no address from elsewhere. */
export const styleSheet = `
:root {
  color-scheme: light dark;
  --page: #f6f6f3; --sheet: #ffffff; --ink: #1d2126; --soft: #5a626c; --line: #dfe0da; --quiet: #f0f0ec;
  --good: #1a6b45; --good-wash: #e3f1e9; --bad: #a8281f; --bad-wash: #fbe9e6; --unsure: #7d5300; --unsure-wash: #f9efd8;
  --link: #1f5a94; --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171a; --sheet: #1b1f24; --ink: #e6e8ea; --soft: #a3acb6; --line: #313840; --quiet: #232930;
    --good: #7fd0a5; --good-wash: #16332a; --bad: #ff9d90; --bad-wash: #3d1f1e; --unsure: #ebc06a; --unsure-wash: #372c15;
    --link: #8ebdf0;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums;
}
header, main, footer { max-width: 72rem; margin: 0 auto; padding: 0 1.5rem; }
a { color: var(--link); text-underline-offset: .18em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
:target { scroll-margin-top: 1rem; }
code, pre { font-family: var(--mono); font-size: .85em; }
code { overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; overflow-wrap: anywhere; }
h2 { font-size: 1.3rem; font-weight: 650; margin: 3.25rem 0 .35rem; letter-spacing: -.01em; }
h3 { font-size: 1.05rem; font-weight: 650; margin: 0; }
h4 { font-size: .92rem; font-weight: 650; margin: 1.6rem 0 .5rem; }
p { margin: .4rem 0; max-width: 46rem; }
.lead, .soft { color: var(--soft); }
.lead { margin-bottom: 1.1rem; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--sheet); padding: .5rem 1rem; z-index: 1; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.trend { width: 100%; max-width: 46rem; height: auto; }
.trend .trend-status { color: var(--soft); }
.trend .trend-wire { color: var(--soft); }
figure { margin: 0 0 .6rem; }

.top { padding-top: 2.5rem; }
.run { display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; color: var(--soft); font-size: .88rem; margin: 0 0 1.1rem; max-width: none; }
.verdict { display: grid; grid-template-columns: auto 1fr; gap: 0 1.25rem; align-items: center; padding: 1.5rem 1.75rem;
  border-radius: 14px; border: 1px solid currentColor; }
.verdict.parity { color: var(--good); background: var(--good-wash); }
.verdict.divergent { color: var(--bad); background: var(--bad-wash); }
.verdict.accepted { color: var(--soft); background: var(--quiet); }
.verdict.inconclusive { color: var(--unsure); background: var(--unsure-wash); }
.verdict .sign { grid-row: span 2; line-height: 1; width: 3.4rem; height: 3.4rem; display: grid; place-items: center;
  border: 2px solid currentColor; border-radius: 50%; font-size: 1.7rem; font-weight: 700; }
.verdict h1 { margin: 0; font-size: 2rem; font-weight: 720; letter-spacing: -.02em; }
.verdict p { margin: .1rem 0 0; color: var(--ink); font-size: 1.06rem; }
.targets { display: flex; flex-wrap: wrap; gap: .5rem 2.25rem; margin: 1.1rem 0 0; padding: 0; list-style: none; }
.targets strong { font-weight: 650; }
.targets code { color: var(--soft); }

.answers { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1px; margin-top: 1.5rem; background: var(--line);
  border: 1px solid var(--line); border-radius: 14px; overflow: hidden; }
.answers section { background: var(--sheet); padding: 1.15rem 1.35rem 1.3rem; }
.answers h2 { margin: 0 0 .35rem; font-size: .88rem; font-weight: 600; color: var(--soft); letter-spacing: 0; }
.answers .answer { font-size: 1.14rem; font-weight: 650; line-height: 1.35; margin: 0 0 .35rem; overflow-wrap: anywhere; }
.answers p { font-size: .92rem; overflow-wrap: anywhere; }
.answers a { display: inline-block; max-width: 100%; }

.sheet { position: relative; background: var(--sheet); border: 1px solid var(--line); border-radius: 14px; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { text-align: left; color: var(--soft); padding: 0 0 .5rem; }
th, td { text-align: left; vertical-align: top; padding: .6rem .9rem; border-top: 1px solid var(--line); }
thead th { border-top: 0; font-size: .82rem; font-weight: 600; color: var(--soft); white-space: nowrap; }
tbody th { font-weight: 600; min-width: 9rem; }
td.rung { min-width: 6.2rem; }
.bar { display: block; height: 7px; margin-top: .4rem; border-radius: 4px; overflow: hidden;
  background: repeating-linear-gradient(135deg, var(--bad) 0 3px, var(--bad-wash) 3px 6px); }
.bar i { display: block; height: 100%; background: var(--good); border-radius: 4px 0 0 4px; }
${barWidths}
.count { font-weight: 600; }
.words { display: block; font-weight: 400; color: var(--soft); font-size: .85rem; }
.yes { color: var(--good); } .no { color: var(--bad); font-weight: 700; } .unknown { color: var(--soft); }

.id { white-space: nowrap; }
.badge { display: inline-block; padding: .08rem .55rem; border-radius: 99px; font-size: .8rem; font-weight: 650; border: 1px solid currentColor; white-space: nowrap; }
.badge.bad { color: var(--bad); background: var(--bad-wash); }
.badge.good { color: var(--good); background: var(--good-wash); }
.badge.unsure { color: var(--unsure); background: var(--unsure-wash); }
.badge.plain { color: var(--soft); background: var(--quiet); }

[hidden] { display: none !important; }
.filter { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin-top: 2.5rem; padding: .9rem 1.1rem; position: sticky; top: 0; z-index: 1;
  background: var(--sheet); border: 1px solid var(--line); border-radius: 14px; }
.filter label { display: grid; gap: .15rem; font-size: .82rem; color: var(--soft); }
.filter p { flex-basis: 100%; margin: 0; font-size: .88rem; color: var(--soft); }
input, select, button { font: inherit; font-size: .9rem; max-width: 16rem; padding: .25rem .6rem; color: var(--ink); background: var(--quiet); border: 1px solid var(--soft); border-radius: 8px; }
button { cursor: pointer; }
.copy { float: right; margin: .35rem; padding: .1rem .5rem; font-size: .8rem; }
tr[data-current] td { outline: 2px solid var(--link); outline-offset: -2px; }
dialog { color: var(--ink); background: var(--sheet); border: 1px solid var(--line); border-radius: 14px; }
dialog dl { display: grid; grid-template-columns: max-content auto; gap: .35rem 1rem; margin: 0 0 1rem; }
dialog dt { font-family: var(--mono); } dialog dd { margin: 0; }
.inside:target { scroll-margin-top: 12rem; }

details { background: var(--sheet); border: 1px solid var(--line); border-radius: 14px; margin: .75rem 0; }
summary { cursor: pointer; padding: .95rem 1.35rem; list-style: none; display: grid; grid-template-columns: 1rem minmax(0, 1fr); gap: 0 .6rem; align-items: baseline; }
summary::-webkit-details-marker { display: none; }
summary::before { content: "▸"; color: var(--soft); transition: transform .12s; }
details[open] > summary::before { transform: rotate(90deg); }
summary:hover h3 { text-decoration: underline; text-underline-offset: .2em; text-decoration-thickness: 1px; }
.line { display: flex; flex-wrap: wrap; gap: .3rem .7rem; align-items: baseline; margin-top: .35rem; color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
.inside { padding: 0 1.35rem 1.35rem 2.95rem; }
.fixes { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .35rem 1rem; margin: .5rem 0; }
.fixes dt { font-weight: 650; } .fixes dd { margin: 0; overflow-wrap: anywhere; }
.tags { display: flex; flex-wrap: wrap; gap: .3rem .6rem; margin: .4rem 0; padding: 0; list-style: none; font-size: .92rem; }

.pair { width: 100%; table-layout: fixed; border: 1px solid var(--line); border-radius: 8px; border-collapse: separate; border-spacing: 0; overflow: hidden; }
.pair th { padding: .45rem .8rem; background: var(--quiet); color: var(--ink); border: 0; white-space: normal; }
.pair td { padding: .03rem .8rem; border: 0; font: .82rem/1.6 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 2; }
.pair td + td, .pair th + th { border-left: 1px solid var(--line); }
.pair td.old { background: var(--bad-wash); box-shadow: inset 3px 0 var(--bad); }
.pair td.young { background: var(--good-wash); box-shadow: inset 3px 0 var(--good); }
.pair td.none { background: var(--quiet); }
.pair td.fold { color: var(--soft); text-align: center; font-family: inherit; background: var(--quiet); }
.pair mark { background: none; color: inherit; font-weight: 700; text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: .2em; }
.command { margin: .4rem 0; padding: .7rem .9rem; background: var(--quiet); border-radius: 8px; white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; }
.meta { font-size: .88rem; color: var(--soft); overflow-wrap: anywhere; }
footer { padding-top: 2.5rem; padding-bottom: 3.5rem; color: var(--soft); font-size: .88rem; }
@media (max-width: 40rem) {
  header, main, footer { padding-left: 1rem; padding-right: 1rem; }
  .inside { padding-left: 1.1rem; padding-right: 1.1rem; }
  .verdict { padding: 1.1rem; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } summary::before { transition: none; } }
@media print {
  :root { --page: #fff; --sheet: #fff; --ink: #000; --soft: #444; --line: #bbb; --quiet: #f4f4f4; --good: #12502f; --good-wash: #eef7f1;
    --bad: #8d1d15; --bad-wash: #fdf0ee; --unsure: #5f3f00; --unsure-wash: #fcf6e8; --link: #000; }
  body { font-size: 9pt; line-height: 1.35; }
  table, .inside, .answers p, .line { font-size: 8pt; } .matrix .words { display: none; } .matrix { font-size: 7pt; }
  header, main, footer { max-width: none; padding: 0; }
  .filter, .copy, dialog, .skip, .evidence details:not([open]), .evidence:not(:has(details[open])), .matrix tr[data-outcome="match"], .matrix tbody tr:nth-child(n + 101) { display: none; }
  .matrix tr[hidden] { display: none; }
  h2 { margin-top: 1.5rem; } summary, th, td { padding-top: .15rem; padding-bottom: .15rem; } details { margin: .35rem 0; } .top { padding-top: 0; }
  summary::before { content: ""; }
  details, .answers section, tr { break-inside: avoid-page; }
  * { print-color-adjust: exact; }
}
`;

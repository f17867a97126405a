/** The style of every page: light and dark as the reader's system has it, light on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fcfcfa; --card: #fff; --ink: #1d2329; --soft: #55606b; --line: #dfe2e5; --weekend: #f3f3ef;
  --accent: #0a5ba8; --quiet: #8397aa; --freeze: #f6dfc0; --freeze-edge: #b26a00; --target: #fff3c4;
  --ok: #17703a; --error: #b3261e; --warning: #875400; --info: #0a5ba8;
  --series-0: #0a5ba8; --series-1: #b35900; --series-2: #1a7f5a; --series-3: #7a3fe0; --series-4: #b0164f; --series-5: #00707c;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14181c; --card: #1a1f25; --ink: #e7eaed; --soft: #a6b0ba; --line: #343c45; --weekend: #1f252c;
    --accent: #74b6ff; --quiet: #71869b; --freeze: #4a3413; --freeze-edge: #e0a04a; --target: #4a4213;
    --ok: #5fd187; --error: #ff8f85; --warning: #ecb652; --info: #74b6ff;
    --series-0: #74b6ff; --series-1: #f0a35e; --series-2: #5fd3a6; --series-3: #c3a0ff; --series-4: #ff8fa8; --series-5: #5fd0dc;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem clamp(.75rem, 3vw, 2.5rem) 4rem; background: var(--paper); color: var(--ink); overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .75rem; letter-spacing: -.01em; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 .75rem; padding-bottom: .35rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .25rem; }
h4 { font-size: 1rem; margin: 0 0 .4rem; }
a { color: var(--accent); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
code { font: .88em ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .5rem; padding: .4rem .8rem; background: var(--card); z-index: 1; }
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.note, .place, figcaption, caption { color: var(--soft); font-size: .9rem; }
.note { margin: .15rem 0 .75rem; }
.facts { display: flex; flex-wrap: wrap; gap: .5rem 2.25rem; margin: 1rem 0 0; }
.facts dt { color: var(--soft); font-size: .82rem; }
.facts dd { margin: 0; }
.verdict { margin: 0; padding: .7rem 1rem; border-left: 4px solid; border-radius: 4px; background: var(--card); }
.verdict strong, .severity { text-transform: uppercase; font-size: .76rem; letter-spacing: .06em; margin-right: .4rem; }
.verdict.ok, .ok strong { border-color: var(--ok); } .ok strong { color: var(--ok); }
.verdict.error { border-color: var(--error); } .error > strong, .error .severity { color: var(--error); }
.verdict.warning { border-color: var(--warning); } .warning > strong, .warning .severity { color: var(--warning); }
.verdict.info { border-color: var(--info); } .info > strong, .info .severity { color: var(--info); }
nav ul, .series { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; list-style: none; margin: 1.25rem 0 0; padding: 0; }
nav.months ul { margin: 1rem 0 1.25rem; font-size: .9rem; }
.findings { list-style: none; padding: 0; }
.findings > li { margin: 0 0 .75rem; padding: .7rem 1rem; border-left: 4px solid var(--line); border-radius: 4px; background: var(--card); break-inside: avoid; }
.findings > .error { border-color: var(--error); } .findings > .warning { border-color: var(--warning); } .findings > .info { border-color: var(--info); }
.findings p { margin: 0 0 .25rem; } .findings ul { margin: .25rem 0 0; padding-left: 1.2rem; font-size: .92rem; }
.findings code { color: var(--soft); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin: 0 0 1.5rem; }
.figures div { padding: .8rem 1rem .7rem; background: var(--card); border: 1px solid var(--line); border-top: 3px solid var(--line); border-radius: 6px; break-inside: avoid; }
.figures dt { color: var(--soft); font-size: .85rem; } .figures dd { margin: 0; }
.figures dd:not(.note) { font-size: 1.7rem; line-height: 1.25; font-weight: 600; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.figures .note { font-size: .82rem; line-height: 1.35; margin: .15rem 0 0; }
.figures .good { border-top-color: var(--ok); } .figures .bad { border-top-color: var(--error); }
.figures .unsure { border-top-color: var(--warning); } .figures .idle { border-top-color: var(--quiet); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: .5rem 0; }
.scroll th, .scroll td { padding: .35rem 1.4rem .35rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: normal; }
.scroll thead th { color: var(--soft); font-weight: 600; }
.scroll tbody th { font-weight: 600; }
.scroll .number { text-align: right; } .scroll code { white-space: nowrap; }
@media screen { .scroll .short { white-space: nowrap; } }
.month { margin: 0 0 1rem; padding: 1rem 1.1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; break-inside: avoid; scroll-margin-top: 1rem; }
.grid { table-layout: fixed; width: 100%; margin-bottom: .75rem; font-size: .8rem; }
.grid .lane { width: 7rem; } .grid .row { width: 5.75rem; }
.grid thead th { font-weight: 400; color: var(--soft); padding: 0 0 .3rem; line-height: 1.25; text-align: center; }
.weekday { display: block; font-size: .68rem; }
.grid tbody { border-top: 1px solid var(--line); }
.grid tbody th { text-align: left; font-weight: 400; padding: .1rem .5rem .1rem 0; vertical-align: middle; }
.grid tbody th[scope=rowgroup] { font-weight: 600; vertical-align: top; padding-top: .2rem; }
.grid tbody td { height: 1.6rem; padding: 0; text-align: center; }
.weekend { background: var(--weekend); }
.grid .always { color: var(--soft); text-align: left; padding-left: .5rem; font-size: .78rem; }
.outside { opacity: .45; }
.frozen { background: var(--freeze); }
.grid a { display: flex; height: 100%; min-height: 1.6rem; align-items: center; position: relative; text-decoration: none; }
.grid a i { flex: 1; height: 1rem; margin: 0 12%; }
.grid a:has(i + i) i { margin: 0 1px; }
.grid a:hover i { filter: brightness(1.15); }
i.strong, .strong i { background: var(--accent); border-radius: 3px; }
.grid a.quiet i { height: .4rem; } i.quiet, .quiet i { background: var(--quiet); border-radius: 3px; }
.key i.quiet { height: .4rem; vertical-align: 1px; }
.frozen a.strong i { outline: 2px solid var(--freeze-edge); outline-offset: 1px; }
.keys { display: inline-flex; flex-wrap: wrap; gap: 0 1.25rem; margin-left: 1.25rem; }
.key i { display: inline-block; width: 1rem; height: .75rem; vertical-align: -1px; }
i.frozen { border-radius: 3px; }
.lines { list-style: none; margin: 0; padding: 0; font-size: .92rem; }
.lines li { display: grid; grid-template-columns: 7rem 6rem 9rem 1fr; gap: 0 .75rem; padding: .15rem .3rem; margin: 0 -.3rem; border-radius: 4px; scroll-margin-top: 40vh; }
.lines li:target { background: var(--target); }
.lane { font-weight: 600; } .row { color: var(--soft); }
.times { display: flex; flex-wrap: wrap; gap: 0 1.5rem; } .times span:not(:first-child) { color: var(--soft); }
.standing { grid-column: 3 / -1; }
.freeze .lane { color: var(--warning); }
figure { margin: .75rem 0 .5rem; break-inside: avoid; } figcaption { margin-top: .6rem; }
.scroll > svg { display: block; width: 100%; min-width: 36rem; height: auto; }
svg text { font: 12px Arial, Helvetica, "Liberation Sans", sans-serif; }
.series { margin: 0 0 .4rem; color: var(--ink); }
.sample { width: 28px; height: 12px; margin-right: .4rem; }
details { margin: .25rem 0 1rem; } summary { cursor: pointer; color: var(--accent); font-size: .92rem; }
@media (max-width: 46rem) {
  .grid, .keys { display: none; }
  .lines li { display: block; padding: .4rem .3rem; border-bottom: 1px solid var(--line); }
  .days { font-weight: 600; } .times { gap: 0 1rem; }
}
@media print {
  @page { margin: 14mm; }
  :root { color-scheme: light; }
  html { font-size: 10pt; } body { max-width: none; padding: 0; background: #fff; }
  nav, .skip { display: none; }
  h2, h3, h4 { break-after: avoid; }
  .scroll { overflow: visible; } .scroll > svg { min-width: 0; }
  .grid { display: table; } .keys { display: inline-flex; } .grid .lane { width: 5rem; } .grid .row { width: 5.75rem; }
  .grid i, .key i, .frozen, .weekend { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .lines li { display: grid; border: 0; margin: 0; padding: .1rem 0; }
  details::details-content { content-visibility: visible; height: auto; }
}
`;

/** What pages with explorers have in addition. */
export const explorerStyle = `
:root { --hover: #f1f4f7; --edge: #7d8893; --shade: #1d232938; }
@media screen and (prefers-color-scheme: dark) { :root { --hover: #222931; --edge: #7c8894; --shade: #000c; } }
[hidden] { display: none !important; }
.wide { max-width: 104rem; }
.wide > header p, .wide main > section > p, .wide main > section > ul { max-width: 76rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 34rem), 1fr)); gap: 0 3rem; }
.charts > div { min-width: 0; } .charts .scroll > svg { min-width: 26rem; max-width: 42rem; }
.charts h3 { margin-top: 1rem; } .charts details caption { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; padding: 0; overflow: hidden; }
.tools { margin: 0 0 1rem; padding: .9rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.fields { display: flex; flex-wrap: wrap; gap: .6rem .8rem; align-items: end; }
.fields label { display: grid; gap: .15rem; font-size: .8rem; color: var(--soft); }
.fields .words { flex: 1 1 9rem; } .fields select { width: 100%; max-width: 11.5rem; } .acts { display: flex; gap: .5rem; }
.explorer input, .explorer select, .explorer button { font: inherit; font-size: .9rem; color: var(--ink); background: var(--paper); border: 1px solid var(--edge); border-radius: 6px; padding: .32rem .6rem; min-height: 2.1rem; }
.explorer input { width: 100%; } .explorer button { cursor: pointer; } .explorer button:not([aria-disabled=true]):hover:enabled { background: var(--hover); }
.explorer button:is(:disabled, [aria-disabled=true]) { color: var(--soft); border-color: var(--line); cursor: default; }
.explorer button[aria-pressed=true] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); font-weight: 600; }
.values, .chips, .switch, .pages { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; }
.values:not(:empty), .chips:not(:empty) { margin-top: .75rem; }
.values b { font-variant-numeric: tabular-nums; }
.chip::after { content: " ×"; }
.tone::before { content: ""; display: inline-block; width: .6em; height: .6em; border-radius: 50%; margin-right: .45em; background: var(--edge); }
.tone { white-space: nowrap; }
.tone.good::before { background: var(--ok); } .tone.bad::before { background: var(--error); border-radius: 1px; }
.tone.unsure::before { background: var(--warning); transform: rotate(45deg) scale(.9); border-radius: 0; } .tone.idle::before { background: none; border: 2px solid var(--quiet); }
.explorer h3 { margin: .75rem 0 0; scroll-margin-top: 1rem; } .explorer h3:focus { outline: none; }
.explorer h4 { margin: 1.25rem 0 .25rem; }
.crumbs ol { display: flex; flex-wrap: wrap; list-style: none; margin: 0; padding: 0; font-size: .92rem; }
.crumbs li + li::before { content: "›"; margin: 0 .5rem; color: var(--soft); }
.crumbs [aria-current] { color: var(--ink); text-decoration: none; font-weight: 600; }
.switch { margin: 0 0 .5rem; } .switch button { min-height: 1.9rem; padding: .2rem .7rem; }
.wide table { font-size: .86rem; }
.wide .scroll th, .wide .scroll td { padding: .3rem 1.1rem .3rem 0; }
.wide .scroll + .scroll { margin-top: 1.25rem; }
.explorer :is(td, th, dd), .crumbs a, .chip { unicode-bidi: plaintext; }
.paper { display: none; }
@media screen {
  /* A shade at the edge where a table goes on. */
  .wide .scroll { background: linear-gradient(to left, var(--paper) 1rem, #0000) right / 2rem 100% no-repeat local, linear-gradient(to left, var(--shade), #0000) right / .75rem 100% no-repeat; }
  .wide .scroll tr > :first-child { position: sticky; left: 0; background: var(--paper); }
  .explorer tbody tr:hover > :first-child { background: var(--hover); }
  .explorer .scroll :is(td, th):not(.short, .number, [scope=col]) { min-width: 16rem; max-width: 26rem; overflow-wrap: anywhere; } .explorer :is(td, th):not(.short) code { white-space: normal; }
}
/* Tables that the script replaces need not be laid out before they are seen. */
@media screen { .explorer > .scroll { content-visibility: auto; contain-intrinsic-size: auto 40rem; } }
.explorer { scroll-margin-top: .75rem; }
.explorer .scroll thead th { vertical-align: bottom; white-space: nowrap; line-height: 1.3; }
.explorer .scroll thead .number, .explorer thead .number button { white-space: normal; max-width: 6.5rem; }
.explorer thead button { all: unset; cursor: pointer; white-space: nowrap; }
.explorer thead button:hover { color: var(--ink); text-decoration: underline; text-underline-offset: .2em; }
.explorer thead button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
[aria-sort] button { color: var(--ink); }
[aria-sort=ascending] button::after { content: " ↑"; } [aria-sort=descending] button::after { content: " ↓"; }
.explorer tbody tr:hover { background: var(--hover); }
.explorer .zero { color: var(--soft); } .explorer td .note, .explorer th .note { font-size: inherit; }
.bar { display: flex; height: .35rem; width: 7rem; margin: .2rem 0 .15rem auto; gap: 1px; border-radius: 2px; overflow: hidden; }
.bar .good { background: var(--ok); } .bar .bad { background: var(--error); } .bar .unsure { background: var(--warning); } .bar .idle { background: var(--quiet); }
.pages { margin: .9rem 0 0; font-size: .9rem; } .pages span { margin: 0 .4rem; color: var(--soft); }
.shown > .facts { margin: .75rem 0 1rem; } .shown > .facts div { max-width: 34rem; }
@media (max-width: 46rem) {
  .fields { display: grid; grid-template-columns: 1fr 1fr; } .fields .words { grid-column: 1 / -1; } .fields select { max-width: none; padding-inline: .3rem; font-size: .82rem; }
  .figures { grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .5rem; } .figures div { padding: .6rem .7rem; }
  .acts { grid-column: 1 / -1; } .acts button { flex: 1; } .values { gap: .3rem; } .explorer .values button { padding-inline: .45rem; font-size: .82rem; }
  .wide .scroll tr > :first-child { max-width: 9.5rem; white-space: normal; } .wide .scroll tbody tr > :first-child:not(.short) { min-width: 9.5rem; overflow-wrap: anywhere; } .wide .scroll tbody tr > :first-child:not(.short) code { white-space: normal; }
}
@media (forced-colors: active) {
  .tone::before, .bar i { forced-color-adjust: none; }
  .explorer button[aria-pressed=true] { forced-color-adjust: none; background: Highlight; color: HighlightText; }
  .explorer button:is(:disabled, [aria-disabled=true]) { color: GrayText; border-color: GrayText; }
}
@media print {
  @page { size: A4 landscape; }
  .explorer > div:not(.shown, .scroll), .switch, .pages { display: none; } .charts details { break-inside: avoid; }
  .wide { max-width: none; } .charts { grid-template-columns: 1fr 1fr; gap: 0 1.5rem; } .charts .scroll > svg { max-width: 30rem; }
  .wide table { font-size: .72rem; } .wide .scroll th, .wide .scroll td { padding: .15rem .6rem .15rem 0; overflow-wrap: anywhere; }
  .wide .scroll :is(.short, .number, thead th) { overflow-wrap: break-word; white-space: normal; } .wide .scroll :not(.short) > code { white-space: normal; } .wide .scroll .short :is(code, a) { white-space: nowrap; }
  /* A head with buttons is not repeated on the next page. */
  .explorer thead button { display: none; } .explorer thead th::after { content: attr(data-heading); }
  .paper { display: block; } .explorer :is([role=status], .paper) { break-after: avoid; } .wide h2 { margin-top: 1.5rem; }
  .bar { width: 4rem; }
  .explorer tr { break-inside: avoid; }
  .tone::before, .bar i { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

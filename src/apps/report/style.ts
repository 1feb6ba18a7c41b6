const LIGHT = `
  --tm-paper: #ffffff; --tm-ink: #1b1b1a; --tm-muted: #62625d; --tm-grid: #e4e3de;
  --tm-before: #bf4e0b; --tm-after: #0b63a5; --tm-null: #1b1b1a; --tm-wash: #f7f6f2;`;

const DARK = `
  --tm-paper: #15171b; --tm-ink: #e9e7e2; --tm-muted: #a4a29b; --tm-grid: #31343b;
  --tm-before: #f29a5c; --tm-after: #74b6f4; --tm-null: #e9e7e2; --tm-wash: #1d2025;`;

/** The report's style sheet: one column of text, figures in pairs, the same on paper. */
export const STYLE = `
:root { color-scheme: light dark; ${LIGHT}
  --tm-font: -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif;
  --tm-text: Charter, 'Bitstream Charter', 'Iowan Old Style', 'Source Serif 4', 'Palatino Linotype', Palatino, 'Liberation Serif', Georgia, serif;
  --tm-mono: ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace; }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--tm-paper); color: var(--tm-ink);
  font: 17px/1.5 var(--tm-text); font-kerning: normal; }
main { max-width: 960px; margin: 0 auto; padding: 44px 24px 72px; }
h1 { font-size: 34px; line-height: 1.15; font-weight: 600; letter-spacing: -0.01em; margin: 0;
  text-wrap: balance; overflow-wrap: anywhere; }
h2 { font-size: 22px; line-height: 1.25; font-weight: 600; margin: 60px 0 14px; }
p { margin: 0 0 12px; max-width: 68ch; text-wrap: pretty; }
a { color: inherit; text-decoration-color: var(--tm-muted); text-underline-offset: 2px; }
.kicker, .facts, table, figcaption .name, summary, footer, .tool {
  font-family: var(--tm-font); }
.kicker { font-size: 13px; color: var(--tm-muted); margin: 0 0 6px; letter-spacing: 0.02em; }
.facts { font-size: 14px; color: var(--tm-muted); margin: 10px 0 22px; max-width: none;
  overflow-wrap: anywhere; }
.lead { font-size: 19px; line-height: 1.5; margin: 0 0 22px; max-width: 66ch; }
.before { color: var(--tm-before); } .after { color: var(--tm-after); }
table { border-collapse: collapse; width: 100%; font-size: 14px; line-height: 1.35;
  font-variant-numeric: tabular-nums lining-nums; border-top: 1.5px solid var(--tm-ink);
  border-bottom: 1.5px solid var(--tm-ink); }
caption { text-align: left; font-size: 14px; line-height: 1.45; padding: 0 0 8px; }
caption b, figcaption .name { color: var(--tm-ink); font-weight: 600; }
th { font-weight: 600; text-align: left; vertical-align: bottom; }
thead th { border-bottom: 1px solid var(--tm-ink); padding: 7px 12px 6px 0; }
tbody th { font-weight: 400; } td, tbody th { padding: 6px 12px 6px 0; vertical-align: top; }
tbody tr + tr > * { border-top: 1px solid var(--tm-grid); }
tr > :last-child { padding-right: 0; }
th.number, td.number { text-align: right; white-space: nowrap; }
td.strong { font-weight: 600; }
td small, th small { display: block; color: var(--tm-muted); font-size: 12px; font-weight: 400; }
td svg { display: block; margin: 2px 0 0 auto; }
.rank { width: 56px; } .bar { width: 30%; } .bar svg { margin: 4px 0 0; }
.swatch { display: inline-block; width: 8px; height: 8px; border-radius: 50%; margin-right: 5px;
  border: 2px solid currentColor; } .swatch.after { background: currentColor; }
.swatch.uniform { width: 0; height: 12px; border-radius: 0; border-width: 0 0 0 2px;
  vertical-align: -2px; }
.scroll { overflow-x: auto; }
.scroll + .figures { margin-top: 34px; } .scroll + .scroll { margin-top: 26px; }
.findings { margin-bottom: 34px; } .findings dt.error { color: var(--tm-before); font-weight: 600; } .findings dt.warning { color: var(--tm-before); }
.findings dt.note { color: var(--tm-muted); } .findings small { color: var(--tm-muted); }
.figures { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 40px 36px;
  margin-top: 20px; }
.figures + .scroll { margin-top: 34px; }
.figures > .wide { grid-column: 1 / -1; max-width: 580px; }
figure { margin: 0; min-width: 0; break-inside: avoid; display: flow-root; }
figure > svg { display: block; width: 100%; height: auto; overflow: visible; }
figcaption { font-size: 15px; line-height: 1.45; margin-top: 10px; color: var(--tm-ink); }
figcaption .name { font-size: 14px; }
.tool { font-size: 12px; color: var(--tm-muted); background: none; border: 0; padding: 2px 0;
  margin: 8px 0 0 14px; float: right; cursor: pointer; text-decoration: underline; text-underline-offset: 2px; }
.tool:hover { color: var(--tm-ink); }
details { margin-top: 8px; } summary { font-size: 13px; color: var(--tm-muted); cursor: pointer; }
details table { font-size: 12.5px; margin-top: 8px; } details .scroll { max-height: 300px; overflow: auto; }
details td, details tbody th { padding: 2px 10px 2px 0; }
.board { display: grid; gap: 20px 28px; grid-template-columns: minmax(0, 1fr); align-items: start; }
.cloud.several .board { grid-template-columns: repeat(2, minmax(0, 1fr)); }
.stage { position: relative; display: none; aspect-ratio: var(--ratio); }
.stage.plane { border: 1px solid var(--tm-grid); border-radius: 6px; overflow: hidden; }
.stage tammes-view { position: absolute; inset: 0; cursor: grab; }
.stage tammes-view:active { cursor: grabbing; } tammes-view:focus-visible { outline: none; }
.card { position: absolute; display: none; max-width: 260px; padding: 4px 9px; border: 1px solid var(--tm-grid); pointer-events: none;
  border-radius: 6px; background: var(--tm-paper); font: 13px/1.35 var(--tm-font); overflow-wrap: anywhere; }
.card small { display: block; color: var(--tm-muted); font-size: 12px; }
.panel { min-width: 0; display: flow-root; } .panel-title { font: 600 13px/1.4 var(--tm-font); margin: 0 0 6px; }
.sheet > svg { display: block; max-width: 100%; height: auto; } .live { display: none; }
.side { font: 14px/1.35 var(--tm-font); display: grid; gap: 18px; align-self: center; min-width: 0; }
.several .side { align-self: start; }
.legend { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: minmax(0, 1fr); }
.legend button { font: inherit; color: inherit; background: none; border: 0; border-radius: 5px; padding: 3px 6px; width: 100%;
  display: flex; gap: 9px; align-items: center; text-align: left; cursor: pointer; }
.legend button:hover { background: var(--tm-wash); } .legend bdi { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.legend [data-shade][aria-pressed='true'] { background: var(--tm-wash); font-weight: 600; }
.legend [data-mark][aria-pressed='false'] { opacity: 0.45; }
.legend small { color: var(--tm-muted); font-size: 12px; font-variant-numeric: tabular-nums; }
.legend i { flex: none; width: 11px; height: 11px; border-radius: 50%; } .legend .dot { background: var(--light); }
.legend .ring, .legend .square { border: 2px solid var(--tm-ink); } .legend .square { border-radius: 0; }
@media screen { .scripted .stage { display: block; } .scripted .sheet { display: none; } .scripted .live { display: grid; }
  .scripted .tool.live { display: inline; }
  .scripted .cloud:not(.several) .board { grid-template-columns: minmax(0, 600px) minmax(210px, 1fr); } }
@media screen and (prefers-color-scheme: dark) { .legend .dot { background: var(--dark); } }
:focus-visible { outline: 2px solid var(--tm-after); outline-offset: 3px; }
.controls { gap: 14px; }
.controls .share { display: grid; grid-template-columns: auto 1fr auto; gap: 10px; align-items: center; }
.controls input[type='range'] { width: 100%; accent-color: var(--tm-after); margin: 0; }
.controls button { font: inherit; color: inherit; background: none; cursor: pointer;
  border: 1px solid transparent; border-radius: 5px; padding: 3px 7px; }
.controls button[aria-pressed='true'] { border-color: currentColor; font-weight: 600; }
.controls .share button { font-weight: 600; } .controls .share .before { color: var(--tm-before); } .controls .share .after { color: var(--tm-after); }
.projections { display: flex; flex-wrap: wrap; gap: 2px; font-size: 13px; } .controls .projections button[aria-pressed='true'] { font-weight: 400; }
.controls input[type='search'] { font: inherit; width: 100%; padding: 6px 9px; border-radius: 5px;
  border: 1px solid var(--tm-muted); background: var(--tm-paper); color: var(--tm-ink); }
.controls .hint, .controls output { color: var(--tm-muted); font-size: 13px; margin: 0; }
.controls [data-about] { margin-top: -8px; min-height: 2.9em; } .controls output { color: var(--tm-ink); overflow-wrap: anywhere; min-height: 1.4em; }
.kept { color: var(--tm-muted); } .lost { color: var(--tm-before); font-style: italic; }
.gained { color: var(--tm-after); font-weight: 600; }
pre { font: 13px/1.5 var(--tm-mono); background: var(--tm-wash); padding: 14px 16px; overflow: auto;
  border-radius: 5px; max-height: 460px; margin: 10px 0 0; tab-size: 2; }
pre code { font: inherit; }
dl { font-size: 15px; margin: 8px 0 0; display: grid; grid-template-columns: max-content 1fr;
  gap: 4px 18px; } dt { font-family: var(--tm-font); font-size: 14px; } dd { margin: 0; }
footer { margin-top: 56px; padding-top: 12px; border-top: 1px solid var(--tm-grid); font-size: 13px;
  color: var(--tm-muted); } footer p { max-width: none; }
@media screen and (max-width: 760px) {
  body { font-size: 16px; } main { padding: 26px 16px 48px; } h1 { font-size: 27px; }
  .lead { font-size: 17px; } h2 { margin-top: 44px; }
  .figures { grid-template-columns: minmax(0, 1fr); }
  .cloud .board, .scripted .cloud:not(.several) .board { grid-template-columns: minmax(0, 1fr); }
  .optional, tbody th small { display: none; } td, thead th, tbody th { padding-right: 8px; }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 8px; }
}
@media print {
  :root { color-scheme: light; ${LIGHT} }
  @page { margin: 16mm 15mm; }
  body { font-size: 10pt; } main { max-width: none; padding: 0; } h1 { font-size: 20pt; }
  .lead { font-size: 11pt; } h2 { font-size: 13pt; margin-top: 22pt; break-after: avoid; }
  table, caption { font-size: 8.5pt; } td small, th small { font-size: 7.5pt; }
  figcaption .name { font-size: 8.5pt; } td, tbody th { padding-top: 2.5pt; padding-bottom: 2.5pt; } figcaption { font-size: 9pt; } .facts { font-size: 9pt; }
  .figures { gap: 20pt 22pt; margin-top: 12pt; }
  .figures > .wide { max-width: 310pt; }
  .tool, details { display: none; }
  .legend { grid-template-columns: repeat(auto-fill, minmax(130pt, 1fr)); column-gap: 18pt; } .legend button { padding: 1pt 0; font-size: 8.5pt; }
  .side { gap: 0; }
  thead { display: table-header-group; } tr { break-inside: avoid; }
  pre { max-height: none; font-size: 7.5pt; white-space: pre-wrap; background: none; padding: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

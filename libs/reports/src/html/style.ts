/**
 * The look of a report: a serif page with a quiet sans for tables and captions, one dark blue, one rust, greys. Reads
 * in greyscale; text contrast is 4.5 to 1 or better. Nothing is loaded from anywhere.
 */
import { cssString } from './markup.js';

/** What the margins of every printed page say. */
export interface PageMargins {
  readonly marking: string;
  readonly document: string;
  readonly foot: string;
  readonly page: string;
  readonly of: string;
}

const SCREEN = `
:root {
  --ink: #1f2a33; --muted: #55606b; --rule: #d5d9de; --main: #24506e; --accent: #b04a12; --mark: #7c1d1d;
  --paper: #ffffff; --desk: #f2f0eb; --tint: #f3f6f8;
  --serif: Charter, 'Bitstream Charter', 'Iowan Old Style', 'Palatino Linotype', Palatino, 'Source Serif 4',
    'Noto Serif', 'Liberation Serif', Georgia, 'Times New Roman', serif;
  --sans: 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif;
}
* { box-sizing: border-box; }
html { scroll-padding-top: 3.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--desk); color: var(--ink); font: 1.0625rem/1.62 var(--serif);
  font-variant-numeric: lining-nums; hyphens: manual; }
a { color: var(--main); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; top: 0; z-index: 20; background: var(--paper); padding: .75rem 1rem; }
.skip:focus { left: 0; }
.marking { position: sticky; top: 0; z-index: 10; margin: 0; padding: .5rem 1rem; background: var(--mark); color: #fff;
  font: 700 .8125rem/1.35 var(--sans); letter-spacing: .04em; text-align: center; }
.marking::first-letter { text-transform: uppercase; }
.running { display: none; }
.sheet { max-width: 52rem; margin: 2rem auto 4rem; padding: 3.5rem 4rem 4rem; background: var(--paper);
  border: 1px solid #e0ddd6; }

.cover { border-top: 5px solid var(--main); padding-top: 1.25rem; }
.imprint { display: flex; justify-content: space-between; gap: 1rem; margin: 0; font: .875rem/1.4 var(--sans); color: var(--muted); }
.imprint strong { color: var(--ink); letter-spacing: .02em; }
h1 { margin: 2.25rem 0 .4rem; font-size: 2.35rem; line-height: 1.15; font-weight: 700; letter-spacing: -.01em; text-wrap: balance;
  overflow-wrap: anywhere; }
.subtitle { margin: 0; font-size: 1.2rem; line-height: 1.4; color: var(--muted); }
.facts { display: grid; grid-template-columns: repeat(3, auto); gap: .9rem 1.75rem; margin: 1.75rem 0 0;
  padding: 1rem 0; border: solid var(--rule); border-width: 1px 0; }
.facts div { min-width: 0; }
.facts dt { font: .75rem/1.4 var(--sans); color: var(--muted); }
.facts dd { text-wrap: balance; margin: .1rem 0 0; font: 600 .90625rem/1.4 var(--sans); overflow-wrap: anywhere; }
.facts .lead dd { color: var(--accent); }

h2.label-head { border: 0; padding: 0; margin: 2.25rem 0 .75rem; font: 700 .8125rem/1.4 var(--sans); letter-spacing: .04em; color: var(--muted); }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1px; margin: 0; padding: 0; list-style: none;
  background: var(--rule); border: 1px solid var(--rule); }
.tiles li { min-width: 0; padding: .85rem .9rem .9rem; background: var(--paper); font-family: var(--sans); }
.tiles .hedge { display: block; min-height: 1.25em; font-size: .75rem; line-height: 1.25; color: var(--muted); }
.tiles .value { display: block; font-size: 1.75rem; line-height: 1.15; font-weight: 700; color: var(--main);
  font-variant-numeric: tabular-nums lining-nums; }
.tiles .name { display: block; margin-top: .3rem; font-size: .8125rem; line-height: 1.35; }
.tiles .of { display: block; margin-top: .2rem; font-size: .75rem; line-height: 1.35; color: var(--muted); }
.abstract { margin: 0; padding: 0 0 0 1.1rem; }
.abstract li { margin: 0 0 .55rem; padding-left: .2rem; }
.abstract li::marker { color: var(--main); }
.contents ol { margin: 0; padding: 0; list-style: none; columns: 2; column-gap: 2.5rem; font: .9375rem/1.4 var(--sans); }
.contents li { break-inside: avoid; padding: .22rem 0; }
.contents a { display: grid; grid-template-columns: auto 1fr; gap: .7rem; color: var(--ink); text-decoration: none; }
.contents a:hover span:last-child { text-decoration: underline; }
.contents .no { min-width: 1.1rem; color: var(--muted); font-variant-numeric: tabular-nums; }

.warning { margin: 2rem 0 0; padding: 1rem 1.25rem; border: 2px solid var(--accent); border-left-width: 10px; background: #fdf3ec;
  font: .9375rem/1.5 var(--sans); }
.warning h2 { margin: 0 0 .4rem; padding: 0; border: 0; font: 700 1rem/1.4 var(--sans); }
.warning ul { margin: 0; padding-left: 1.2rem; }

section { margin-top: 3.25rem; }
h2 { margin: 0 0 1rem; padding-top: .8rem; border-top: 2px solid var(--ink); font-size: 1.6rem; line-height: 1.25; text-wrap: balance; }
h2 .no { margin-right: .6em; color: var(--main); }
h3 { margin: 1.6rem 0 .3rem; font-size: 1.0625rem; line-height: 1.4; }
p { margin: 0 0 .95rem; text-wrap: pretty; }
ul.calls { padding-left: 1.2rem; }
sup { font-family: var(--sans); line-height: 0; vertical-align: baseline; position: relative; top: -.42em; }
sup.f { font-size: .56em; margin-left: .14em; top: -.72em; }
sup.f a { color: #66717c; text-decoration: none; }
sup.f a:hover { text-decoration: underline; }
sup.n { font-size: .66em; font-weight: 700; margin-left: .1em; }
sup.n a { text-decoration: none; }

figure { margin: 1.75rem 0 2rem; }
figcaption, caption { padding: 0 0 .5rem; text-align: left; text-wrap: pretty; font: .9375rem/1.45 var(--sans); }
.label { color: var(--main); font-weight: 700; margin-right: .5em; white-space: nowrap; }
.title { font-weight: 700; }
.base { display: block; font-size: .8125rem; color: var(--muted); }
.chart svg { display: block; width: 100%; height: auto; }
.chart .drawing { padding: .75rem 0 .25rem; border: solid var(--rule); border-width: 1px 0; overflow-x: auto; }
.source { margin: .5rem 0 0; font: .75rem/1.5 var(--sans); color: var(--muted); overflow-wrap: anywhere; }
.marks { margin: .5rem 0 0; padding: 0; list-style: none; font: .75rem/1.5 var(--sans); color: var(--muted); }
.marks b { display: inline-block; min-width: 1em; color: var(--ink); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font: .84375rem/1.4 var(--sans); font-variant-numeric: tabular-nums lining-nums; }
thead th { padding: .45rem .5rem; border-top: 2px solid var(--ink); border-bottom: 1px solid var(--ink); text-align: left;
  vertical-align: bottom; font-weight: 700; line-height: 1.3; hyphens: auto; }
td, tbody th { padding: .32rem .5rem; border-bottom: 1px solid #e6e9ec; text-align: left; vertical-align: top; font-weight: 400; }
thead th:first-child, tbody th { padding-left: 0; }
td:last-child, thead th:last-child { padding-right: .15rem; }
.num + td:not(.num), .num + th:not(.num) { padding-left: 1.4rem; }
.num { text-align: right; white-space: nowrap; }
thead .num { white-space: normal; } .nb { white-space: nowrap; }
td sup, th sup { font-size: .72em; margin-left: .15em; color: var(--accent); font-weight: 700; }
tr.unknown > * { color: var(--muted); font-style: italic; }
tr.total > * { border-top: 1px solid var(--ink); border-bottom: 2px solid var(--ink); font-weight: 700; }
tbody tr:last-child > * { border-bottom: 2px solid var(--ink); }
details { margin-top: .5rem; font: .8125rem/1.5 var(--sans); }
summary { cursor: pointer; color: var(--main); }
details figure { margin: .5rem 0 0; }

.method { margin: 0; padding: 0; list-style: none; counter-reset: field; }
.method > li { display: grid; grid-template-columns: 2.2rem 1fr; padding: .2rem 0 .3rem; counter-increment: field; }
.method > li::before { content: counter(field); font: 700 .9375rem/1.65 var(--sans); color: var(--main); }
.method h3 { margin: 0; }
.method p { margin: .1rem 0 .5rem; font-size: 1rem; line-height: 1.55; }
.register { font: .75rem/1.45 var(--sans); }
.register h3 { margin: 1.2rem 0 0; font: 700 .8125rem/1.45 var(--sans); }
.register .query { margin: 0 0 .3rem; color: var(--muted); overflow-wrap: anywhere; }
.register ol { margin: 0; padding: 0; list-style: none; columns: 2; column-gap: 1.75rem; }
.register li { display: grid; grid-template-columns: 2.3rem 1fr auto; gap: 0 .35rem; break-inside: avoid; padding: .1rem 0;
  border-bottom: 1px solid #eceff1; }
.register li:target { background: #fff3c9; }
.register .no { color: var(--muted); font-variant-numeric: tabular-nums; }
.register .id { min-width: 0; overflow-wrap: anywhere; }
.register .slice { color: var(--muted); }
.register .value { text-align: right; font-variant-numeric: tabular-nums; font-weight: 700; }
.register .value small { font-size: inherit; font-weight: 400; color: var(--muted); }
.notes { margin: 0; padding: 0; list-style: none; font-size: .9375rem; line-height: 1.55; }
.notes li { display: grid; grid-template-columns: 2.2rem 1fr; padding: .15rem 0; }
.notes .no { font: 700 .8125rem/1.8 var(--sans); color: var(--main); }
.notes li > span:last-child { overflow-wrap: anywhere; }
@media (max-width: 46rem) {
  .sheet { margin: 0; padding: 1.5rem 1.1rem 3rem; border: 0; }
  h1 { font-size: 1.75rem; }
  .tiles { grid-template-columns: repeat(2, 1fr); }
  .contents ol, .register ol { columns: 1; }
  .facts { grid-template-columns: 1fr 1fr; }
  .chart svg { min-width: 34rem; }
}
`;

const PRINT = `
@media print {
  html { font-size: 10pt; }
  body { background: none; font-size: 10pt; line-height: 1.44; orphans: 3; widows: 3; }
  .skip, details, .back { display: none; }
  .marking { position: static; padding: .3rem .6rem; font-size: 8.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .sheet { max-width: none; margin: 0; padding: 0; border: 0; }
  .cover { margin-top: .8rem; padding-top: .8rem; }
  h1 { margin-top: 1.1rem; font-size: 24pt; }
  .facts { margin-top: 1.1rem; padding: .6rem 0; grid-template-columns: max-content max-content 1fr; gap: .5rem 1.6rem; }
  .facts dd { font-size: 8.8pt; } .facts dt { font-size: 7.5pt; }
  h2.label-head { margin: 1.3rem 0 .45rem; }
  .tiles li { padding: .55rem .7rem .6rem; }
  .tiles .value { font-size: 17pt; }
  .tiles .name { font-size: 8.5pt; } .tiles .of, .tiles .hedge { font-size: 7.5pt; }
  .abstract li { margin-bottom: .3rem; }
  .contents ol { font-size: 9pt; } .contents li { padding: .1rem 0; }
  section { margin-top: 1.9rem; }
  h2 { font-size: 15pt; margin-bottom: .6rem; padding-top: .5rem; } h3 { font-size: 10.5pt; }
  h1, h2, h3, figcaption, caption { break-after: avoid; break-inside: avoid; }
  p { margin-bottom: .6rem; }
  figure { margin: .9rem 0 1.2rem; }
  figure.chart, figure.short, .tiles, .facts, .warning, .method > li { break-inside: avoid; }
  figcaption, caption { font-size: 9pt; } .base { font-size: 8pt; }
  .scroll, .chart .drawing { overflow: visible; }
  table { font-size: 8.2pt; line-height: 1.32; }
  td, tbody th { padding: .13rem .4rem; } thead th { padding: .25rem .4rem; }
  thead th:first-child, tbody th { padding-left: 0; }
  thead { display: table-header-group; break-after: avoid; break-inside: avoid; } thead tr { break-after: avoid; } tr { break-inside: avoid; }
  tbody tr:nth-child(-n+3) { break-after: avoid; } tbody tr:nth-last-child(-n+4) { break-before: avoid; }
  .source, .marks { font-size: 7.2pt; line-height: 1.4; break-before: avoid; }
  .marks, .source { break-inside: avoid; }
  .method p { font-size: 9.5pt; line-height: 1.42; margin-bottom: .25rem; }
  .register { font-size: 6.6pt; line-height: 1.32; } .register h3 { font-size: 7.6pt; margin-top: .7rem; }
  .register .query { break-after: avoid; break-inside: avoid; }
  .register li { padding: 0; } .register li:target { background: none; }
  .notes { font-size: 8.8pt; line-height: 1.42; }
  a { color: inherit; text-decoration: none; }
  .annex-register { break-before: page; }
}
`;

/**
 * Margins of the printed page. Browsers without margin boxes print the fixed line instead; there is no query for
 * margin boxes, so another feature that arrived with them in Chromium (131) and WebKit stands for it, Gecko excluded.
 */
function pageRules({ marking, document, foot, page, of }: PageMargins): string {
  const type = `font: 7.5pt 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif`;
  return `
@page { size: A4; margin: 21mm 19mm 19mm;
  @top-left { content: ${cssString(document)}; ${type}; color: #55606b; vertical-align: bottom; padding-bottom: 3mm; }
  @top-right { content: ${cssString(marking)}; ${type}; font-weight: bold; color: #7c1d1d; vertical-align: bottom; padding-bottom: 3mm;
    white-space: nowrap; }
  @bottom-left { content: ${cssString(foot)}; ${type}; color: #55606b; vertical-align: top; padding-top: 3mm; }
  @bottom-right { content: ${cssString(`${page} `)} counter(page) ${cssString(` ${of} `)} counter(pages); ${type}; color: #55606b;
    vertical-align: top; padding-top: 3mm; white-space: nowrap; }
}
@media print {
  .running { display: flex; justify-content: space-between; position: fixed; top: 0; left: 0; right: 0; ${type}; color: #7c1d1d; }
  .sheet { padding-top: 8mm; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
  @supports selector(::details-content) and (not (-moz-appearance: none)) {
    .running { display: none; }
    .sheet { padding-top: 0; }
  }
}
`;
}

export function styleSheet(margins: PageMargins): string {
  return SCREEN + PRINT + pageRules(margins);
}

/** What the pages of actors, dyads, maps, networks, issues and reviews need beside `STYLE`. */
export const FIGURES_STYLE = `
:root { --accord: #2a6f97; --discord: #b3541e; --grid: #eceae3; --land: #e6e2d6; --land-edge: #c9c3b3; }
@media (prefers-color-scheme: dark) {
  :root { --accord: #6fb1d8; --discord: #e2935b; --grid: #26292d; --land: #353a40; --land-edge: #545b63; }
}
.two { display: grid; grid-template-columns: minmax(0, 1fr) 18rem; gap: 0 3rem; align-items: start; }
.two h2:first-child, section > h2:first-child { margin-top: 1.6rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
ul.lines { list-style: none; margin: 0; padding: 0; }
ul.lines > li { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: 0 1rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
ul.lines > li > .when { color: var(--soft); font-size: .9375rem; }
ul.lines div::first-letter, ul.stories li::first-letter, ul.short li::first-letter, ul.hits .hit-head::first-letter, aside li > a::first-letter { text-transform: uppercase; }
ul.lines div > a { color: inherit; text-decoration-color: var(--line); }
ul.lines div > a:hover { text-decoration-color: currentcolor; }
ol.counts { list-style: none; margin: 0; padding: 0; font-size: .9375rem; }
ol.counts li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 .8rem; padding: .25rem 0 .35rem; }
ol.counts a { color: inherit; text-decoration-color: var(--line); }
svg.bar { grid-column: 1 / -1; width: 100%; height: 4px; display: block; fill: var(--accord); opacity: .75; }
.columns ol.counts { columns: 15rem 3; column-gap: 3rem; }
.columns ol.counts li { break-inside: avoid; }
figure { margin: .4rem 0 1rem; }
figcaption { color: var(--soft); font-size: .875rem; margin-top: .3rem; }
.quad-rows { display: grid; grid-template-columns: 13rem minmax(0, 1fr); gap: .35rem 1rem; align-items: end; }
p.quad-name { margin: 0; font-size: .9375rem; display: flex; justify-content: space-between; gap: .5rem; }
svg.quad { width: 100%; height: 2.6rem; display: block; background: linear-gradient(var(--line), var(--line)) bottom / 100% 1px no-repeat; }
svg.q1, svg.q2 { fill: var(--accord); }
svg.q3, svg.q4 { fill: var(--discord); }
svg.q1 rect, svg.q3 rect { fill-opacity: .8; }
p.quad-name b { white-space: nowrap; }
p.axis { display: flex; justify-content: space-between; margin: 0; color: var(--soft); font-size: .8125rem; font-variant-numeric: tabular-nums; }
svg.world { display: block; width: 100%; background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; }
svg.world .land { fill: var(--land); }
svg.world .borders { fill: none; stroke: var(--land-edge); stroke-width: .6; }
circle.exact { fill: var(--accord); fill-opacity: .7; stroke: var(--sheet); stroke-width: 1; }
circle.wide { fill: var(--accord); fill-opacity: .07; stroke: var(--accord); stroke-width: 1.5; stroke-dasharray: 4 2.5; }
svg.world a:hover circle, circle.chosen { fill: var(--discord); stroke: var(--discord); }
ul.closer { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 0 0 .6rem; padding: 0; font-size: .9375rem; }
ul.closer [aria-current] { color: inherit; font-weight: 600; text-decoration: none; }
section.issue { border-top: 1px solid var(--line); }
section.issue h2 { display: flex; align-items: baseline; gap: .8rem; margin: 1rem 0 .3rem; }
section.issue h2 a { color: inherit; text-decoration-color: var(--line); }
section.issue h2 small { font: .875rem var(--sans); }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); gap: 0 2rem; margin-bottom: 1rem; }
.sides h3 { font: 600 .9375rem var(--sans); margin: .5rem 0 0; }
.sides p { font-size: .9375rem; max-width: 46rem; }
.sides p a, section.issue > p a { color: inherit; text-decoration-color: var(--line); }
.sides p a:hover, section.issue > p a:hover { text-decoration-color: currentcolor; }
section.issue > p small { display: inline; }
.sides ul.quotes { max-width: 44rem; }
.sides ul.quotes q { font-size: 1rem; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 7; overflow: hidden; }
.notice { background: var(--sheet); border: 1px solid var(--line); border-left: 4px solid var(--accord); border-radius: 4px; padding: .5rem .9rem; margin: .8rem 0; }
.notice.warn { border-left-color: var(--warn); color: var(--warn); background: var(--warn-soft); }
.notice.warn a { color: inherit; }
kbd { font: .8125rem/1 ui-monospace, "Liberation Mono", monospace; border: 1px solid currentcolor; border-radius: 3px; padding: .05rem .3rem; opacity: .8; }
.reader.desk { margin-top: 1rem; gap: 2rem; }
.reader.desk .text { max-width: none; }
dl.fields { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .35rem 1rem; margin: 0; font-size: .9375rem; }
dl.fields dt { color: var(--soft); }
dl.fields dd { margin: 0; }
.decide { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1.2rem 0 .6rem; }
.decide button, details.form form button { font: 600 1rem var(--sans); color: var(--paper); background: var(--link); border: 1px solid var(--link); border-radius: 4px; padding: 0 1.1rem; min-height: 2.6rem; cursor: pointer; }
.decide nav.pages { margin: 0 0 0 auto; align-items: center; }
.decide button.quiet, .decide [data-key="r"] { color: var(--link); background: none; }
.decide button kbd, details.form button kbd { margin-left: .3rem; }
details.form { border-top: 1px solid var(--line); padding: .5rem 0; margin: 0; }
details.form[open] { padding-bottom: 1rem; }
details.form .filter { border: 0; margin: .6rem 0 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); gap: .6rem .8rem; align-items: end; }
details.form label { font-size: .8125rem; color: var(--soft); display: grid; gap: .15rem; min-width: 0; }
details.form label input:not([type]) , details.form label select { font: 1rem var(--sans); color: var(--ink); background: var(--sheet); border: 1px solid var(--line); border-radius: 4px; padding: .35rem .5rem; width: 100%; min-height: 2.4rem; }
details.form label.choice { display: flex; gap: .6rem; font-size: .9375rem; color: inherit; padding: .3rem 0; align-items: baseline; }
fieldset { border: 0; margin: .6rem 0 0; padding: 0; }
legend { color: var(--soft); font-size: .875rem; padding: 0; }
details.keys dl { display: grid; grid-template-columns: auto 1fr; gap: .3rem 1rem; margin: .5rem 0; }
details.keys dd { margin: 0; }
ul.decided { list-style: none; padding: 0; margin: .4rem 0; font-size: .9375rem; }
svg.key { width: 1.1rem; height: 1.1rem; vertical-align: -.2rem; margin-left: .6rem; }
svg.key:first-child { margin-left: 0; }
svg.states { display: block; width: 100%; background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; }
svg.states circle { fill: var(--sheet); stroke: var(--soft); stroke-width: 1.5; }
svg.states.narrow { display: none; }
svg.states text { font: 600 11.5px var(--sans); fill: var(--ink); text-anchor: middle; }
svg.states text.name { font: 10.5px var(--sans); stroke: var(--sheet); stroke-width: 4px; paint-order: stroke; }
svg.states a:hover circle, svg.states a:hover line { stroke: var(--ink); }
line.share0 { stroke: var(--accord); }
line.share1 { stroke: color-mix(in oklab, var(--discord) 30%, var(--accord)); }
line.share2 { stroke: color-mix(in oklab, var(--discord) 55%, var(--accord)); }
line.share3 { stroke: color-mix(in oklab, var(--discord) 80%, var(--accord)); }
line.share4 { stroke: var(--discord); }
line.against { stroke-dasharray: 9 5; }
svg.key.line { width: 1.8rem; height: .7rem; vertical-align: 0; }
table.tight { width: auto; }
tbody th { font-weight: 400; }
td.number, th.number { padding: .45rem 0 .45rem 1.2rem; text-align: right; min-width: 4rem; }
/* On a phone the world is small: what is drawn of it keeps a width that can be seen. */
@media (max-width: 44rem) {
  svg.world :is(.borders, circle.wide) { vector-effect: non-scaling-stroke; }
  circle.exact { stroke: var(--accord); stroke-width: 2; vector-effect: non-scaling-stroke; fill-opacity: 1; opacity: .7; }
}
@media (max-width: 46rem) {
  table.tight { width: 100%; }
  table.tight th, table.tight td { min-width: 0; }
  svg.states.broad { display: none; }
  svg.states.narrow { display: block; }
  .two { grid-template-columns: minmax(0, 1fr); }
  ul.lines > li { grid-template-columns: minmax(0, 1fr); }
  .quad-rows { grid-template-columns: minmax(0, 1fr); gap: .1rem; }
  .quad-rows > span { display: none; }
  svg.quad { margin-bottom: .5rem; }
}
.on-paper { display: none; }
article.brief ul { list-style: none; margin: 0; padding: 0; }
article.brief li { padding: .55rem 0; border-bottom: 1px solid var(--line); break-inside: avoid; }
article.brief li > b { color: var(--soft); font-size: .9375rem; font-weight: 400; display: block; }
article.brief li > a { color: inherit; text-decoration-color: var(--line); }
article.brief small { margin: .15rem 0 0; }
article.brief small a { text-decoration: none; }
article.brief small a:hover { text-decoration: underline; }
form.filter.on { border: 0; margin: 2rem 0 0; padding: 0; }
form.filter.on p { flex: 1 0 100%; margin: 0; font-size: .9375rem; }
@media (min-width: 46rem) {
  .beside-brief { display: grid; grid-template-columns: minmax(0, 48rem) minmax(0, 1fr); gap: 0 2.5rem; align-items: start; }
  form.filter.on { border-left: 1px solid var(--line); margin: .4rem 0 0; padding-left: 1.25rem; }
}
@media print, (min-width: 46rem) {
  article.brief li:has(> b) { padding-left: 9.5rem; position: relative; }
  article.brief li > b { position: absolute; left: 0; width: 9rem; }
}
@media print {
  @page { margin: 18mm; }
  header.top, .skip, form, #add, .forms, .paths, nav, .decide, .to-narrow, .on-screen, ul.closer, [data-help], details:not([open], ol.timeline *) { display: none !important; }
  .on-paper { display: block; }
  .scroll { overflow: visible; background: none; }
  table.compared { table-layout: fixed; font-size: 8pt; }
  table.compared :is(th, td) { min-width: 0; position: static; }
  table.compared .words { display: none; }
  :root { --paper: #fff; --sheet: #fff; --ink: #000; --soft: #444; --line: #bbb; --link: #000; --accord: #222; --discord: #777; }
  html, body { font-size: 10pt; }
  mark { print-color-adjust: exact; }
  main, header.top > div { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  li, tr { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
  .two, .narrowed, .reader { display: block; }
  .text { border: 0; padding: 0; max-width: none; }
  aside { position: static; max-height: none; margin-top: 1rem; }
  ol.timeline details { display: block; }
  ol.timeline summary { list-style: none; }
  .histogram figcaption, aside details { display: none; }
  .beside-brief { display: block; }
}
`;

/** What home, timeline, search, events and documents need beside `STYLE`. */
export const PAGES_STYLE = `
:root { --bar: #2a6f97; --bar-soft: #dbe7ee; --came: #d9efd7; --went: #fadcd6; }
@media (prefers-color-scheme: dark) { :root { --bar: #6fb1d8; --bar-soft: #24394a; --came: #23422a; --went: #54302a; } }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100vw; top: 0; background: var(--sheet); padding: .6rem 1rem; z-index: 2; }
.skip:focus { left: 0; }
header.top nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem .2rem; margin: 0; padding: 0; }
header.top nav a { display: block; padding: .2rem .4rem; font-size: .9375rem; color: var(--ink); text-decoration: none; border-radius: 4px; }
header.top nav a:hover { text-decoration: underline; }
header.top nav a[aria-current] { box-shadow: inset 0 -2px var(--link); border-radius: 0; }
form.find { margin-left: auto; flex: 1 1 8rem; max-width: 13rem; }
form.find input { font: 1rem var(--sans); color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 4px; padding: .3rem .6rem; width: 100%; min-width: 0; }
p.forms { margin-top: 2.5rem; padding-top: .8rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .9375rem; }
details.exports ul { list-style: none; margin: .5rem 0; padding: 0; columns: 16rem auto; font-size: .9375rem; }

form.filter details.rest { flex: 1 0 100%; margin: 0; }
form.filter details.rest > div { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .6rem .8rem; margin-top: .6rem; }
form.filter details.rest b { color: var(--ink); font-weight: 400; }
form.filter > label.words { flex: 2 1 14rem; }
.summary { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5rem; color: var(--soft); }
.summary b { color: var(--ink); }
.summary details { margin: .4rem 0; }
.summary details[open] { flex: 1 0 100%; }
ul.marks { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin: .6rem 0 0; padding: 0; font-size: .8125rem; color: var(--soft); }
ul.marks li { display: flex; align-items: center; }
ul.marks .dot { width: 1rem; height: 1rem; margin-right: .4rem; }
ul.marks .dot::before { display: none; }
ul.marks .dot::after { top: .15rem; }
ul.marks .long .dot::after { height: 1rem; top: 0; }
.to-narrow { display: none; }

form.filter, figure.histogram svg, .found, .narrow { isolation: isolate; }
ol.timeline > li { contain: layout style; }
figure.histogram { margin: .8rem 0 1.2rem; }
figure.histogram svg { display: block; width: 100%; height: 5.5rem; background: var(--sheet); border-bottom: 1px solid var(--soft); touch-action: pan-y; }
figure.histogram .hit { fill: transparent; }
figure.histogram .bar { fill: var(--bar); }
figure.histogram a:hover .hit, figure.histogram a:focus-visible .hit, figure.histogram .chosen .hit { fill: var(--bar-soft); }
figure.histogram a { outline: none; }
figure.histogram a:focus-visible .bar { stroke: var(--ink); stroke-width: 1.5; }

.narrowed { display: grid; grid-template-columns: minmax(0, 1fr) 14rem; gap: 0 2.5rem; align-items: start; }
.found > h2:first-child { margin-top: .6rem; }
.narrow { font-size: .9375rem; border-left: 1px solid var(--line); padding-left: 1.25rem; }
.narrow h2 { margin: .6rem 0; }
.narrow h3 { font: 600 .875rem var(--sans); margin: 1rem 0 .2rem; color: var(--soft); }
.narrow ul { list-style: none; margin: 0; padding: 0; }
.narrow li { display: flex; justify-content: space-between; gap: .6rem; padding: .15rem 0; }
.narrow li a { color: inherit; text-decoration-color: var(--line); }
.narrow li a:hover { text-decoration-color: currentcolor; }
.narrow li .number { color: var(--soft); font-variant-numeric: tabular-nums; }
.narrow li.chosen a { font-weight: 600; color: var(--link); text-decoration: none; }

svg.stretch { display: block; width: 7.6rem; height: .5rem; margin: .25rem 0 0 auto; }
svg.stretch rect, svg.stretch path { fill: var(--soft); }
svg.stretch path.year { fill: none; stroke: var(--line); stroke-width: 1; }
.long .dot::after { border-radius: .35rem; height: 1.7rem; }
.threatened.long .dot::after, .conditional.long .dot::after { transform: none; border-radius: 0; }
.ongoing .dot::after, .chip.ongoing::before { background: radial-gradient(circle, var(--soft) 0 30%, var(--paper) 34%); }

table.told td:nth-child(2) { color: inherit; min-width: 12rem; }
table.told tbody th, table.compared tbody th { color: var(--soft); min-width: 6rem; }
table.told small { display: inline; }
table.told a, table.compared a { color: inherit; text-decoration-color: var(--line); }
table.told td:last-child { color: var(--soft); }
table.compared tbody th, table.compared thead td { position: sticky; left: 0; background: var(--paper); }
table.compared td { min-width: 11rem; color: inherit !important; }
table.compared .words div { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 9; overflow: hidden; }
table.compared thead th { vertical-align: bottom; }
table.compared thead th small { font-weight: 400; }
p.paths { margin-top: 1rem; }
ol.claims { list-style: none; margin: 0; padding: 0; max-width: 48rem; }
ol.claims > li { padding: .9rem 0; border-bottom: 1px solid var(--line); scroll-margin-top: 2rem; }
ol.claims q { font-family: var(--serif); font-size: 1.0625rem; quotes: "\\201c" "\\201d"; }
ol.claims .soft { font-size: .875rem; }
ol.claims .decide { margin: .5rem 0 0; align-items: center; font-size: .875rem; }
ol.claims .decide button { min-height: 2rem; padding: 0 .7rem; font-size: .875rem; font-weight: 400; }

form.drop { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; padding: .9rem 1.1rem; margin: .8rem 0 .5rem; }
form.drop.over { outline: 3px dashed var(--link); outline-offset: -3px; }
form.drop label { font-size: .875rem; color: var(--soft); min-width: 0; flex: 1 1 11rem; }
form.drop .wide { flex-basis: 100%; }
form.drop .file { flex: 2 1 17rem; }
form.drop .problem { flex-basis: 100%; color: var(--warn); }
form.drop input, form.drop textarea { font: 1rem/1.45 var(--sans); color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 4px; padding: .4rem .55rem; margin-top: .2rem; width: 100%; min-width: 0; min-height: 2.5rem; display: block; }
form.drop textarea { resize: vertical; }
form.drop textarea:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
form.drop button { font: 600 1rem var(--sans); color: var(--paper); background: var(--link); border: 0; border-radius: 4px; padding: 0 1.1rem; min-height: 2.5rem; cursor: pointer; }
ul.ways { list-style: none; display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .8rem 2rem; margin: 1rem 0 0; padding: .9rem 1.1rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; }
ul.ways > li > a { font-weight: 600; }
ul.stories, ul.short { list-style: none; margin: 0; padding: 0; }
ul.stories li, ul.short li { padding: .55rem 0; border-bottom: 1px solid var(--line); }
ul.stories a, ul.short a { color: inherit; text-decoration-color: var(--line); }
ul.stories a:hover, ul.short a:hover { text-decoration-color: currentcolor; }
ul.stories a { font-size: 1.0625rem; }
ul.short { font-size: .9375rem; }
ul.short small { font-size: .8125rem; }

nav.jump { position: sticky; bottom: 0; display: flex; align-items: baseline; gap: 1.2rem; max-width: 44rem; margin-top: .6rem; padding: .6rem 1.75rem; font-size: .9375rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; }
nav.jump span { color: var(--soft); margin-left: auto; font-variant-numeric: tabular-nums; }
aside li[aria-current] { background: var(--sentence); }
aside h2 { margin: 0 0 .3rem; font-size: 1rem; }
aside ol + h2 { margin-top: 1.2rem; }
.text span.gap { display: block; height: .7em; line-height: .7em; overflow: hidden; }
aside dl.fields, details.about dl.fields { display: block; margin: .3rem 0; }
aside dl.fields { font-size: .875rem; }
dl.fields > div { display: grid; grid-template-columns: 6rem minmax(0, 1fr); gap: 0 .7rem; padding: .15rem .3rem; }
dl.fields dt { color: var(--soft); }
dl.fields dd { margin: 0; }
aside li > a { color: inherit; text-decoration-color: var(--line); }
aside details { margin: .1rem 0 0; }
aside summary { font-size: .875rem; }
aside li { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .8rem; }
aside li > a, aside li > ul, aside details[open] { flex: 1 0 100%; }
aside li.pointed, dl.fields > div[data-role]:hover { background: var(--sentence); }
mark.pointed, span.pointed { outline: 2px solid var(--link); outline-offset: 1px; }
span.sentence.pointed { outline-style: dotted; outline-width: 1px; }
details.about { margin-top: 1.5rem; max-width: 48rem; }
.versions ol { padding-left: 0; list-style: none; }
.beside { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; margin-top: 1rem; }
.beside h3 { font: 600 1rem var(--sans); margin: 0 0 .3rem; }
.beside .text { font-size: 1rem; padding: 1rem 1.2rem; }
.beside ins { background: var(--came); text-decoration: underline; text-decoration-thickness: 1px; }
.beside del { background: var(--went); color: inherit; }

ul.hits { list-style: none; margin: 0; padding: 0; }
ul.hits > li { padding: .8rem 0; border-bottom: 1px solid var(--line); }
ul.hits p { margin: .15rem 0; }
ul.hits .hit-head { font-size: 1.0625rem; }
ul.hits .hit-head a { color: inherit; text-decoration-color: var(--line); }
ul.hits q, ul.hits .passage { font-family: var(--serif); quotes: "\\201c" "\\201d"; }
mark.sought { color: var(--ink); background: var(--trigger); font-weight: 600; }

@media (max-width: 46rem) {
  .beside { grid-template-columns: minmax(0, 1fr); }
  table.compared td { min-width: 9.5rem; }
  table.compared tbody th { min-width: 5rem; }
  table.compared th .chip { display: block; width: max-content; padding: 0 .3rem; }
  table.told tr { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); border-bottom: 1px solid var(--line); padding: .35rem 0; }
  table.told th, table.told td { border: 0; padding: .05rem 0; min-width: 0 !important; }
  table.told td:last-child { grid-column: 2; font-size: .875rem; }
  table.told thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .narrowed { grid-template-columns: minmax(0, 1fr); }
  .narrow { border-left: 0; border-top: 1px solid var(--line); padding: 1rem 0 0; margin-top: 1.5rem; }
  .to-narrow { display: inline; white-space: nowrap; }
  p .to-narrow { margin-left: .6rem; }
  .summary { align-items: baseline; justify-content: start; }
  .summary > p { flex: 1 0 100%; }
  svg.stretch { margin: .15rem 0 .25rem; }
  form.find { display: none; }
  /* Two rows hold all places: the name of the site is the way home, and the page of the search has its own field. */
  header.top > div { gap: 0 .75rem; padding-block: .3rem; }
  header.top :is(nav, nav ul) { display: contents; }
  header.top nav li:first-child { display: none; }
  header.top nav a { padding: .35rem 0; white-space: nowrap; }
}
`;

/** The one style sheet, served at `/style.css`: paper and ink, light and dark, from phone width to a wide desk. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf6; --sheet: #ffffff; --ink: #22211e; --soft: #66625a; --line: #dedad0; --link: #1d4e79;
  --trigger: #ffe08a; --actor: #cfe3f7; --recipient: #e6d7f5; --when: #d3ecd2; --where: #f9d9c6;
  --sentence: #f6f0dd; --warn: #9c4a00; --warn-soft: #fdeedd;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181b; --sheet: #1d2024; --ink: #e4e1da; --soft: #a29d93; --line: #373a3f; --link: #8fbfe8;
    --trigger: #6b5410; --actor: #23425e; --recipient: #46325f; --when: #27492a; --where: #5e3a24;
    --sentence: #303338; --warn: #f0b070; --warn-soft: #3a2a18;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 var(--sans); overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible {
  outline: 2px solid var(--link); outline-offset: 2px;
}
header.top { border-bottom: 1px solid var(--line); background: var(--sheet); }
header.top > div, main { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
header.top > div { display: flex; align-items: baseline; gap: .4rem 1.2rem; flex-wrap: wrap; padding-block: .8rem; }
header.top .home { flex: none; font: 600 1.25rem var(--serif); color: var(--ink); text-decoration: none; letter-spacing: .01em; }
header.top .note { color: var(--soft); font-size: .875rem; }
main { padding-block: 1.5rem 4rem; }
h1 { font: 600 1.6rem/1.25 var(--serif); margin: 0 0 .5rem; }
h2 { font: 600 1.15rem/1.3 var(--serif); margin: 1.9rem 0 .5rem; }
p { margin: .4rem 0; }
.soft, small { color: var(--soft); }
small { font-size: .875rem; display: block; }
small a { color: inherit; text-decoration-color: var(--line); }
small a:hover { text-decoration-color: currentcolor; }
sup { line-height: 0; }
h1::first-letter, .entry-head::first-letter { text-transform: uppercase; }

form.filter { display: flex; flex-wrap: wrap; gap: .6rem .8rem; align-items: end; margin: 0 0 1rem; padding-bottom: .8rem; border-bottom: 1px solid var(--line); }
form.filter label { font-size: .8125rem; color: var(--soft); display: grid; gap: .15rem; min-width: 0; flex: 1 1 8.2rem; }
form.filter input, form.filter select { font: 1rem var(--sans); color: var(--ink); background: var(--sheet); border: 1px solid var(--line); border-radius: 4px; padding: .35rem .5rem; width: 100%; min-width: 0; min-height: 2.4rem; }
form.filter button { font: 600 1rem var(--sans); color: var(--paper); background: var(--link); border: 0; border-radius: 4px; padding: 0 1.1rem; min-height: 2.4rem; cursor: pointer; flex: 0 1 7rem; }

ol.timeline { list-style: none; margin: 0; padding: 0; }
ol.timeline > li { display: grid; grid-template-columns: 8.5rem 1rem 1fr; column-gap: .9rem; padding: 0 0 .9rem; }
.date { text-align: right; color: var(--soft); font-size: .9375rem; font-variant-numeric: tabular-nums; padding-top: .1rem; }
.dot { position: relative; }
.dot::before { content: ""; position: absolute; left: 50%; top: .45rem; bottom: -1.6rem; border-left: 1px solid var(--line); }
ol.timeline > li:last-child .dot::before { display: none; }
.dot::after { content: ""; position: absolute; left: 50%; top: .45rem; width: .7rem; height: .7rem; margin-left: -.35rem; border: 2px solid var(--soft); border-radius: 50%; background: var(--soft); }
.chip:not(.warn)::before { content: ""; display: inline-block; width: .65rem; height: .65rem; margin-right: .4rem; border: 2px solid var(--soft); border-radius: 50%; vertical-align: -.1rem; }
:is(.planned, .expected, .hoped, .possible) .dot::after, .chip:is(.planned, .expected, .hoped, .possible)::before { background: var(--paper); border-style: dashed; }
:is(.threatened, .conditional) .dot::after, .chip:is(.threatened, .conditional)::before { border-radius: 0; transform: rotate(45deg) scale(.85); background: var(--warn); border-color: var(--warn); }
.chip:is(.threatened, .conditional) { color: var(--warn); border-color: currentcolor; }
:is(.denied, .cancelled, .failed) .dot::after, .chip:is(.denied, .cancelled, .failed)::before { background: linear-gradient(135deg, transparent 42%, var(--soft) 42%, var(--soft) 58%, transparent 58%), var(--paper); }
.entry-head { font-size: 1.0625rem; line-height: 1.4; }
.entry-head a { color: inherit; text-decoration: none; }
.entry-head a:hover { text-decoration: underline; }
.entry-head b { font-weight: 600; }
.chip { display: inline-block; font-size: .8125rem; line-height: 1.5; padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--soft); white-space: nowrap; }
.chip.warn { color: var(--warn); background: var(--warn-soft); border-color: transparent; }
details { margin-top: .3rem; }
summary { cursor: pointer; color: var(--soft); font-size: .9375rem; }
ul.quotes { list-style: none; margin: .4rem 0 .2rem; padding: 0 0 0 .9rem; border-left: 2px solid var(--line); }
ul.quotes li { margin: .55rem 0; }
ul.quotes q { font-family: var(--serif); font-size: 1.0625rem; quotes: "\\201c" "\\201d"; }

/* Where there is more beside what is shown, that edge lies in shadow. */
.scroll { overflow-x: auto; background: linear-gradient(90deg, transparent, var(--paper) 60%) right / 2.5rem 100% no-repeat local, linear-gradient(90deg, transparent, var(--line)) right / 1.2rem 100% no-repeat scroll; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--line); min-width: 7rem; }
thead th { font-weight: 600; border-bottom-width: 2px; }
tbody td:first-child { color: var(--soft); min-width: 5.5rem; }
td mark { background: var(--warn-soft); color: var(--warn); padding: 0 .25rem; border-radius: 3px; font-weight: 600; }

.reader { display: grid; grid-template-columns: minmax(0, 1fr) 19rem; gap: 2.5rem; align-items: start; }
.text { font: 1.125rem/1.7 var(--serif); white-space: pre-wrap; background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; padding: 1.5rem 1.75rem; max-width: 44rem; }
.text a[id] { scroll-margin-top: 6rem; }
mark { color: inherit; background: none; border-radius: 2px; padding: .05em 0; }
.text span.sentence { background: var(--sentence); }
.text a:target + mark { outline: 2px solid var(--link); outline-offset: 2px; }
mark.where { background: var(--where); box-shadow: inset 0 -2px #b8693c; }
mark.when { background: var(--when); box-shadow: inset 0 -2px #4f8a4c; }
mark.recipient { background: var(--recipient); box-shadow: inset 0 -2px #8259b3; }
mark.actor { background: var(--actor); box-shadow: inset 0 -2px #3f78ad; }
mark.trigger { background: var(--trigger); box-shadow: inset 0 -2px #b08900; font-weight: 600; }
del { color: var(--soft); text-decoration: line-through; text-decoration-thickness: 1px; }
.legend { display: flex; flex-wrap: wrap; gap: .4rem .7rem; font-size: .875rem; margin: .8rem 0 1rem; }
.legend mark, .legend del { padding: .05rem .4rem; }
aside ol { list-style: none; margin: 0; padding: 0; }
aside li { padding: .5rem 0; border-bottom: 1px solid var(--line); font-size: .9375rem; }
aside { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow-y: auto; }
main > ul:not([class]) { list-style: none; padding: 0; margin: 0; }
main > ul:not([class]) > li { padding: .55rem 0; border-bottom: 1px solid var(--line); }
main > ul:not([class]) a { color: inherit; text-decoration-color: var(--line); }
main > ul:not([class]) b { color: var(--soft); font-weight: 600; margin-right: .4rem; }
nav.pages { display: flex; gap: 1.5rem; margin-top: 1.5rem; }

@media (max-width: 46rem) {
  ol.timeline > li { grid-template-columns: 1rem 1fr; }
  .date { grid-column: 2; text-align: left; }
  .dot { grid-row: 1 / span 2; grid-column: 1; }
  .entry { grid-column: 2; }
  .reader { grid-template-columns: minmax(0, 1fr); gap: 1.25rem; }
  aside { position: static; order: -1; max-height: 11rem; border: 1px solid var(--line); border-radius: 6px; padding: .5rem .8rem; }
  .text { padding: 1rem; font-size: 1.0625rem; }
  h1 { font-size: 1.35rem; }
  form.filter button { flex-grow: 1; }
}
@media print { form.filter, header.top .note { display: none; } body { background: #fff; color: #000; } }
`;

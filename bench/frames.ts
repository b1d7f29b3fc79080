/**
 * How smoothly the pages move:
 *
 *     node bench/frames.ts [RECORD] [--events 5000] [--rounds 3] [--trace FILE.json]
 *
 * Serves a record (default: one made for it, of the invented reports of `large/report.ts`, two a day, until there are so
 * many events) and goes through the timeline in a headless Chromium as a person would: turns the wheel, pages by keyboard,
 * points at lines, opens what is folded, draws over the histogram, goes from bar to bar by the arrow keys, and zooms from
 * decades to a day. Prints, for each step,
 *
 * - *frame*: the time between two frames, as the page sees it: what a person sees, with all that the machine is busy with;
 * - *work*: what the page's main thread did for a frame (events, scripts, style, layout, paint records), by its own
 *   processor time: what the page itself costs, on whatever machine and beside whatever else;
 * - *raster*: the processor time of drawing for a frame, on other threads, without a graphics card.
 *
 * A zoom is a new page: for those it prints from the click to the first paint, and the main thread's work until the page stands.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { Store } from '../src/record/store.ts';
import { launchChromium } from '../test/chromium.ts';
import { startServing } from '../test/serving.ts';
import { openReports } from './large/report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '3' },
    trace: { type: 'string' },
  },
});
const CATEGORIES = [
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'blink.user_timing',
  'cc',
  '__metadata',
];
const QUIET_MS = 200;
/** Without a graphics card the page before is drawn to its end before it is taken down, which is no work of the page. */
const SETTLED_MS = 2000;
const MAIN = 'CrRendererMain';
const BEGIN_FRAME = 'ProxyMain::BeginMainFrame';
/** Threads that put a frame together and draw it, where no graphics card does. */
const DRAWING = ['Compositor', 'VizCompositorThread', 'Chrome_InProcGpuThread', 'CrGpuMain'];
const rounds = Number(values.rounds);
const folder = mkdtempSync(join(tmpdir(), 'readout-frames-'));
const place = positionals[0] ?? (await madeRecord(join(folder, 'record.sqlite'), Number(values.events)));
const serving = await startServing(place);
const browser = await launchChromium();
try {
  await goThrough(browser);
} finally {
  await browser.close();
  await serving.stop();
  rmSync(folder, { recursive: true });
}

async function madeRecord(file: string, events: number): Promise<string> {
  const store = await Store.open(file, { create: true });
  const { reportAt } = openReports({ seed: 1, perDay: 2 });
  let i = 0;
  while ((await store.count('all')) < events) {
    const readings = Array.from({ length: 50 }, (_, j) => reportAt(i + j).reading);
    i += readings.length;
    await store.addAll(
      readings.map((reading) => ({
        ...{ reading, received: reading.document, reader: 'bench', added: '2026-01-01T00:00:00Z' },
      })),
    );
  }
  console.log(`${i} reports, ${await store.count('all')} events`);
  await store.close();
  return file;
}

/** What was seen of a step by the page itself; `mark` is what its beginning and its end are called in the trace. */
interface Step {
  readonly name: string;
  readonly mark: string;
  /** The time between frames. */
  readonly intervals: readonly number[];
  /** From the click to the first paint of the page that it leads to. */
  readonly paintMs?: number;
}

async function goThrough(chromium: Browser): Promise<void> {
  const page = await (await chromium.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  // The page's own policy lets no script of others run: what counts its frames is put in from outside.
  await page.addInitScript(
    'self.seen = []; (function next(at) { seen.push(at); requestAnimationFrame(next); })(performance.now());',
  );
  const told = <Value>(script: string) => page.evaluate(script) as Promise<Value>;
  await page.goto(`${serving.origin}/timeline?key=${serving.key}`);
  await chromium.startTracing(page, { categories: CATEGORIES });
  const steps: Step[] = [];
  const step = async (name: string, act: () => Promise<unknown>) => {
    await page.waitForTimeout(QUIET_MS);
    const mark = `step ${steps.length}`;
    const before = await told<number>(`performance.mark('${mark}'), seen.length`);
    await act();
    const frames = await told<number[]>(`performance.mark('${mark} ends'), seen.slice(${before - 1})`);
    steps.push({ name, mark, intervals: frames.slice(1).map((at, i) => at - frames[i]!) });
  };
  const zoom = async (name: string, act: () => Promise<unknown>) => {
    await page.waitForTimeout(QUIET_MS);
    const mark = `step ${steps.length}`;
    const from = await told<number>(`performance.mark('${mark}').startTime + performance.timeOrigin`);
    await Promise.all([page.waitForEvent('load'), act()]);
    await page.waitForTimeout(QUIET_MS);
    const paint = await told<number>(
      `performance.mark('${mark} ends'), performance.getEntriesByName('first-contentful-paint')[0].startTime + performance.timeOrigin`,
    );
    steps.push({ name, mark, intervals: [], paintMs: paint - from });
  };
  for (let round = 0; round < rounds; round++) {
    await page.goto(`${serving.origin}/timeline`);
    await page.waitForTimeout(SETTLED_MS);
    await step('wheel', () => wheel(page));
    await step('page by keyboard', () => pageKeys(page));
    await step('point at lines', () => pointAt(page));
    await step('open what is folded', () => unfold(page));
    await page.evaluate('scrollTo(0, 0)');
    await step('bar to bar', () => barKeys(page));
    await step('draw over bars', () => draw(page));
    await zoom('zoom by drawing', () => page.mouse.up());
    await page.goto(`${serving.origin}/timeline?from=1900-01-01&to=2029-12-31`);
    for (const level of ['decade', 'quarter', 'week', 'day']) {
      const bar = await fullestBar(page);
      await zoom(`zoom into a ${level}`, () => page.mouse.click(bar.x, bar.y));
    }
  }
  const trace = await chromium.stopTracing();
  if (values.trace !== undefined) writeFileSync(values.trace, trace);
  report(steps, (JSON.parse(trace.toString('utf8')) as { readonly traceEvents: readonly TraceEvent[] }).traceEvents);
}

/** Down and up again, a notch of the wheel a frame. */
async function wheel(page: Page): Promise<void> {
  await page.mouse.move(500, 600);
  for (let i = 0; i < 60; i++) {
    await page.mouse.wheel(0, i < 30 ? 120 : -120);
    await page.waitForTimeout(16);
  }
}

async function pageKeys(page: Page): Promise<void> {
  for (const key of ['PageDown', 'PageDown', 'PageDown', 'End', 'Home', ...Array.from({ length: 20 }, () => 'Tab')]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(32);
  }
}

async function pointAt(page: Page): Promise<void> {
  await page.mouse.move(300, 100);
  for (let i = 0; i < 60; i++) {
    await page.mouse.move(300 + 8 * i, 100 + 12 * i);
    await page.waitForTimeout(16);
  }
}

async function unfold(page: Page): Promise<void> {
  for (const place of ['.narrow details > summary', 'ol.timeline details > summary', 'form.filter details > summary']) {
    const summaries = page.locator(place);
    for (let i = 0; i < Math.min(3, await summaries.count()); i++) {
      await summaries.nth(i).click();
      await page.waitForTimeout(32);
    }
  }
}

async function barKeys(page: Page): Promise<void> {
  await page.locator('figure.histogram a').first().focus();
  for (let i = 0; i < 20; i++) {
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(16);
  }
  for (let i = 0; i < 20; i++) {
    await page.keyboard.press('Shift+ArrowRight');
    await page.waitForTimeout(16);
  }
  await page.keyboard.press('Escape');
}

async function draw(page: Page): Promise<void> {
  const box = (await page.locator('figure.histogram svg').boundingBox())!;
  await page.mouse.move(box.x + 20, box.y + 30);
  await page.mouse.down();
  for (let i = 1; i <= 60; i++) {
    await page.mouse.move(box.x + 20 + ((box.width - 60) * (i <= 30 ? i : 75 - i)) / 45, box.y + 30);
    await page.waitForTimeout(16);
  }
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds since the machine began. */
  readonly ts: number;
  readonly dur?: number;
  /** Processor time of the thread. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The middle of the highest bar. */
async function fullestBar(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  return page.evaluate(`{
    const bars = [...document.querySelectorAll('figure.histogram svg a .bar')].map((bar) => bar.getBoundingClientRect());
    const { x, width, bottom } = bars.sort((a, b) => b.height - a.height)[0];
    ({ x: x + width / 2, y: bottom - 1 });
  }`);
}

function report(steps: readonly Step[], traceEvents: readonly TraceEvent[]): void {
  const threads = new Map(
    traceEvents.flatMap(({ name, pid, tid, args }) =>
      name === 'thread_name' ? [[`${pid} ${tid}`, args?.name ?? ''] as const] : [],
    ),
  );
  const marks = new Map(traceEvents.flatMap(({ name, ts }) => (name.startsWith('step ') ? [[name, ts] as const] : [])));
  // Tasks of all threads, without those that are part of others.
  const tasks = traceEvents
    .filter(({ name, ph }) => ph === 'X' && (name === 'RunTask' || name === 'RasterTask' || name === BEGIN_FRAME))
    .map((event) => ({ ...event, thread: threads.get(`${event.pid} ${event.tid}`) ?? '' }))
    .sort((a, b) => a.ts - b.ts);
  console.log(
    `load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')}; milliseconds as p50 / p95 / worst`,
  );
  const all = { intervals: [] as number[], works: [] as number[] };
  for (const name of new Set(steps.map((step) => step.name))) {
    const intervals: number[] = [];
    const works: number[] = [];
    const paints: number[] = [];
    let rasterMs = 0;
    for (const step of steps.filter((one) => one.name === name)) {
      const [from, to] = [marks.get(step.mark)!, marks.get(`${step.mark} ends`)!];
      const own = tasks.filter(({ ts }) => ts >= from && ts < to);
      const main = own.filter(({ thread }) => thread === MAIN);
      const frames = worksOf(main);
      works.push(...(step.paintMs === undefined ? frames : [frames.reduce((sum, one) => sum + one, 0)]));
      intervals.push(...step.intervals);
      if (step.paintMs !== undefined) paints.push(step.paintMs);
      rasterMs += own
        .filter(({ thread, name: task }) => task === 'RasterTask' || (task === 'RunTask' && DRAWING.includes(thread)))
        .reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0);
    }
    if (paints.length === 0) {
      all.intervals.push(...intervals);
      all.works.push(...works);
      const raster = (rasterMs / Math.max(1, intervals.length)).toFixed(1);
      console.log(`${name.padEnd(22)} frame ${shares(intervals)}   work ${shares(works)}   raster ${raster} a frame`);
    } else console.log(`${name.padEnd(22)} to the first paint ${shares(paints)}   work ${shares(works)}`);
  }
  console.log(`${'all but zooms'.padEnd(22)} frame ${shares(all.intervals)}   work ${shares(all.works)}`);
}

/** The processor time of the main thread for each frame: of the tasks since the one before. */
function worksOf(main: readonly TraceEvent[]): readonly number[] {
  const works: number[] = [];
  let sum = 0;
  for (const [i, { name, ts, tdur = 0, dur = 0 }] of main.entries()) {
    if (name !== 'RunTask') continue;
    sum += tdur / 1000;
    const next = main.slice(i + 1).find((event) => event.name !== 'RunTask' || event.ts >= ts + dur);
    if (next?.name !== BEGIN_FRAME || next.ts >= ts + dur) continue;
    works.push(sum);
    sum = 0;
  }
  return sum === 0 ? works : [...works, sum];
}

function shares(numbers: readonly number[]): string {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
  return `${at(0.5)} / ${at(0.95)} / ${at(1)}`;
}

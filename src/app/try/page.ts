import type { Reading } from '../../events/reading.ts';
import { type Telling, tellingsOf } from '../../record/telling.ts';
import { tellingFields, tellingHead } from '../page.ts';
import { litSpans, litText } from '../web/lit.ts';
import type { Answer, Order } from './worker.ts';

const form = element<HTMLFormElement>('form');
const status = element('#status');
const results = element('#results');
const words = element('#words');
const claims = element('#claims');
const save = element<HTMLAnchorElement>('#save');
const { worker: script, reader: file } = document.documentElement.dataset;

// The worker is told by its name which file it reads with.
const worker = new Worker(new URL(script!, document.baseURI), { type: 'module', name: file! });
let waiting: Order | undefined;
let ready = false;

worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
  if (data.kind === 'ready') {
    ready = true;
    if (waiting === undefined) warm();
    else ask(waiting);
  } else if (data.kind === 'failed') {
    say(data.message);
  } else {
    show(data.reading);
    const count = data.reading.claims.length;
    say(
      `${count} ${count === 1 ? 'claim' : 'claims'}, read in ${(data.tookMs / 1000).toFixed(2)} s. The text has not left this page.`,
    );
  }
});
worker.addEventListener('error', () => say('What reads could not be started; this browser may be too old.'));

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const data = new FormData(form);
  const field = (name: string) => String(data.get(name) ?? '').trim();
  const order = { text: String(data.get('text') ?? ''), published: field('published'), outlet: field('outlet') };
  if (order.text.trim() === '') return say('Paste a text first.');
  ask(order);
});

/** The first text takes what reads four times as long as any later one: the sample is that one. */
function warm(): void {
  say('Ready.');
  const text = element<HTMLTextAreaElement>('#text').defaultValue;
  worker.postMessage({ text, published: '', outlet: '', quietly: true } satisfies Order);
}

function ask(order: Order): void {
  if (!ready) {
    waiting = order;
    say('Loading what reads: some 4 MB, once.');
    return;
  }
  waiting = undefined;
  say('Reading…');
  worker.postMessage(order);
}

function show(reading: Reading): void {
  results.hidden = false;
  // `litText` escapes all that the text holds.
  words.innerHTML = litText(reading.document.text, litSpans(reading, reading.claims));
  const tellings = tellingsOf(reading);
  claims.replaceChildren(...tellings.map((telling) => claimItem(telling)));
  if (tellings.length === 0)
    claims.append(make('li', 'No claims: nobody is told to have met, called, threatened, agreed …'));
  URL.revokeObjectURL(save.href);
  save.href = URL.createObjectURL(new Blob([JSON.stringify(reading, null, 2)], { type: 'application/json' }));
  for (const claim of reading.claims) {
    const words = document.getElementById(claim.id)?.nextElementSibling;
    words?.addEventListener('click', () => point(claim.id));
  }
}

function claimItem(telling: Telling): HTMLElement {
  const item = make('li');
  item.id = `claim-${telling.claim}`;
  const link = make('a', tellingHead(telling)) as HTMLAnchorElement;
  link.href = `#${telling.claim}`;
  link.addEventListener('click', () => point(telling.claim));
  const list = make('dl');
  for (const [name, text] of tellingFields(telling)) list.append(make('dt', name), make('dd', text));
  item.append(link, list);
  return item;
}

/** Lights the words of one claim and the claim beside them. */
function point(claim: string): void {
  for (const lit of document.querySelectorAll('.pointed')) lit.classList.remove('pointed');
  document.getElementById(claim)?.nextElementSibling?.classList.add('pointed');
  const item = document.getElementById(`claim-${claim}`);
  item?.classList.add('pointed');
  item?.scrollIntoView({ block: 'nearest' });
}

function say(text: string): void {
  status.textContent = text;
}

function make(tag: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function element<Kind extends HTMLElement = HTMLElement>(selector: string): Kind {
  return document.querySelector<Kind>(selector)!;
}

// Kept for when there is no network; only where the browser allows it.
if ('serviceWorker' in navigator && location.protocol !== 'file:') {
  navigator.serviceWorker.register('offline.js').catch(() => {});
}

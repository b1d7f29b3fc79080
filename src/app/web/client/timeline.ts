// The histogram of the timeline: one drags over bars, or holds Shift while going from bar to bar, to choose their days. What
// is chosen goes into the fields of the form, and the form asks for it: nothing is known here that a page does not say.

const HELP = 'Drag over bars, or go through them with the arrow keys and Shift, to choose days.';
const figure = document.querySelector<HTMLElement>('[data-histogram]');
const form = document.querySelector<HTMLFormElement>('form.filter');
if (figure !== null && form !== null) begin(figure, form);

function begin(histogram: HTMLElement, question: HTMLFormElement): void {
  const svg = histogram.querySelector('svg')!;
  const links = [...svg.querySelectorAll<SVGAElement>('a')];
  // Those of days; the hours of a day cannot be chosen.
  const bars = [...svg.querySelectorAll<SVGElement>('[data-from]')];
  const help = histogram.querySelector('[data-help]');
  let first: number | null = null;
  let last = 0;
  let dragged = false;
  /** Where the bars are, as long as one drags over them: to ask anew would have the page laid out at every move. */
  let box = new DOMRect();
  let chosen: readonly [from: number, to: number] | null = null;

  // One stop of the Tab key for all bars; arrows go from one to the next.
  for (const link of links.slice(1)) link.setAttribute('tabindex', '-1');
  svg.addEventListener('keydown', (event) => {
    const at = links.indexOf(document.activeElement as SVGAElement);
    if (at < 0) return;
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      event.preventDefault();
      const step = event.key === 'ArrowLeft' ? -1 : 1;
      if (event.shiftKey && bars.length > 0) {
        if (first === null) first = last = bars.indexOf(links[at]!);
        last = Math.min(Math.max(last + step, 0), bars.length - 1);
        mark();
        return;
      }
      forget();
      const next = links[at + step];
      if (next === undefined) return;
      links[at]!.setAttribute('tabindex', '-1');
      next.removeAttribute('tabindex');
      next.focus();
    } else if (event.key === 'Enter' && first !== null) {
      event.preventDefault();
      ask();
    }
  });
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') forget();
  });
  if (bars.length === 0) return;

  say(HELP);
  svg.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    box = svg.getBoundingClientRect();
    first = last = barAt(event.clientX);
    dragged = false;
    addEventListener('pointermove', drag, { passive: true });
  });
  addEventListener('pointerup', () => {
    removeEventListener('pointermove', drag);
    if (first !== null && dragged) ask();
    first = null;
  });
  svg.addEventListener('dragstart', (event) => event.preventDefault());
  svg.addEventListener('click', (event) => {
    if (dragged) event.preventDefault();
  });

  function drag(event: PointerEvent): void {
    if (first === null) return;
    const bar = barAt(event.clientX);
    if (bar === last) return;
    last = bar;
    dragged = true;
    mark();
  }

  function barAt(x: number): number {
    const at = Math.floor(((x - box.left) / box.width) * bars.length);
    return Math.min(Math.max(at, 0), bars.length - 1);
  }

  function mark(): void {
    choose([Math.min(first!, last), Math.max(first!, last)]);
    say(`${bars[chosen![0]]!.dataset['from']} to ${bars[chosen![1]]!.dataset['to']}`);
  }

  function forget(): void {
    first = null;
    if (chosen === null) return;
    choose(null);
    say(HELP);
  }

  /** Lights up what is chosen, touching only the bars that change. */
  function choose(next: typeof chosen): void {
    const [from, to] = chosen ?? [0, -1];
    const [nextFrom, nextTo] = next ?? [0, -1];
    for (let i = from; i <= to; i++) if (i < nextFrom || i > nextTo) bars[i]!.classList.remove('chosen');
    for (let i = nextFrom; i <= nextTo; i++) if (i < from || i > to) bars[i]!.classList.add('chosen');
    chosen = next;
  }

  function say(words: string): void {
    if (help !== null && help.textContent !== words) help.textContent = words;
  }

  function ask(): void {
    const [from, to] = [Math.min(first!, last), Math.max(first!, last)];
    set('from', bars[from]!.dataset['from']!);
    set('to', bars[to]!.dataset['to']!);
    question.requestSubmit();
  }

  function set(name: string, value: string): void {
    const field = question.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }
}

// The histogram of the timeline: one drags over bars, or holds Shift while going from bar to bar, to choose their days. What
// is chosen goes into the fields of the form, and the form asks for it: nothing is known here that a page does not say.

const figure = document.querySelector<HTMLElement>('[data-histogram]');
const form = document.querySelector<HTMLFormElement>('form.filter');
if (figure !== null && form !== null) begin(figure, form);

function begin(histogram: HTMLElement, question: HTMLFormElement): void {
  const svg = histogram.querySelector('svg')!;
  const bars = [...svg.querySelectorAll<SVGElement>('[data-from]')];
  const help = histogram.querySelector('[data-help]');
  if (help !== null)
    help.textContent = 'Drag over bars, or go through them with the arrow keys and Shift, to choose days.';
  let first: number | null = null;
  let last = 0;
  let dragged = false;

  // One stop of the Tab key for all bars; arrows go from one to the next.
  const links = bars.filter((bar) => bar.localName === 'a');
  for (const link of links.slice(1)) link.setAttribute('tabindex', '-1');

  svg.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    first = last = barAt(event.clientX);
    dragged = false;
  });
  addEventListener('pointermove', (event) => {
    if (first === null) return;
    const bar = barAt(event.clientX);
    if (bar === last) return;
    last = bar;
    dragged = true;
    mark();
  });
  addEventListener('pointerup', () => {
    if (first !== null && dragged) ask();
    first = null;
  });
  svg.addEventListener('dragstart', (event) => event.preventDefault());
  svg.addEventListener('click', (event) => {
    if (dragged) event.preventDefault();
  });
  svg.addEventListener('keydown', (event) => {
    const at = bars.indexOf(document.activeElement as SVGElement);
    if (at < 0) return;
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      event.preventDefault();
      const step = event.key === 'ArrowLeft' ? -1 : 1;
      if (event.shiftKey) {
        if (first === null) first = last = at;
        last = Math.min(Math.max(last + step, 0), bars.length - 1);
        mark();
        return;
      }
      forget();
      const next = links[links.indexOf(bars[at]!) + step];
      if (next === undefined) return;
      bars[at]!.setAttribute('tabindex', '-1');
      next.removeAttribute('tabindex');
      next.focus();
    } else if (event.key === 'Enter' && first !== null) {
      event.preventDefault();
      ask();
    } else if (event.key === 'Escape') forget();
  });

  function barAt(x: number): number {
    const box = svg.getBoundingClientRect();
    const at = Math.floor(((x - box.left) / box.width) * bars.length);
    return Math.min(Math.max(at, 0), bars.length - 1);
  }

  function mark(): void {
    const [from, to] = [Math.min(first!, last), Math.max(first!, last)];
    for (const [i, bar] of bars.entries()) bar.classList.toggle('chosen', i >= from && i <= to);
    if (help !== null) help.textContent = `${bars[from]!.dataset['from']} to ${bars[to]!.dataset['to']}`;
  }

  function forget(): void {
    first = null;
    for (const bar of bars) bar.classList.remove('chosen');
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

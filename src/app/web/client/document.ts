// Pointing at a claim lights its words, at one of its fields the words of that field, and at words the claims they are
// evidence of. Without this the links of the claims lead to their words.

const pieces = [...document.querySelectorAll<HTMLElement>('[data-of]')];
const claims = new Map(
  [...document.querySelectorAll<HTMLElement>('[data-claim]')].map((item) => [item.dataset['claim']!, item]),
);
let lit: readonly HTMLElement[] = [];

for (const [id, item] of claims) {
  for (const name of ['pointerover', 'focusin']) {
    item.addEventListener(name, (event) => {
      const role = (event.target as HTMLElement).closest<HTMLElement>('[data-role]')?.dataset['role'];
      light(pieces.filter((piece) => isOf(piece, id, role)));
    });
  }
  item.addEventListener('pointerleave', () => light([]));
  item.addEventListener('focusout', () => light([]));
  // A field can be reached by keyboard where it has words to light.
  for (const field of item.querySelectorAll<HTMLElement>('[data-role]')) field.tabIndex = 0;
}

for (const piece of pieces) {
  piece.addEventListener('pointerenter', () => {
    const ids = new Set(namesOf(piece).map((name) => name.split('.')[0]!));
    const items = [...ids].flatMap((id) => claims.get(id) ?? []);
    light(items);
    reveal(items[0]);
  });
  piece.addEventListener('pointerleave', () => light([]));
}

function namesOf(piece: HTMLElement): readonly string[] {
  return piece.dataset['of']!.split(' ');
}

function isOf(piece: HTMLElement, id: string, role: string | undefined): boolean {
  return namesOf(piece).some((name) => (role === undefined ? name.startsWith(`${id}.`) : name === `${id}.${role}`));
}

function light(elements: readonly HTMLElement[]): void {
  for (const element of lit) element.classList.remove('pointed');
  for (const element of elements) element.classList.add('pointed');
  lit = elements;
}

const jump = document.querySelector<HTMLElement>('nav.jump');
if (jump !== null) beginJumps(jump);

/** Links to the place before and the next one, beside how far one has come; what is jumped to lights up in the list. */
function beginJumps(nav: HTMLElement): void {
  const isLast = (anchor: Element) => !(anchor.nextSibling instanceof HTMLAnchorElement);
  // Claims that begin with the same words are one place.
  const places = [...document.querySelectorAll<HTMLElement>('.text a[id]')].filter(isLast);
  const count = document.createElement('span');
  const links = (['Previous', 'Next'] as const).map((name) => {
    const link = document.createElement('a');
    link.textContent = name;
    link.href = '#';
    link.addEventListener('click', (event) => {
      event.preventDefault();
      const place = places[Math.max(0, Math.min(places.length - 1, nextOf(name === 'Next' ? 1 : -1)))]!;
      location.replace(`#${place.id}`);
      show();
    });
    return link;
  });
  nav.replaceChildren(...links, count);
  addEventListener('hashchange', show);
  show();

  /** From where one has jumped to, as long as that is in sight, else from what is. */
  function nextOf(step: 1 | -1): number {
    const at = places.findIndex(({ id }) => `#${id}` === location.hash);
    const top = (place: HTMLElement) => place.getBoundingClientRect().top;
    if (at >= 0 && top(places[at]!) >= 0 && top(places[at]!) <= innerHeight) return at + step;
    return step === 1 ? places.findIndex((place) => top(place) > 0) : places.findLastIndex((place) => top(place) < 0);
  }

  function show(): void {
    const at = places.findIndex(({ id }) => `#${id}` === location.hash);
    count.textContent = at < 0 ? `${places.length} places` : `${at + 1} of ${places.length}`;
    for (const [id, item] of claims) {
      if (`#${id}` === location.hash) item.setAttribute('aria-current', 'true');
      else item.removeAttribute('aria-current');
    }
    reveal(claims.get(location.hash.slice(1)));
  }
}

/** Brings a claim into the list's own window; the page itself stays where it is. */
function reveal(item: HTMLElement | undefined): void {
  const list = item?.closest('aside');
  if (item === undefined || list == null || list.scrollHeight <= list.clientHeight) return;
  const [box, own] = [list.getBoundingClientRect(), item.getBoundingClientRect()];
  if (own.top < box.top || own.bottom > box.bottom) list.scrollTop += own.top - box.top - 40;
}

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

/** Brings a claim into the list's own window; the page itself stays where it is. */
function reveal(item: HTMLElement | undefined): void {
  const list = item?.closest('aside');
  if (item === undefined || list == null || list.scrollHeight <= list.clientHeight) return;
  const [box, own] = [list.getBoundingClientRect(), item.getBoundingClientRect()];
  if (own.top < box.top || own.bottom > box.bottom) list.scrollTop += own.top - box.top - 40;
}

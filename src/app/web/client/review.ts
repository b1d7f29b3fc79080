// Keys of the review page. Whatever they do is a button or a link of the page: this presses it.

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const { target } = event;
  const isTyping = target instanceof HTMLElement && target.closest('input, select, textarea') !== null;
  if (isTyping) {
    if (event.key === 'Escape') leave(target);
    return;
  }
  const element = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
  if (element === null) return;
  event.preventDefault();
  element.click();
  if (element.localName !== 'summary') return;
  // The click has opened or closed the form: when open, one types at once.
  const details = element.closest('details');
  if (details?.open !== true) return;
  details.scrollIntoView({ block: 'nearest' });
  details.querySelector<HTMLElement>('select, input:not([type="hidden"])')?.focus();
});

/** Escape goes from a form back to its summary, where the keys work again. */
function leave(field: HTMLElement): void {
  const summary = field.closest('details')?.querySelector('summary');
  if (summary != null) summary.focus();
  else field.blur();
}

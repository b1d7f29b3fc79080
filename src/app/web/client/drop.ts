// A file that is dropped anywhere on the page goes into the form, as if it were chosen there. Nothing is sent before the
// button is pressed: the outlet and the day may have to be told.

const form = document.querySelector<HTMLFormElement>('form.drop');
const field = form?.querySelector<HTMLInputElement>('input[type="file"]');
if (form != null && field != null) begin(form, field);

function begin(question: HTMLFormElement, files: HTMLInputElement): void {
  const problem = question.querySelector<HTMLElement>('.problem')!;
  const help = question.querySelector('[data-help]');
  if (help !== null) help.textContent = ', or drop a file anywhere on this page';

  addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    question.classList.add('over');
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) question.classList.remove('over');
  });
  addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    question.classList.remove('over');
    const dropped = event.dataTransfer!.files;
    problem.hidden = dropped.length === 1;
    problem.textContent = 'One file at a time here; `readout add` takes folders.';
    if (dropped.length !== 1) return;
    files.files = dropped;
    question.querySelector('button')!.focus();
  });
}

/** A text that is dragged is the browser's affair. */
function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') === true;
}

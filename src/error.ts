/** Every error a user can meet. `code` is stable; the message names the value at fault and the remedy. */
export type ErrorCode =
  | 'input.address'
  | 'input.missing'
  | 'input.unreadable'
  | 'input.binary'
  | 'input.encoding'
  | 'input.jsonl'
  | 'input.conllu'
  | 'input.too-large'
  | 'output.unwritable'
  | 'option.date'
  | 'option.value'
  | 'model.format'
  | 'tables.format'
  | 'record.open'
  | 'record.version'
  | 'record.lost'
  | 'record.damaged'
  | 'record.read-only'
  | 'record.unfinished'
  | 'record.full'
  | 'record.locked'
  | 'record.not-found';

/** An error for people: what was expected, what came, what to do. The original error, if any, is its `cause`. */
export class ReadoutError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ReadoutError';
    this.code = code;
  }
}

import { ReadoutError } from '../../error.ts';

/** What went wrong with a request, as RFC 9457 has it. `code` is that of a `ReadoutError`, or our own for HTTP. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Who are you?',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not this way',
  406: 'Not in this form',
  409: 'In conflict',
  413: 'Too large',
  415: 'Not in this form',
  421: 'Wrong host',
  429: 'Too many requests',
  500: 'Something went wrong here',
  503: 'Not now',
};

/** An error that is answered with its status. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** The problem that an error is for whoever asked. What is our own fault says nothing of the inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HttpError) return problem(error.status, error.code, error.message);
  if (error instanceof ReadoutError) return problem(statusOf(error), error.code, error.message);
  return problem(500, 'fault', 'The log of the server says what.');
}

function problem(status: number, code: string, detail: string): Problem {
  return { type: `urn:readout:problem:${code}`, title: TITLES[status] ?? 'Problem', status, detail, code };
}

function statusOf({ code }: ReadoutError): number {
  if (code === 'record.not-found' || code === 'input.missing') return 404;
  if (code === 'input.too-large') return 413;
  if (code === 'record.locked' || code === 'record.lost' || code === 'record.full') return 503;
  return code.startsWith('option.') || code.startsWith('input.') ? 400 : 500;
}

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

  constructor(
    status: number,
    code: string,
    detail: string,
    headers: Readonly<Record<string, string>> = {},
    cause?: unknown,
  ) {
    super(detail, { cause });
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** The problem that an error is for whoever asked. What is our own fault says nothing of the inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HttpError) return problem(error.status, error.code, error.message);
  if (error instanceof Error && error.name === 'AbortError') {
    return problem(503, 'ending', 'The server is ending; ask again when it is back.');
  }
  if (!(error instanceof ReadoutError)) return problem(500, 'fault', THE_LOG);
  const status = statusOf(error);
  // What is wrong with the record names its place on the machine.
  const inside = status >= 500;
  return problem(status, error.code, inside ? (OF_THE_RECORD[error.code] ?? THE_LOG) : asAsked(error));
}

const THE_LOG = 'The log of the server says what.';

const OF_THE_RECORD: { readonly [Code in ReadoutError['code']]?: string } = {
  'record.locked': 'Another program is writing to the record; try again in a minute.',
  'record.full': 'The disk of the server is full; what was there is kept.',
  'record.lost': 'The connection to the record was lost; try again in a minute.',
  'record.read-only': 'This server can only read its record.',
};

function problem(status: number, code: string, detail: string): Problem {
  return { type: `urn:readout:problem:${code}`, title: TITLES[status] ?? 'Problem', status, detail, code };
}

function statusOf({ code }: ReadoutError): number {
  if (code === 'record.not-found' || code === 'input.missing') return 404;
  if (code === 'input.too-large') return 413;
  if (code in OF_THE_RECORD) return 503;
  return code.startsWith('option.') || code.startsWith('input.') ? 400 : 500;
}

/** The message with fields named as they are over HTTP: `--from-day` is `fromDay`. */
function asAsked({ message }: ReadoutError): string {
  return message
    .replaceAll(/(^|[\s(`])--([a-z][a-z-]*)/g, (_, before: string, flag: string) => before + camel(flag))
    .replace(/^standard input(?:, line 1)?/, 'the document');
}

function camel(flag: string): string {
  return flag.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

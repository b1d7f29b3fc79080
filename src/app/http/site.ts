import type { Store } from '../../record/store.ts';
import type { Crew } from '../crew.ts';
import type { ListedOperation, Operation } from '../operation.ts';
import type { Visitor } from './gate.ts';
import type { Replies } from './replies.ts';

/** An operation that is offered over HTTP. */
export interface OfferedOperation {
  readonly name: string;
  readonly summary: string;
  readonly operation: Operation;
}

/** What the addresses of a server stand on. */
export interface Site {
  readonly store: Store;
  /** Where the record is: a path, or the address of a server. */
  readonly place?: string;
  readonly replies: Replies;
  readonly offered: readonly OfferedOperation[];
  readonly version: string;
  /** Aborted when the server is asked to end: answers without end do. */
  readonly signal: AbortSignal;
  /** Aborted when answers under way have had their time after that. */
  readonly late: AbortSignal;
  /** The threads that read, started when they are asked for first. */
  crew(): Crew;
  now(): Date;
}

/** What is known of a call by the time it reaches its address. */
export interface CallVariables {
  readonly Variables: { visitor: Visitor };
}

/** The operations that are offered to others than the command line, loaded. */
export async function offeredOperations(listed: readonly ListedOperation[]): Promise<readonly OfferedOperation[]> {
  const all = await Promise.all(
    listed.map(async ({ name, summary, load }) => ({ name, summary, operation: await load() })),
  );
  return all.filter(({ operation }) => operation.offer !== undefined);
}

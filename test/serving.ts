import { runReadout } from './shell.ts';

/** A server of a test's own, in this process. */
export interface Serving {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** The key that its address was printed with. */
  readonly key: string;
  /** Ends it as Ctrl-C does; resolves when it has. */
  stop(): Promise<void>;
}

/** Starts `readout serve` on a free port of this machine. */
export async function startServing(db: string): Promise<Serving> {
  const stop = new AbortController();
  let begun = (_: string) => {};
  const address = new Promise<string>((resolve) => {
    begun = resolve;
  });
  const served = runReadout(['serve', '--port', '0', '--db', db], {
    signal: stop.signal,
    write: async (text) => begun(text.trim()),
    now: () => new Date(),
  });
  const failed = served.then(({ err }) => {
    throw new Error(`The server did not begin: ${err}`);
  });
  failed.catch(() => {});
  const { origin, searchParams } = new URL(await Promise.race([address, failed]));
  return {
    origin,
    key: searchParams.get('key')!,
    async stop() {
      stop.abort();
      await served;
    },
  };
}

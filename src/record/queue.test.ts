import pg from 'pg';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { textDocument } from '../../test/document.ts';
import { freshDatabase } from '../../test/postgres.ts';
import type { Document } from '../source/document.ts';
import { type Job, Queue } from './queue.ts';

const address = await freshDatabase('src/record/queue.test.ts');

function waiting(text: string, changes: Partial<Document> = {}) {
  return { input: `${text}.txt`, document: { ...textDocument(text), ...changes } };
}

describe.skipIf(address === undefined)('a queue on PostgreSQL', () => {
  const open: Queue[] = [];

  async function queue(options: Parameters<typeof Queue.open>[1] = {}): Promise<Queue> {
    const opened = await Queue.open(address!, options);
    open.push(opened);
    return opened;
  }

  beforeEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    await client.query('DROP SCHEMA IF EXISTS readout_jobs CASCADE');
    await client.end();
  });
  afterAll(() => Promise.all(open.map((one) => one.close())));

  it('gives each document once, as it was queued', async () => {
    const one = await queue();
    const odd = waiting('a', { text: 'half \ud800 a pair, and \0 nothing', title: '"\u2028' });
    await one.enqueue([odd]);
    await one.enqueue([waiting('b'), waiting('c')]);
    const two = await queue();
    const taken = [...(await two.take(2)), ...(await one.take(2)), ...(await one.take(2))];
    expect(taken.map(({ input }) => input).sort()).toEqual(['a.txt', 'b.txt', 'c.txt']);
    expect(taken.find(({ input }) => input === 'a.txt')!.document).toEqual(odd.document);
    await one.done(taken.slice(0, 2));
    await two.done(taken.slice(2));
    expect(await one.counts()).toEqual({ waiting: 0, returning: 0, active: 0, dead: 0 });
  });

  it('queues a document once while it waits, and again where it came otherwise', async () => {
    const one = await queue();
    await one.enqueue([waiting('a'), waiting('a'), waiting('a', { title: 'A' })]);
    await one.enqueue([waiting('a')]);
    expect(await one.counts()).toMatchObject({ waiting: 2 });
  });

  it('takes fewer jobs when they are long', async () => {
    const one = await queue();
    const text = 'long '.repeat(200_000);
    await one.enqueue(Array.from({ length: 40 }, (_, i) => waiting(`${i}`, { text })));
    expect((await one.take(40)).length).toBeLessThan(20);
  });

  it('lets whoever adds wait while many are waiting', async () => {
    const one = await queue();
    await one.enqueue([waiting('a'), waiting('b'), waiting('c')]);
    let told = 0;
    let added = false;
    const adding = one.enqueue([waiting('d')], { most: 2, onWait: () => ++told }).then(() => {
      added = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect({ told, added }).toEqual({ told: 1, added: false });
    await one.done(await one.take(1));
    await adding;
    expect(await one.counts()).toMatchObject({ waiting: 3 });
  });

  it('stops waiting when it is asked to', async () => {
    const one = await queue();
    await one.enqueue([waiting('a')]);
    await expect(one.enqueue([waiting('b')], { most: 0, signal: AbortSignal.timeout(100) })).rejects.toThrow();
    expect(await one.counts()).toMatchObject({ waiting: 1 });
  });

  it('keeps what nobody could read, with the reason, until it is queued again or dropped', async () => {
    const one = await queue();
    for (const text of ['a', 'b', 'c']) await one.enqueue([waiting(text)]);
    for (let n = 0; n < 3; n += 1)
      for (const job of await one.take(1)) await one.bury(job, `no \0 luck with \ud800 ${job.input}`);
    expect(await one.counts()).toEqual({ waiting: 0, returning: 0, active: 0, dead: 3 });
    const letters = await one.dead();
    expect(letters.map(({ input, reason }) => [input, reason])).toEqual(
      ['a.txt', 'b.txt', 'c.txt'].map((input) => [input, `no  luck with \ufffd ${input}`]),
    );
    expect(letters[0]).toMatchObject({ document: textDocument('a').id, since: expect.stringMatching(/^\d{4}-.*Z$/) });
    await one.retry(await one.dead({ document: textDocument('a').id.slice(0, 16) }));
    await one.drop(await one.dead({ document: textDocument('b').id }));
    expect(await one.counts()).toMatchObject({ waiting: 1, dead: 1 });
    const [job] = await one.take(5);
    expect(job).toMatchObject(waiting('a'));
    await one.bury(job!, 'again');
    expect((await one.dead()).map(({ input, reason }) => [input, reason.slice(0, 5)])).toEqual([
      ['c.txt', 'no  l'],
      ['a.txt', 'again'],
    ]);
  });

  it('keeps a job that is no document from stopping the rest', async () => {
    const one = await queue();
    await one.enqueue([waiting('a'), waiting('b')]);
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    await client.query(`UPDATE readout_jobs.job SET data = data || '{"body": "?"}' WHERE data->>'input' = 'a.txt'`);
    await client.end();
    expect((await one.take(5)).map(({ input }) => input)).toEqual(['b.txt']);
    expect(await one.dead()).toMatchObject([{ input: 'a.txt', reason: expect.stringContaining('no document') }]);
  });

  it('takes the jobs of a silent worker back, reads them alone when it happens again, and gives up in the end', async () => {
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    const keeper = await queue({ silenceSeconds: 10, lookSeconds: 1, tends: true });
    await keeper.enqueue([waiting('a'), waiting('b')]);
    // A worker that takes what `take` takes, is lost, and has been silent for an hour.
    async function lose(take: (worker: Queue) => Promise<readonly Job[]>): Promise<readonly Job[]> {
      const worker = await Queue.open(address!);
      for (;;) {
        await client.query(`UPDATE readout_jobs.job SET start_after = now()`);
        const jobs = await take(worker);
        if (jobs.length > 0) {
          await worker.close();
          await client.query(`UPDATE readout_jobs.job SET heartbeat_on = now() - interval '1 hour'`);
          return jobs;
        }
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
    for (let loss = 0; loss < 2; loss += 1) {
      const lost = await lose((worker) => worker.take(5));
      expect(lost.map(({ input }) => input).sort()).toEqual(['a.txt', 'b.txt']);
    }
    // From now on one by one: b is read, and a ends its workers again and again.
    let losses = 0;
    while (losses < 3) {
      await lose(async (worker) => {
        expect(await worker.take(5)).toEqual([]);
        const job = await worker.takeAlone();
        if (job?.input === 'b.txt') await worker.done([job]);
        return job?.input === 'a.txt' ? [job] : [];
      });
      losses += 1;
    }
    let letters = await keeper.dead();
    while (letters.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      letters = await keeper.dead();
    }
    expect(letters).toMatchObject([{ input: 'a.txt', reason: '3 workers ended while they read it alone' }]);
    expect(await keeper.counts()).toEqual({ waiting: 0, returning: 0, active: 0, dead: 1 });
    await client.end();
  });

  it('keeps the jobs of a worker that gives signs of life', { timeout: 40_000 }, async () => {
    const keeper = await queue({ silenceSeconds: 10, lookSeconds: 1, tends: true });
    await keeper.enqueue([waiting('a')]);
    expect(await keeper.take(1)).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 13_000));
    expect(await keeper.counts()).toMatchObject({ active: 1, returning: 0 });
  });

  it('names the server, without its password, when it cannot be reached', async () => {
    await expect(Queue.open('postgres://me:secret@127.0.0.1:1/none')).rejects.toMatchObject({
      code: 'record.open',
      message: expect.not.stringContaining('secret'),
    });
  });
});

import { describe, expect, test } from 'vitest';
import { Line } from './line.ts';

/** Holds everybody up, as an answer that is worked out does. */
function work(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('a line', () => {
  test('is moved on in the order in which they came, whoever has more steps', async () => {
    const line = new Line(0);
    const ended: number[] = [];
    const waiting = Array.from({ length: 20 }, (_, i) =>
      line.join(async () => {
        for (let step = 0; step < (i % 3) * 5; step++) await undefined;
        ended.push(i);
        return i;
      }),
    );
    expect(await Promise.all(waiting)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(ended).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  test('lets the server look who else has come while many wait', async () => {
    const line = new Line();
    const looks: number[] = [];
    let done = 0;
    const look = () => {
      looks.push(done);
      if (done < 30) setImmediate(look);
    };
    setImmediate(look);
    await Promise.all(
      Array.from({ length: 30 }, () =>
        line.join(async () => {
          await undefined;
          work(1);
          done += 1;
        }),
      ),
    );
    // Two or three of 1 ms in a turn of 2 ms.
    expect(Math.max(...looks.map((at, i) => at - (looks[i - 1] ?? 0)))).toBeLessThanOrEqual(3);
  });

  test('starts at once where nobody waits, and goes on after one that fails or waits for something', async () => {
    const line = new Line();
    let started = false;
    const slow = line.join(async () => {
      started = true;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return 'slow';
    });
    expect(started).toBe(true);
    const failing = line.join(() => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await Promise.race([slow, line.join(async () => 'quick')])).toBe('quick');
    expect(await slow).toBe('slow');
  });
});

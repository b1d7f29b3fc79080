import { ReadoutError } from '../src/error.ts';
import { Store } from '../src/record/store.ts';
import { meetingReading } from './meeting.ts';

// A process that adds invented readings to a record, so that a test can kill it, starve it or let two of them meet:
//
//     node test/adder.ts PLACE FROM TO BATCH LETTERS
//
// It prints the number of each that is in the record, after the commit; or the code and words of an error, and ends with 1.

const [place, from, to, batch, letters] = process.argv.slice(2);
process.removeAllListeners('warning');
try {
  const store = await Store.open(place!, { create: true });
  for (let next = Number(from); next < Number(to); next += Number(batch)) {
    const numbers = Array.from({ length: Math.min(Number(batch), Number(to) - next) }, (_, i) => next + i);
    const added = await store.addAll(
      numbers.map((number) => {
        const reading = meetingReading(number, Number(letters ?? 400));
        return { reading, received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' };
      }),
    );
    for (const [i, number] of numbers.entries()) process.stdout.write(`${added[i] ? 'added' : 'known'} ${number}\n`);
  }
  await store.close();
} catch (error) {
  if (!(error instanceof ReadoutError)) throw error;
  process.stdout.write(`${error.code} ${error.message}\n`);
  process.exitCode = 1;
}

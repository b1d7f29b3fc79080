import { expect, test } from 'vitest';
import { z } from 'zod';
import { readingSchema } from './reading.ts';

test('the published schema is the one readings are checked against', async () => {
  const schema = `${JSON.stringify(z.toJSONSchema(readingSchema), null, 2)}\n`;
  await expect(schema).toMatchFileSnapshot('../../schema/reading.schema.json');
});

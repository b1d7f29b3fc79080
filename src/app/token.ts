import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import { RIGHTS, type Right, Tokens } from '../record/tokens.ts';
import { plain } from './escape.ts';
import { makeSecret } from './http/gate.ts';
import { defineOperation, recordOption } from './operation.ts';
import { withRecord } from './record.ts';

/** `readout token`: who may ask the record over HTTP from elsewhere, and for what. */
export const tokenOperation = defineOperation({
  input: z.object({
    action: z.enum(['make', 'list', 'end', 'log']).meta({
      description:
        'make NAME: gives a token, its secret shown this once; list: those there are; end ID: one opens nothing any more; log: what was done and refused over HTTP, the newest first',
      placeholder: 'make|list|end|log',
    }),
    name: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'make: what or whom it is for; end: its id', placeholder: 'NAME' }),
    rights: z
      .string()
      .default('read')
      .meta({
        description: `make: what it opens, of ${RIGHTS.join(', ')}; parted by commas (default: read)`,
        placeholder: 'RIGHTS',
      }),
    limit: z.coerce
      .number<string | number>({ error: () => 'expected a number' })
      .int()
      .min(1)
      .max(100_000)
      .default(50)
      .meta({ description: 'log: how many lines (default: 50)', placeholder: 'N' }),
    json: z.boolean().default(false).meta({ description: 'print JSON' }),
    db: recordOption,
  }),
  positional: ['action', 'name'],
  examples: [
    'readout token make "desk script" --rights read,write',
    'readout token list',
    'readout token end 3f2a91c04b',
    'readout token log --limit 200',
  ],
  async run({ action, name, rights, limit, json, db }, context) {
    await withRecord(db, context, async (store) => {
      const tokens = new Tokens(store.engine);
      const now = context.now().toISOString();
      if (action === 'make') {
        const secret = makeSecret();
        const made = { name: named(name, 'make', 'what the token is for'), rights: rightsIn(rights), made: now };
        const token = await tokens.add(secret, made);
        await context.write(json ? `${JSON.stringify({ ...token, secret })}\n` : `${secret}\n`);
        context.tell(
          `Token ${token.id} "${plain(token.name)}" may ${token.rights.join(', ')}. Its secret is not kept and not shown again: send it as \`Authorization: Bearer …\`.`,
        );
      } else if (action === 'end') {
        const id = named(name, 'end', 'the id of a token');
        await tokens.end(id, now);
        context.tell(`Token ${id} opens nothing any more.`);
      } else if (action === 'list') {
        const all = await tokens.list();
        if (json) await context.write(`${JSON.stringify(all, null, 2)}\n`);
        else if (all.length === 0) context.tell('There are no tokens; `readout token make NAME` gives one.');
        for (const token of json ? [] : all) {
          const state = token.ended === null ? 'holds' : `ended ${token.ended.slice(0, 10)}`;
          const may = token.rights.join(',');
          await context.write(
            `${token.id}  ${may.padEnd(17)}  made ${token.made.slice(0, 10)}, ${state}  ${plain(token.name)}\n`,
          );
        }
      } else {
        const lines = await tokens.logged(limit);
        if (json) await context.write(`${JSON.stringify(lines, null, 2)}\n`);
        else if (lines.length === 0) context.tell('Nothing was changed or refused over HTTP.');
        for (const { at, who, what, status } of json ? [] : lines) {
          await context.write(`${at.slice(0, 19).replace('T', ' ')}  ${who.padEnd(10)}  ${status}  ${plain(what)}\n`);
        }
      }
    });
  },
});

function named(name: string | undefined, action: string, expected: string): string {
  if (name !== undefined) return name;
  throw new ReadoutError('option.value', `NAME: token ${action} expects ${expected}; got nothing.`);
}

function rightsIn(given: string): readonly Right[] {
  const words = given.split(',').map((word) => word.trim());
  const wrong = words.find((word) => !(RIGHTS as readonly string[]).includes(word));
  if (wrong !== undefined) {
    throw new ReadoutError('option.value', `--rights: expected some of ${RIGHTS.join(', ')}; got "${wrong}".`);
  }
  return RIGHTS.filter((right) => words.includes(right));
}

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { offeredFields } from '../src/app/http/ask.ts';
import { fieldsOf, type Operation } from '../src/app/operation.ts';
import { OPERATIONS } from '../src/app/operations.ts';
import { referenceOf } from './reference.ts';

const DOCS = new URL('../docs/', import.meta.url);

const operations = await Promise.all(
  OPERATIONS.map(async (listed) => ({ ...listed, operation: (await listed.load()) as Operation })),
);

describe('the reference', () => {
  test('is what the operations are', async () => {
    await expect(referenceOf(operations)).toMatchFileSnapshot('../docs/reference.md');
  });

  test.each(operations)('has words for $name and all its fields', ({ name, summary, operation }) => {
    expect(summary).toMatch(/^[\p{L}`].{15,}[^.]$/u);
    expect(operation.examples.length).toBeGreaterThan(0);
    for (const example of operation.examples) expect(example).toContain(`readout ${name}`);
    for (const { name: field, description } of fieldsOf(operation)) expect(description, field).toMatch(/\S{2}/);
    for (const field of operation.positional) expect(Object.keys(operation.input.shape)).toContain(field);
  });

  test('stands beside pages that speak of every operation', () => {
    const pages = readdirSync(DOCS)
      .filter((name) => name.endsWith('.md') && name !== 'reference.md')
      .map((name) => readFileSync(new URL(name, DOCS), 'utf8'));
    const guides = [...pages, readFileSync(new URL('../README.md', DOCS), 'utf8')].join('\n');
    const silent = operations.filter(({ name }) => !new RegExp(`readout ${name}\\b`).test(guides));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  test('says of every operation that is offered where it is asked for', () => {
    const text = referenceOf(operations);
    for (const { name, operation } of operations) {
      if (operation.offer === undefined) continue;
      expect(text).toContain(`/api/v1/${name}\``);
      for (const field of offeredFields(operation)) expect(text).toContain(`\`${field.name}\``);
    }
  });
});

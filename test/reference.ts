import { askingOf, offeredFields, pathFields } from '../src/app/http/ask.ts';
import { type Field, fieldsOf, type ListedOperation, type Operation } from '../src/app/operation.ts';

/** An operation with its place in the list. */
export type Listed = Omit<ListedOperation, 'load'> & { readonly operation: Operation };

/** `docs/reference.md`: every operation with its fields, its command lines and its addresses. */
export function referenceOf(operations: readonly Listed[]): string {
  return `${[INTRODUCTION, contents(operations), ...operations.map(section)].join('\n\n')}\n`;
}

const INTRODUCTION = `# Reference

Everything Readout does, made from the operations themselves by \`test/reference.test.ts\`. \`readout VERB --help\` says the
same. What is offered over HTTP is told in \`docs/api.md\`, what as a tool for language models in \`docs/mcp.md\`.`;

function contents(operations: readonly Listed[]): string {
  const rows = operations.map(({ name, summary, operation: { offer } }) => {
    const methods =
      offer === undefined ? [] : offer.right === 'read' ? ['GET'] : [...(offer.asking ? ['GET'] : []), 'POST'];
    const way = methods.length === 0 ? '' : `\`${methods.join('`, `')} /api/v1/${name}\``;
    const isTool = (offer?.right === 'read' && offer.files !== true) || offer?.asking?.right === 'read';
    const tool = isTool ? `\`${name}\`` : '';
    return `| [\`${name}\`](#readout-${name}) | ${cell(summary)} | ${way} | ${tool} |`;
  });
  return ['| verb | does | over HTTP | tool |', '|---|---|---|---|', ...rows].join('\n');
}

function section({ name, summary, operation }: Listed): string {
  const fields = fieldsOf(operation);
  const rows = fields.map((field) => {
    const shown = operation.positional.includes(field.name) ? `\`${field.placeholder}\`` : `\`${flagOf(field)}\``;
    return `| ${cell(shown)} | ${cell(field.description)} |`;
  });
  return [
    `## readout ${name}`,
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    ['```', ...operation.examples, '```'].join('\n'),
    ...(rows.length === 0 ? [] : [['| | |', '|---|---|', ...rows].join('\n')]),
    ...overHttp(name, operation),
  ].join('\n\n');
}

function overHttp(name: string, operation: Operation): readonly string[] {
  const { offer } = operation;
  if (offer === undefined) return [];
  const path = offer.right === 'read' ? pathFields(operation).map((field) => `/{${field.name}}`) : [];
  const namesOf = (one: Operation) =>
    offeredFields(one)
      .map((field) => `\`${field.name}\``)
      .join(', ') || 'none';
  const names = namesOf(operation);
  const asking = askingOf(operation);
  const asked =
    asking === undefined
      ? ''
      : ` \`GET /api/v1/${name}\` gives ${offer.asking!.summary}; right to ${offer.asking!.right}; parameters: ${namesOf(asking)}.`;
  const method = offer.right === 'read' ? 'GET' : 'POST';
  const more = path.length === 0 ? '' : ` and \`/api/v1/${name}${path.join('')}\``;
  const given = offer.right === 'read' ? 'parameters' : 'fields of a JSON object';
  return [`Over HTTP: \`${method} /api/v1/${name}\`${more}, right to ${offer.right}; ${given}: ${names}.${asked}`];
}

function flagOf({ flag, kind, placeholder }: Field): string {
  if (kind === 'flag') return flag;
  return `${flag} ${placeholder}${kind === 'list' ? '...' : ''}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

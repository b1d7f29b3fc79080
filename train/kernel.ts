/** Assembles src/nlp/kernel.wat into src/nlp/kernel.wasm.ts: `node train/kernel.ts`. A test checks that the two agree. */
import { readFileSync, writeFileSync } from 'node:fs';
import wabt from 'wabt';

const here = new URL('../src/nlp/', import.meta.url);
const tools = await wabt();
const module = tools.parseWat('kernel.wat', readFileSync(new URL('kernel.wat', here), 'utf8'));
const { buffer } = module.toBinary({});
const encoded = Buffer.from(buffer).toString('base64');
writeFileSync(
  new URL('kernel.wasm.ts', here),
  `// Assembled from kernel.wat by train/kernel.ts. Do not edit.\nexport const KERNEL_BYTES =\n  '${encoded}';\n`,
);
console.log(`${buffer.length} bytes`);

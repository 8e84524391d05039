// Makes one file of the bare dispatch loop. A process of its own, for what this one holds in memory would be counted with what it
// starts.
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const bundle = await rolldown({ input: join(import.meta.dirname, 'limit.mjs'), platform: 'node', logLevel: 'warn' });
await bundle.write({ file: process.argv[2], format: 'esm', minify: true });
await bundle.close();

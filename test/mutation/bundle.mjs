// Run by Stryker in the folder of the mutated sources: bundles all their tests into one file.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

/** Where the tests stand. The gauge of rules and the self-check of a run are all that uses some of `compare`. */
const rooms = ['test/structures', 'test/json', 'test/compare', 'test/run'];

const entry = 'tests';
const marks = 'in-file:';
const standIn = pathToFileURL(join(import.meta.dirname, 'vitest.mjs')).href;

/** Some files have tests of their own that say all there is to say: quicker than all tests, and never kinder. */
const wanted = new RegExp(process.env.MUTATION_TESTS ?? '');

/** These need what was built, or more runs of their properties than there are here. */
const others = /run\/(?:overflow|comparer)\.test\.ts$/;

const files = rooms.flatMap((room) =>
  readdirSync(room)
    .map((name) => `${room}/${name}`)
    .filter((path) => path.endsWith('.test.ts') && wanted.test(path) && !others.test(path)),
);

const made = await rolldown({
  input: entry,
  cwd: process.cwd(),
  // Nothing may be worked out beforehand: which mutant is active is known when a test runs.
  treeshake: false,
  platform: 'node',
  plugins: [{ name: 'tests', resolveId, load }],
});
await made.write({ file: process.argv[2], format: 'esm', codeSplitting: false });

function resolveId(source) {
  if (source === entry || source.startsWith(marks)) return source;
  if (source === 'vitest') return { id: standIn, external: true };
  return /^[./]/.test(source) ? null : { id: source, external: true };
}

function load(id) {
  if (id.startsWith(marks))
    return `import { inFile } from 'vitest'; inFile(${JSON.stringify(id.slice(marks.length))});`;
  if (id !== entry) return null;
  const lines = files.flatMap((file) => [`${marks}${file}`, resolve(file)]);
  return lines.map((path) => `import ${JSON.stringify(path)};`).join('\n');
}

// Writes src/drift/classes/class-list.ts, the list of all drift classes, from the files below that folder: one class, one file, named
// as its id. With --check it writes nothing and fails where the list is out of date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const folder = join(process.env.PARITY_ROOT ?? dirname(import.meta.dirname), 'src/drift/classes');
const target = join(folder, 'class-list.ts');

const classes = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'class-list.ts')
  .sort()
  .flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const name = /^export const (\w+) = defineClass\(\{\n {2}id: '([a-z0-9-]+)',/m.exec(text);
    if (name === null) return [];
    if (basename(file, '.ts') !== name[2])
      throw new Error(`${file} defines the class ${name[2]}: name the file after it`);
    return [{ file: file.replaceAll('\\', '/'), name: name[1] }];
  });

/** Names as lines of an array literal, 120 columns at most. */
function wrapped(names) {
  const lines = [];
  let line = ' ';
  for (const name of names) {
    if (line.length + name.length + 2 > 120) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${name},`;
  }
  return [...lines, line].join('\n');
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const list = `// Written by scripts/class-list.mjs from the files of this folder: npm run classes.
import type { ClassDefinition } from '../definition/define-class.ts';
${[...classes]
  .sort((a, b) => compare(a.file, b.file))
  .map(({ file, name }) => `import { ${name} } from './${file}';`)
  .join('\n')}

/** Every drift class, family by family. */
export const classDefinitions: readonly ClassDefinition[] = [
${wrapped(classes.map(({ name }) => name))}
];
`;

if (!process.argv.includes('--check')) writeFileSync(target, list);
else if (readFileSync(target, 'utf8') !== list) {
  console.error('src/drift/classes/class-list.ts is out of date: npm run classes');
  process.exit(1);
}

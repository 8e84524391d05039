// npm run new-class FAMILY/CLASS-ID: writes the file of a new drift class, its vectors, and the list of classes.
// FAMILY is a folder of src/drift/classes; one below http/ is recognised in an exchange, any other is proved by a rewrite.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = process.env.PARITY_ROOT ?? dirname(import.meta.dirname);
const classes = join(root, 'src/drift/classes');
const fail = (why) => {
  console.error(`new-class: ${why}\nusage: npm run new-class FAMILY/CLASS-ID, for example keys/key-dotted`);
  process.exit(2);
};

const [, family, id] =
  /^((?:http\/)?[a-z-]+)\/([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(process.argv[2] ?? '') ?? fail('no FAMILY/CLASS-ID');
if (!existsSync(join(classes, family))) fail(`there is no family ${family} in src/drift/classes`);
const taken = readdirSync(classes, { recursive: true, encoding: 'utf8' }).find((file) => file.endsWith(`/${id}.ts`));
if (taken !== undefined) fail(`the class is there: src/drift/classes/${taken}`);

const isHttp = family.startsWith('http/');
const name = id.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
const up = '../'.repeat(family.split('/').length + 1);
const page = `  page: {
    what: 'What each side does, in one sentence.',
${isHttp ? "    request: 'GET /v1/objects',\n" : ''}    example: [
      ['Rust (serde)', '${isHttp ? '200␊content-type: application/json␊␊{}' : '{"a":1}'}'],
      ['Go (encoding/json)', '${isHttp ? '404␊content-type: application/json␊␊{}␊' : '{"a":2}␊'}'],
    ],
    why: [
      ['Rust', 'why it does so'],
      ['Go', 'why it does so'],
    ],
    breaks: 'What fails in a client.',
    fix: [
      ['Rust', 'the attribute or call that changes it'],
      ['Go', 'the tag or call that changes it'],
    ],
    proof: 'What must hold before the class is claimed.',
    sources: ['https://example.com/where-it-is-documented'],
  },`;
const recognition = `  recognise: {
    facet: 'status',
    covers: 'answer',
    // Evidence in the request or in the answers; that they differ is none.
    find: () => false,
  },`;
const rule = `  rule: {
    id: '${id}',
    learns: false,
    locate: () => null,
    rewrite: (node) => node,
    unite: (found) => found[0] ?? null,
    owns: () => 'place',
    fixes: () => [],
  },`;
const pass = isHttp ? 'routing' : 'presence';

mkdirSync(join(root, 'test/vectors', family), { recursive: true });
writeFileSync(
  join(classes, family, `${id}.ts`),
  `import { defineClass } from '${up}definition/define-class.ts';

export const ${name} = defineClass({
  id: '${id}',
  title: 'what differs, in one sentence without a full stop',
  severity: 'risky',
${isHttp ? "  reach: 'route',\n" : ''}  pass: '${pass}',
  rank: 99,
  evidence: 'documented',
${page}
${isHttp ? recognition : rule}
});
`,
);
writeFileSync(
  join(root, 'test/vectors', family, `${id}.json`),
  `${JSON.stringify({ class: id, positives: [], nearMisses: [] }, null, 2)}\n`,
);
const list = spawnSync(process.execPath, [join(import.meta.dirname, 'class-list.mjs')], { stdio: 'inherit' });
if (list.status !== 0) process.exit(list.status ?? 1);
console.log(`src/drift/classes/${family}/${id}.ts: fill in the page and the ${isHttp ? 'recognition' : 'rule'}
test/vectors/${family}/${id}.json: positive samples, and near misses that must stay unexplained
then: npx vitest run test/drift`);

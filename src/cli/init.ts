import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { print } from './console.ts';
import { gauntletTemplate } from './gauntlet/template.ts';

const config = `# yaml-language-server: $schema=./node_modules/parity-prober/schema/config.json
# The first target is the reference: what it answers is right, until you say otherwise.
reference: old
targets:
  old: http://127.0.0.1:3100
  new:
    url: http://127.0.0.1:4110
    # headers: { authorization: "Bearer \${NEW_TOKEN}" }   # secrets come from the environment
    # command: ./bin/service -port 4110                   # start it, wait for ready, stop it
    # ready: /health
cases: [cases]
tracker: docs/ARCHITECTURE_COMPARISON.md
# tracker:                  # the same, and rows link to where CI publishes the newest report
#   file: docs/ARCHITECTURE_COMPARISON.md
#   report: https://ci.example.org/parity/latest/report.html
# compare:
#   level: value            # status, shape, value or wire
#   ignore:
#     - { pointer: /request_id, keep: type, reason: generated for each request }
`;

const firstCase = `# yaml-language-server: $schema=../node_modules/parity-prober/schema/case.json
suite: first
cases:
  - id: health
    title: both say that they are well
    safe: true                 # may be repeated, and sent anywhere
    request: { method: GET, path: /health }
    expect: { status: 200 }    # a 404 on both sides says nothing of the services
`;

/** A file to write, or one of git that may be there already, and the lines that it needs. */
type File = readonly [path: string, content: string | readonly string[]];

const files: readonly File[] = [
  ['parity.yaml', config],
  ['cases/first.yaml', firstCase],
  // Two branches that write different rows of the tracker then meet without a conflict; the next run makes double rows one.
  ['.gitattributes', ['docs/ARCHITECTURE_COMPARISON.md* merge=union']],
  // What servers answered is in there.
  ['.gitignore', ['reports/']],
];

const gauntletFiles: readonly File[] = [
  ['gauntlet.yaml', gauntletTemplate],
  // Assessments are kept, what checks printed is not. Git looks for nothing in a folder that is ignored whole.
  ['.gitignore', ['reports/*', '!reports/gauntlet/', 'reports/gauntlet/**/*.log', '.parity/']],
];

/** `parity init`: writes the files that are not there yet; with `gauntlet` those of the gauntlet. */
export async function initCommand({ gauntlet = false }: { readonly gauntlet?: boolean }): Promise<number> {
  for (const [path, content] of gauntlet ? gauntletFiles : files) {
    if (existsSync(path)) {
      await print(`kept   ${path} (it is there already${await missingLines(path, content)})`);
      continue;
    }
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, typeof content === 'string' ? content : `${content.join('\n')}\n`, { flag: 'wx' });
    await print(`wrote  ${path}`);
  }
  const [file, ...next] = gauntlet ? ['gauntlet.yaml', 'parity smoke'] : ['parity.yaml', 'parity doctor', 'parity run'];
  await print([`next: put your URLs into ${file}`, ...next].join(', then '));
  return 0;
}

async function missingLines(path: string, content: string | readonly string[]): Promise<string> {
  if (typeof content === 'string') return '';
  const lines = (await readFile(path, 'utf8')).split(/\r?\n/).map((line) => line.trim());
  const missing = content.filter((line) => !lines.includes(line));
  return missing.length === 0 ? '' : `; add: ${missing.join(', ')}`;
}

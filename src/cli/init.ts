import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { print } from './console.ts';

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

/** Files of git that may be there already, and the line that they need. */
const gitLines: ReadonlyMap<string, string> = new Map([
  // Two branches that write different rows of the tracker then meet without a conflict; the next run makes double rows one.
  ['.gitattributes', 'docs/ARCHITECTURE_COMPARISON.md merge=union'],
  // What servers answered is in there.
  ['.gitignore', 'reports/'],
]);

const files: readonly (readonly [path: string, text: string])[] = [
  ['parity.yaml', config],
  ['cases/first.yaml', firstCase],
  ...Array.from(gitLines, ([path, line]) => [path, `${line}\n`] as const),
];

/** `parity init`: writes the files that are not there yet. */
export async function initCommand(): Promise<number> {
  for (const [path, text] of files) {
    if (existsSync(path)) {
      await print(`kept   ${path} (it is there already${await missingLine(path)})`);
      continue;
    }
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
    await print(`wrote  ${path}`);
  }
  await print('next: put your URLs into parity.yaml, then parity doctor, then parity run');
  return 0;
}

async function missingLine(path: string): Promise<string> {
  const wanted = gitLines.get(path);
  if (wanted === undefined) return '';
  const lines = (await readFile(path, 'utf8')).split(/\r?\n/);
  return lines.some((line) => line.trim() === wanted) ? '' : `; add: ${wanted}`;
}

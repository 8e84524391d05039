import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { casings, characterForms, secretValues, textForms } from '../redact/spellings.ts';
import { folder, newestReport, parity } from './command.ts';

/** A secret as a server says it again, in pieces that are one character of it each. */
interface Said {
  readonly path: string;
  readonly before: string;
  readonly pieces: readonly string[];
}

const ways = [
  ...Object.values(characterForms).map((write) => (text: string) => ({ before: '', pieces: Array.from(text, write) })),
  ...Object.values(textForms).map((write) => (text: string) => {
    const { before, own } = write(text);
    return { before, pieces: Array.from(own) };
  }),
];
const values = Object.values(secretValues);
const cases = Object.values(casings);

/** Every value in every ninth form, another for each value, in the cases by turns. */
const said: readonly Said[] = values.flatMap((secret, value) =>
  ways.flatMap((way, form) =>
    form % 9 === value % 9 ? [{ path: `/v${value}/f${form}`, ...way(cases[(value + form) % 3]!(secret)) }] : [],
  ),
);

/** Cut at its beginning, or at its end, by an excerpt that shows the difference behind or before it; another cut for each. */
function answerTo(path: string, isOdd: boolean): string {
  const one = said.find((each) => path.startsWith(`${each.path}/`))!;
  const text = one.before + one.pieces.join('');
  const cut = 1 + ((path.length * 7 + text.length * 3) % Math.max(1, Math.min(text.length, 250) - 1));
  const sign = isOdd ? '#' : '=';
  if (path.endsWith('/start')) return `${'. '.repeat(200)}${text}${' '.repeat(Math.max(0, 60 - cut))}${sign} end`;
  return `${sign}${'. '.repeat(150).slice(0, 298 - cut)}${text} end`;
}

async function saying(isOdd: boolean): Promise<{ readonly url: string; readonly seen: Set<string> }> {
  const seen = new Set<string>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      seen.add(Buffer.concat(parts).toString('utf8'));
      const text = answerTo(request.url ?? '', isOdd);
      const isJson = (request.url ?? '').length % 2 === 0;
      response.writeHead(200, { 'content-type': isJson ? 'application/json' : 'text/plain' });
      response.end(isJson ? JSON.stringify({ said: text }) : text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const variables = Object.fromEntries(values.map((secret, at) => [`VALUE_${at}`, secret]));

const library = `values: { ${values.map((_, at) => `v${at}: "\${VALUE_${at}}"`).join(', ')} }
cases:
${said
  .flatMap(({ path }) => ['start', 'end'].map((end) => ({ path: `${path}/${end}`, value: path.split('/')[1]! })))
  .map(
    ({ path, value }) =>
      `  - { id: ${path.slice(1).replaceAll('/', '-')}, safe: true, request: { method: POST, path: ${path}, json: { k: "{{${value}}}" } } }\n`,
  )
  .join('')}`;

/** All that a reader could see, in one text: outputs, and files that were written, also with what is in Base64 in them. */
function textBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => join(dir, name))
    .filter((path) => !/parity\.yaml$|cases\/s\.yaml$/.test(path) && statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'));
}

function inTextsOfBase64(text: string): string {
  return text.replace(/"base64":"([^"]*)"/g, (_, base64: string) => Buffer.from(base64, 'base64').toString('utf8'));
}

function leaksIn(output: string): string[] {
  return said.flatMap(({ path, pieces }) => {
    const size = Math.max(3, Math.min(5, Math.floor(pieces.length / 4)) + 1);
    const seen = pieces
      .map((_, at) => pieces.slice(at, at + size))
      .filter((window) => window.length === size)
      .map((window) => window.join(''))
      // What is as short is met in any report.
      .filter((window) => window.length >= 5 && output.includes(window));
    return seen.map((window) => `${path}: ${window}`);
  });
}

describe('a secret that an excerpt cuts is in no output', () => {
  it('of a run and of the commands that show it again, however a server writes it', { timeout: 300_000 }, async () => {
    const [a, b] = [await saying(false), await saying(true)];
    const cwd = await folder({
      'parity.yaml': `targets: { a: "${a.url}", b: "${b.url}" }\ntracker: TRACKER.md\n`,
      'cases/s.yaml': library,
    });
    const outputs: string[] = [];
    const run = async (...args: string[]) => {
      const ended = await parity(args, { cwd, env: variables });
      outputs.push(ended.stdout, ended.stderr);
      return ended;
    };
    const ran = await run('run', '--noise', '0', '--reporter', 'terminal,json,md,html,junit,github,sarif,har');
    expect([ran.exitCode, newestReport(cwd).counts.divergent], ran.stderr).toEqual([1, said.length * 2]);
    expect(values.filter((secret) => !a.seen.has(JSON.stringify({ k: secret })))).toEqual([]);
    const [shown] = newestReport(cwd).findings;
    await run('run', '--json', '--noise', '1', '--grep', 'f1$|f2-|f3-');
    await run('report', 'latest');
    await run('replay', shown!.id);
    await run('explain', shown!.class);
    await run('noise', '--runs', '2', '--grep', 'f1-|f2-');
    const runs = readdirSync(join(cwd, 'reports')).filter((name) => name !== 'latest' && !name.endsWith('.json'));
    await run('diff', ...runs.slice(0, 2).map((name) => join('reports', name)));
    await run('trend');
    await run('tracker', 'list');
    await run('tracker', 'show', shown!.id);
    await run('adr', shown!.id);
    const all = [...outputs, ...textBelow(cwd)].join('\n');
    expect(leaksIn(`${all}\n${inTextsOfBase64(all)}`)).toEqual([]);
  });
});

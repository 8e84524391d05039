import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { serving } from './service.ts';

const read = (cwd: string, name: string) => readFileSync(join(cwd, 'reports/latest', name), 'utf8');

/** The run of two services that send these headers, and what stands in its reports. */
async function reports(
  headers: readonly [Record<string, string>, Record<string, string>],
  config: string,
  cases: string,
) {
  const [a, b] = [await serving(() => [200, '{}', headers[0]]), await serving(() => [200, '{}', headers[1]])];
  const cwd = await folder({
    'cases/s.yaml': cases,
    'parity.yaml': `targets:\n  old: { url: "${a.url}", headers: { x: "\${KEY}" }, version: "1 <i>" }\n  new: { url: "${b.url}" }\n${config}`,
  });
  const ended = await parity(['run', '--no-tracker'], { cwd, env: { KEY: 'secret-of-this-run' } });
  return { ...ended, document: newestReport(cwd), md: read(cwd, 'report.md'), html: read(cwd, 'report.html') };
}

describe('the heads of the reports', () => {
  const cases = 'cases: [{ id: x, request: { path: /x } }]\n';

  it('say what runs at each target, as text, and no secret', async () => {
    const headers = [{ server: 'a|<b>\x9b2J' }, { server: 'secret-of-this-run/2', 'x-commit': 'f00' }] as const;
    const { stdout, md, html, document } = await reports(headers, '', cases);
    const [old, other] = document.run.targets.map(({ fingerprint }) => fingerprint);
    expect(stdout.split('\n').slice(1, 3)).toEqual([
      expect.stringContaining('  (version: 1 <i>; server: a|<b>'),
      expect.stringContaining(`  (server: ***/2; x-commit: f00; fingerprint ${other})`),
    ]);
    const rows = md.split('\n').filter((line) => line.startsWith('| '));
    expect(rows[0]).toBe('| Target | Role | URL | Build |');
    expect(rows.slice(2, 4)).toEqual([
      expect.stringContaining(`fingerprint ${old} |`),
      expect.stringContaining(`; x-commit: f00; fingerprint ${other} |`),
    ]);
    expect(rows[2]).toContain('a&#124;');
    expect(html).toContain(`<span class="soft">version: 1 &lt;i&gt;; server: a|&lt;b&gt;`);
    expect(html).toContain(`<span class="soft">server: ***/2; x-commit: f00; fingerprint ${other}</span>`);
    for (const text of [stdout, md, html]) expect(text).not.toMatch(/\x9b|secret-of-this-run/);
  });

  it('say nothing of a target that did not answer', async () => {
    const a = await serving(() => [200, '{}']);
    const cwd = await folder({ 'cases/s.yaml': cases });
    const { stdout } = await parity(
      [
        'run',
        '--no-tracker',
        '--target',
        `a=${a.url}`,
        '--target',
        'b=http://127.0.0.1:9',
        '--reporter',
        'terminal,json,md',
      ],
      { cwd },
    );
    expect(stdout).toContain(`  a  reference  ${a.url}\n  b  candidate  http://127.0.0.1:9\n`);
    expect(read(cwd, 'report.md')).toContain('| Target | Role | URL |\n');
  });
});

describe('each header stands once: compared, in some cases, or not', () => {
  const sent = [
    { 'x-own': '1', 'x-both': '1', 'x-no': '1', 'cache-control': 'no-store' },
    { 'x-own': '1', 'x-both': '1', 'x-no': '2', 'cache-control': 'no-cache' },
  ] as const;
  const config = 'compare: { headers: [content-type, cache-control] }\n';
  const scope = ({ md }: { readonly md: string }) =>
    ['Headers', 'In some cases only', 'Not compared'].map((title) => {
      const names = new RegExp(`${title}: ([^.]*)\\.`).exec(md)?.[1] ?? '';
      return names.split(', ').filter((name) => /x-|content-type|cache/.test(name));
    });

  it.each([
    [
      'no case has its own',
      '{ id: x, request: { path: /x } }',
      [['`content-type`', '`cache-control`'], [], ['`x-both`', '`x-no`', '`x-own`']],
    ],
    [
      'one case of two has its own',
      '{ id: x, request: { path: /x } }, { id: y, request: { path: /y }, compare: { headers: [content-type, x-own] } }',
      [['`content-type`'], ['`cache-control`', '`x-own`'], ['`x-both`', '`x-no`']],
    ],
    [
      'every case has its own',
      '{ id: x, request: { path: /x }, compare: { headers: [x-both] } }, { id: y, request: { path: /y }, compare: { headers: [x-both, x-own] } }',
      [['`x-both`'], ['`x-own`'], ['`cache-control`', '`content-type`', '`x-no`']],
    ],
  ])('%s', async (_, rows, expected) => {
    const ran = await reports(sent, config, `cases: [${rows}]\n`);
    expect(scope(ran)).toEqual(expected);
    for (const [at, before] of ['only these were compared:', 'in some cases only:', 'but not compared:'].entries())
      for (const name of expected[at]!)
        expect(ran.html.split(before)[1]).toContain(`<code>${name.replaceAll('`', '')}</code>`);
  });

  it('and beside the answers of a case as that case compares it', async () => {
    const rows = '{ id: own, request: { path: /x }, compare: { headers: [x-no] } }';
    const { html } = await reports(sent, config, `cases: [${rows}]\n`);
    const [, compared = '', others = ''] = html.split(/<h4>Headers that were (?:not )?compared<\/h4>/);
    expect([compared.includes('x-no'), compared.includes('cache-control')]).toEqual([true, false]);
    expect([others.split('<h4>')[0]!.includes('cache-control'), others.split('<h4>')[0]!.includes('x-no')]).toEqual([
      true,
      false,
    ]);
  });
});

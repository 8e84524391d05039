import { existsSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { folder, newestReport, parity } from './command.ts';

/** Headers that have a grammar, each with a value that follows it. */
const headers: readonly (readonly [name: string, value: string])[] = [
  ['accept-patch', 'application/json'],
  ['accept-post', 'application/json'],
  ['accept-ranges', 'bytes'],
  ['access-control-allow-credentials', 'true'],
  ['access-control-allow-headers', 'x-one, x-two'],
  ['access-control-allow-methods', 'GET, POST'],
  ['access-control-allow-origin', 'https://a.test'],
  ['access-control-expose-headers', 'etag'],
  ['age', '1'],
  ['allow', 'GET, HEAD'],
  ['cache-control', 'max-age=1, private="x"'],
  ['content-disposition', 'attachment; filename="a.txt"'],
  ['content-language', 'en'],
  ['content-location', '/a'],
  ['content-range', 'bytes 0-1/2'],
  ['content-security-policy', "default-src 'self'"],
  ['content-type', 'application/json; charset=utf-8'],
  ['date', 'Tue, 20 Oct 2026 07:28:00 GMT'],
  ['deprecation', '@1688169599'],
  ['etag', '"abc"'],
  ['expires', 'Tue, 20 Oct 2026 07:28:00 GMT'],
  ['last-modified', 'Tue, 20 Oct 2026 07:28:00 GMT'],
  ['link', '</a>; rel="next"; title="x"'],
  ['location', '/a'],
  ['permissions-policy', 'camera=()'],
  ['proxy-authenticate', 'Basic realm="x"'],
  ['retry-after', '3'],
  ['set-cookie', 'sid=1; Path=/; HttpOnly; SameSite=Lax'],
  ['strict-transport-security', 'max-age=1; preload'],
  ['sunset', 'Tue, 20 Oct 2026 07:28:00 GMT'],
  ['vary', 'accept, origin'],
  ['www-authenticate', 'Digest realm="x", nonce="y", Bearer abc=='],
  ['x-content-type-options', 'nosniff'],
];

/** Values that follow hardly any grammar, in Latin-1. */
const malformed: readonly string[] = [
  ...['', ' ', '[', ']', '[x', '["a",1]', '["application/json"]', '{', '{}', '{"a":1}', '[[', '[null]', 'null', 'true'],
  ...['"', '""', '"a', 'a"', '"a\\', '"\\"', '\\', "'", '`', 'a="', 'a="b', 'a="b\\"', '"a", "b', '; charset="'],
  ...[',', ',,,', ', ,', ';', ';;;', '; ;', '=', '==', '=a', 'a=', 'a=b=c', ';=;', 'a;b=c;b=d', 'a,b=c,b=d,a'],
  ...[
    '<',
    '>',
    '<>',
    '<a',
    '<a>;',
    '</a>; rel',
    '</a>; rel=',
    '<//[>; rel=next',
    '</a>; rel="next',
    'http://[',
    '//',
    '///',
  ],
  ...['\u00e9', '\u00c3\u00a9', '\u00ef\u00bb\u00bf[', '\u0001', '\u0007[\u001b[31m', 'a\u007fb', '\t[\t', 'a\tb'],
  ...[
    '__proto__',
    'constructor=toString',
    '__proto__=x; constructor',
    'W/',
    'W/"',
    '-1',
    '99999999999999999999',
    '1e9',
    'NaN',
  ],
  ...[
    '%',
    '%zz',
    '%00',
    '\u00ff\u00fe',
    '['.repeat(500),
    '"'.repeat(501),
    'a,'.repeat(1000),
    'a=b;'.repeat(900),
    '<'.repeat(700),
    'x'.repeat(6000),
  ],
];

/** The head of an answer, with hostile values as they are. */
function headOf(name: string, value: string): string {
  const type = name === 'content-type' ? '' : 'content-type: application/json\r\n';
  return `HTTP/1.1 200 OK\r\n${type}${name}: ${value}\r\ncontent-length: 7\r\n\r\n`;
}

/** A target that answers `/NAME/NUMBER/SIDE` with a malformed value where SIDE is its own, or is `both`. */
async function target(side: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    let asked = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      asked += text;
      for (let end = asked.indexOf('\r\n\r\n'); end >= 0; end = asked.indexOf('\r\n\r\n')) {
        const [, name = '', number = '', on = ''] = /^GET \/([^/]+)\/(\d+)\/(\w+) /.exec(asked) ?? [];
        asked = asked.slice(end + 4);
        const sound = headers.find(([one]) => one === name)?.[1] ?? '';
        const value = on === side || on === 'both' ? malformed[Number(number)]! : sound;
        socket.write(Buffer.from(`${headOf(name, value)}{"a":1}`, 'latin1'));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it.each(['reference', 'candidate', 'both'])(
  'Malformed values of every header with a grammar, sent by %s, never end a run.',
  async (side) => {
    const cases = headers.flatMap(([name]) =>
      malformed.map((_, at) => JSON.stringify({ id: `${name}-${at}`, request: { path: `/${name}/${at}/${side}` } })),
    );
    const cwd = await folder({
      'cases/headers.jsonl': `${cases.join('\n')}\n`,
      'parity.yaml': `targets:\n  a: ${await target('reference')}\n  b: ${await target('candidate')}\ncompare:\n  headers: [${headers.map(([name]) => name)}]\n`,
    });
    const { exitCode, stderr } = await parity(['run', '--tracker', 'T.md', '--reporter', 'json,md,html,junit'], {
      cwd,
    });
    expect([exitCode, stderr]).toEqual([side === 'both' ? 3 : 1, expect.not.stringContaining('bug')]);
    const { counts, findings } = newestReport(cwd);
    expect(counts.selected).toBe(cases.length);
    if (side !== 'both') expect(findings.length).toBeGreaterThan(headers.length / 2);
    for (const file of ['report.md', 'report.html', 'junit.xml', 'run.jsonl'])
      expect(existsSync(join(cwd, 'reports/latest', file))).toBe(true);
    if (side !== 'both') expect(readFileSync(join(cwd, 'T.md'), 'utf8')).toContain('| P-');
  },
);

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Ended, folder, newestReport, parity } from './command.ts';

/** One canary for each place that a secret can be in; none is a part of another. */
const places = [
  'HEADER',
  'QUERY',
  'PATH',
  'JSON',
  'FORM',
  'COOKIE',
  'BASIC',
  'BEARER',
  'APIKEY',
  'LOGIN',
  'OWN_HEADER',
  'ROW_FILE',
] as const;
const env = Object.fromEntries(
  places.map((place, n) => [place, `cnry-${n}${'qwxz'[n % 4]}+/"${place.toLowerCase()}ü=${n}`]),
);
// What goes into a path, a query as written or a header cannot hold everything.
for (const place of ['HEADER', 'PATH', 'QUERY', 'COOKIE', 'OWN_HEADER', 'BEARER', 'APIKEY'] as const)
  env[place] = `cnry-${place.toLowerCase()}-83kd72`;
env.ROW_FILE = 'cnry-rowfile-83kd72';
// Servers read the bytes of a header as ISO 8859-1, and say what they read.
env.OWN_HEADER = 'cnry-öwn-héader-83kd72';
const readByServers = Buffer.from(env.OWN_HEADER).toString('latin1');

/** What the servers themselves hand out. */
const handedOut = { token: 'cnry-handed-out-token-51', sid: 'cnry-set-cookie-77-value' };
/** What nobody sent, and only the name of its member, or of its header, gives away. */
const named = {
  access_token: ['cnry-left-named-token-1', 'cnry-right-named-token-2'],
  password: ['cnry-left-pass"word-\\3', 'cnry-right-pass"word-\\4'],
  cookie: ['cnry-left-cookie-value-5', 'cnry-right-cookie-value-6'],
} as const;
const canaries = [
  ...Object.values(env),
  readByServers,
  ...Object.values(handedOut),
  ...Object.values(named).flat(),
  'cnry-made-anew-',
];

let answers = 0;

/** Everything that a request showed, in every way in which a server may say it again. */
function echo(seen: string, isOdd: boolean): { headers: [string, string][]; body: Buffer } {
  answers += 1;
  const own = (name: keyof typeof named) => named[name][isOdd ? 1 : 0];
  const all = canaries.filter((one) => seen.includes(one));
  const longest = all[0] ?? 'none';
  const half = Math.floor(longest.length / 2);
  const ascii = (text: string) => encodeURIComponent(text);
  return {
    headers: [
      ['content-type', 'application/json'],
      ['content-encoding', 'gzip'],
      ['x-percent', all.map(ascii).join(',')],
      ['x-split', ascii(longest).slice(0, half)],
      ['x-split', ascii(longest).slice(half)],
      ['location', `/next?to=${ascii(longest)}`],
      ['set-cookie', `own=${own('cookie')}; Path=/${isOdd ? 'odd' : ''}`],
    ],
    body: gzipSync(
      JSON.stringify({
        plain: all,
        [`key ${longest}`]: isOdd,
        base64: all.map((one) => Buffer.from(`user:${one}`).toString('base64')),
        url: all.map((one) => Buffer.from(one).toString('base64url')),
        hex: all.map((one) => Buffer.from(one).toString('hex')),
        twice: JSON.stringify(JSON.stringify(all)),
        escaped: all.map((one) => one.replace(/./gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)),
        html: all.map((one) => one.replaceAll('"', '&quot;').replaceAll('/', '&#x2F;')),
        far: `${'.'.repeat(280)}${longest}`,
        error: `no user called ${longest}${isOdd ? '!' : '?'}`,
        access_token: own('access_token'),
        deep: [{ user: { password: own('password') } }],
        log: JSON.stringify({ password: own('password'), text: JSON.stringify({ password: own('password') }) }),
        sessionId: `cnry-made-anew-${answers}`,
        [isOdd ? 'odd' : 'even']: { access_token: own('access_token') },
        different: isOdd ? (all[0] ?? null) : (all[1] ?? all[0] ?? null),
      }),
    ),
  };
}

async function echoing(isOdd: boolean): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method, url = '', headers } = request;
      const sent = [method, url, JSON.stringify(headers), Buffer.concat(parts).toString('utf8')].join('\n');
      const basic = Buffer.from((headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString('utf8');
      const decoded = [sent, basic, decodeURIComponent(url), safelyParsed(parts), formOf(parts)].join('\n');
      seen.push(decoded);
      if (url.startsWith('/login')) {
        const body = JSON.stringify({ token: handedOut.token, echo: decoded });
        response
          .writeHead(200, { 'content-type': 'application/json', 'set-cookie': `sid=${handedOut.sid}; Path=/` })
          .end(body);
        return;
      }
      const { headers: pairs, body } = echo(decoded, isOdd);
      response.writeHead(isOdd && url.startsWith('/fail') ? 500 : 200, pairs.flat());
      // In pieces, so that chunks cut through the secrets.
      response.write(body.subarray(0, 40));
      setImmediate(() => response.end(body.subarray(40)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

function safelyParsed(parts: Buffer[]): string {
  try {
    return Object.values(JSON.parse(Buffer.concat(parts).toString('utf8')) as object).join('\n');
  } catch {
    return '';
  }
}

function formOf(parts: Buffer[]): string {
  return [...new URLSearchParams(Buffer.concat(parts).toString('utf8')).values()].join('\n');
}

const cases = `values: { query: "\${QUERY}", path: "\${PATH_KEY}", json: "\${JSON}", form: "\${FORM}" }
cases:
  - { id: header, request: { path: /header, headers: { x-plain: "\${HEADER}" } } }
  - { id: query, request: { path: "/query?k={{query}}" } }
  - { id: path, request: { path: "/fail/{{path}}" } }
  - { id: json, safe: true, request: { method: POST, path: /json, json: { k: "{{json}}" } } }
  - { id: form, safe: true, request: { method: POST, path: /form, form: { k: "{{form}}" } } }
  - { id: cookie, request: { path: /cookie, headers: { cookie: "a=\${COOKIE}" } } }
  - { id: rows, with: _rows.jsonl, values: { r: "\${ROW_FILE}" }, request: { path: "/rows/{{n}}/{{r}}" } }
  - id: session
    cookies: true
    steps:
      - { request: { path: /login-page }, capture: { t: { pointer: /token } } }
      - { request: { path: "/own/{{t}}" } }
`;

const auths = {
  basic: `{ basic: { user: ada, password: "\${BASIC}" } }`,
  bearer: `{ bearer: "\${BEARER}" }`,
  key: `{ apiKey: { query: key, value: "\${APIKEY}" } }`,
  login: `{ login: { path: /login, json: { p: "\${LOGIN}" }, token: { pointer: /token } } }`,
};

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => join(dir, name))
    .filter((path) => statSync(path).isFile());
}

/** Every spelling in which a canary could be read out of an output. */
function spelled(canary: string): string[] {
  const bytes = Buffer.from(canary);
  const inner = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(4, -6),
  );
  return [
    canary,
    encodeURIComponent(canary),
    JSON.stringify(canary).slice(1, -1),
    JSON.stringify(JSON.stringify(canary)).slice(3, -3),
    bytes.toString('hex'),
    ...inner,
    ...inner.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    canary.replaceAll('"', '&quot;'),
    canary.replaceAll('"', '&quot;').replaceAll('/', '&#x2F;'),
    // Long pieces give a secret away too.
    canary.slice(0, -3),
    canary.slice(3),
  ];
}

/** What a reader could find: the text as it is, with escapes undone, and what is in Base64 or compressed in it. */
function readings(bytes: Buffer): string[] {
  const text = bytes.toString('utf8');
  const undone = text.replace(/\\+u([0-9a-fA-F]{4})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const packed = Array.from(text.matchAll(/[A-Za-z0-9+/]{40,}={0,2}/g), ([one]) => Buffer.from(one, 'base64'));
  const unpacked = [bytes, ...packed].flatMap((one) => (one[0] === 0x1f && one[1] === 0x8b ? [gunzipSync(one)] : []));
  return [text, undone, ...packed.map(String), ...unpacked.map(String)];
}

function leaks(outputs: ReadonlyMap<string, Buffer>): string[] {
  const found: string[] = [];
  for (const [name, bytes] of outputs)
    for (const reading of readings(bytes))
      for (const canary of canaries)
        for (const way of spelled(canary)) if (reading.includes(way)) found.push(`${name}: ${way}`);
  return [...new Set(found)];
}

describe('no byte that is written holds a secret', () => {
  it('that looks as if it were to be filled in', async () => {
    const { url, seen } = await echoing(false);
    const secret = 'cnry-{{braces}}-{{a}}-end';
    const of = (request: string) => `values: { s: "\${BRACES}" }\ncases: [{ id: b, request: ${request} }]\n`;
    const cwd = await folder({
      'parity.yaml': `targets: { a: "${url}", b: "${url}" }\n`,
      'sent/b.yaml': of(`{ path: /plain, headers: { x-s: "{{s}}", x-t: "\${BRACES}" } }`),
      'broken/b.yaml': of('{ path: "{{s}}", method: "{{s}}", headers: { "{{s}}": a } }'),
    });
    const run = (cases: string) =>
      parity(['run', '--self-check', '--no-tracker', '--cases', cases], { cwd, env: { BRACES: secret } });
    const sent = await run('sent');
    const heads = seen.map((text) => /"x-s":"([^"]*)","x-t":"([^"]*)"/.exec(text)?.slice(1).join(' '));
    expect([sent.exitCode, [...new Set(heads)]], sent.stderr).toEqual([0, [`${secret} ${secret}`]]);
    const broken = await run('broken');
    expect([broken.exitCode, broken.stderr.match(/braces|end|\{a/g)], broken.stderr).toEqual([2, null]);
  });

  it.each(Object.entries(auths))(
    'of a header, a query, a path, a body, a cookie, a row, a session and %s',
    async (_, auth) => {
      const [a, b] = [await echoing(false), await echoing(true)];
      const target = (url: string) => `{ url: "${url}", headers: { x-own: "\${OWN_HEADER}" }, auth: ${auth} }`;
      const cwd = await folder({
        'parity.yaml': `targets:\n  a: ${target(a.url)}\n  b: ${target(b.url)}\ntracker: TRACKER.md\ncompare: { headers: [content-type, location, x-split, x-percent, set-cookie] }\n`,
        'cases/s.yaml': cases,
        'cases/_rows.jsonl': '{"n":1}\n{"n":2}\n',
        'broken/b.yaml': `values: { p: "\${PATH_KEY}" }\ncases: [{ id: b, request: { method: PUT, path: /, file: "{{p}}.bin" } }]\n`,
      });
      const own = { ...env, PATH_KEY: env.PATH!, PATH: process.env.PATH ?? '', PARITY_DEBUG: '1', FORCE_COLOR: '0' };
      const outputs = new Map<string, Buffer>();
      const run = async (...args: string[]): Promise<Ended> => {
        const ended = await parity(args, { cwd, env: own });
        outputs.set(`${args.join(' ')} > stdout`, Buffer.from(ended.stdout));
        outputs.set(`${args.join(' ')} > stderr`, Buffer.from(ended.stderr));
        return ended;
      };
      const ran = await run('run', '--reporter', 'terminal,json,md,html,junit,github,sarif,har');
      expect([ran.exitCode, newestReport(cwd).counts.divergent], ran.stderr).toEqual([1, 9]);
      const places = newestReport(cwd).cases.flatMap(({ divergences }) => divergences);
      for (const pointer of ['/access_token', '/deep/0/user/password', '/set-cookie'])
        expect([pointer, places.find((one) => one.pointer === pointer)]).toEqual([
          pointer,
          expect.objectContaining({ reference: expect.stringContaining('***') }),
        ]);
      expect(places.find(({ pointer }) => pointer === '/access_token')?.candidate).toBe(
        '"***" (another value, masked)',
      );
      const shown = newestReport(cwd).findings[0]!.id;
      const tracked = /P-[0-9A-F]+/.exec(readFileSync(join(cwd, 'TRACKER.md'), 'utf8'))?.[0] ?? shown;
      await run('run', '--json', '--shard', '1/1');
      await run('run', '--dry-run');
      await run('report', 'latest');
      await run('replay', shown);
      await run('noise', '--runs', '2');
      await run('doctor');
      await run('tracker', 'show', tracked);
      await run('probe', '--from', 's/json', '--list');
      await run('probe', '--from', 's/json', '--only', 'missing', '--write', 'cases/probes.jsonl');
      await run('run', '--target', `c=http://ada:${env.BEARER}@127.0.0.1:1`);
      // A secret in the name of a file that is not there.
      await run('run', '--cases', 'broken');
      expect(outputs.get('run --cases broken > stderr')?.toString()).toContain('there is no file ');
      for (const path of filesBelow(cwd))
        if (!/parity\.yaml$|(?:s|b)\.yaml$|_rows\.jsonl$/.test(path))
          outputs.set(path.slice(cwd.length), readFileSync(path));
      const everything = [...a.seen, ...b.seen].join('\n');
      const used = canaries.filter((one) => everything.includes(one));
      expect(used.length).toBeGreaterThanOrEqual(10);
      expect([...outputs.keys()].filter((name) => name.includes('run.jsonl')).length).toBeGreaterThan(2);
      expect(leaks(outputs)).toEqual([]);
    },
  );
});

import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';

let service: Server;
let url: string;

/** Orders get an id from the session that a login sets; each service makes other ids. */
beforeAll(async () => {
  let next = 100;
  service = createServer((request, response) => {
    request.resume();
    const path = request.url ?? '';
    const say = (status: number, body: object, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    };
    if (path === '/login') return say(200, { ok: true }, { 'set-cookie': 'sid=live-session-77; Path=/' });
    if (!request.headers.cookie?.includes('sid=live-session-77')) return say(401, { error: 'no session' });
    if (request.method !== 'POST') return say(path === `/orders/ord-${next}` ? 200 : 404, { id: path.split('/')[2] });
    next += 1;
    return say(201, { id: `ord-${next}` });
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
});

afterAll(() => void service.close().closeAllConnections());

type Pairs = Readonly<Record<string, string>>;

const named = (pairs: Pairs) => Object.entries(pairs).map(([name, value]) => ({ name, value }));

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers?: Pairs;
  readonly type?: string;
  readonly body?: string;
  readonly status: number;
  readonly answered?: Pairs;
  readonly answer: unknown;
}

function har(entries: readonly Asked[]): string {
  return JSON.stringify({
    log: {
      version: '1.2',
      entries: entries.map((one, at) => ({
        startedDateTime: new Date(1_790_000_000_000 + at * 1000).toISOString(),
        request: {
          method: one.method,
          url: `https://shop.example${one.path}`,
          headers: named(one.headers ?? {}),
          ...(one.body === undefined ? {} : { postData: { mimeType: one.type ?? 'application/json', text: one.body } }),
        },
        response: {
          status: one.status,
          headers: named({ 'content-type': 'application/json', ...one.answered }),
          content: { text: typeof one.answer === 'string' ? one.answer : JSON.stringify(one.answer) },
        },
      })),
    },
  });
}

/** Everything that is below a folder, as one text. */
function written(cwd: string): string {
  const files = readdirSync(cwd, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n');
}

const number = (at: number) => `S${String(at).padStart(2, '0')}x9k2m7q4`;
const secrets = Array.from({ length: 40 }, (_, at) => number(at));
const webToken = (payload: string) =>
  `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(`{"sub":"${payload}"}`).toString('base64url')}.c2lnbmF0dXJlLXg`;

const planted: readonly Asked[] = [
  {
    ...{
      method: 'POST',
      path: `/a?api_key=${secrets[0]}&access_token=${secrets[1]}&sig=${secrets[2]}&key=${secrets[3]}`,
    },
    headers: {
      authorization: `Bearer ${secrets[4]}`,
      'x-api-key': secrets[5]!,
      'x-auth-token': secrets[6]!,
      'proxy-authorization': `Basic ${Buffer.from(`u:${secrets[7]}`).toString('base64')}`,
      cookie: `sid=${secrets[8]}; theme=${secrets[9]}`,
      'x-csrf-token': secrets[10]!,
      'x-amz-security-token': secrets[11]!,
      referer: `https://shop.example/?token=${secrets[12]}`,
    },
    body: JSON.stringify({
      password: secrets[13],
      nested: [{ clientSecret: secrets[14] }, { refresh_token: secrets[15], jwt: webToken(secrets[16]!) }],
      inner: JSON.stringify({ api_key: secrets[17] }),
      link: `https://ann:${secrets[18]}@db.example/x`,
      stripe: `sk_live_${secrets[19]}`,
    }),
    status: 200,
    answered: { 'set-cookie': `session=${secrets[20]}; HttpOnly`, 'x-session-id': secrets[21]! },
    answer: { access_token: secrets[22], user: { secretKey: secrets[23], passphrase: secrets[24] }, echo: secrets[4] },
  },
  {
    ...{ method: 'POST', path: '/form', type: 'application/x-www-form-urlencoded' },
    headers: { authorization: `Basic ${Buffer.from(`ann:${secrets[25]}`).toString('base64')}` },
    body: `user=ann&password=${secrets[26]}&client_secret=${secrets[27]}&otp=${secrets[28]}&code=${secrets[29]}`,
    status: 201,
    answered: { location: `/sessions/1?access_token=${secrets[30]}` },
    answer: `{"token": "${secrets[31]}", "url": "/x?api_key=${secrets[32]}"}`,
  },
  {
    ...{ method: 'POST', path: '/parts', type: 'multipart/form-data; boundary=b' },
    headers: { authorization: secrets[33]!, 'x-signature': secrets[34]! },
    body: `--b\r\ncontent-disposition: form-data; name="password"\r\n\r\n${secrets[35]}\r\n--b\r\ncontent-disposition: form-data; name="api_token"\r\ncontent-type: text/plain\r\n\r\n${secrets[36]}\r\n--b--\r\n`,
    status: 200,
    answer: `<user><password>${secrets[37]}</password><apiKey kind="x">${secrets[38]}</apiKey></user>`,
  },
  {
    ...{ method: 'GET', path: '/bearer', headers: { authorization: `Bearer ${webToken('other')}` } },
    ...{ status: 200, answer: { note: `Bearer ${webToken(secrets[39]!)}` } },
  },
];

describe('parity import', () => {
  it('links ids and cookies of a HAR file, and its cases run on a live service against its recorded answers', async () => {
    const session = { cookie: 'sid=old-session-11', 'user-agent': 'x' };
    const content = har([
      {
        method: 'POST',
        path: '/login',
        status: 200,
        answer: { ok: true },
        answered: { 'set-cookie': 'sid=old-session-11; Path=/' },
      },
      {
        method: 'POST',
        path: '/orders',
        headers: session,
        body: '{"item":"pen"}',
        status: 201,
        answer: { id: 'ord-5' },
      },
      { method: 'GET', path: '/orders/ord-5', headers: session, status: 200, answer: { id: 'ord-5' } },
    ]);
    const cwd = await folder({
      'shop.har': content,
      'parity.yaml': `reference: old\ntargets:\n  old: { recorded: cases/shop.yaml.recorded }\n  new: ${url}\ncases: [cases]\n`,
    });
    const imported = await parity(['import', 'auto', 'shop.har', '--to', 'cases/shop.yaml'], { cwd });
    expect(imported.stdout).toMatch(/^imported 1 cases, merged 2, left out 0 of 3$/m);
    expect(readFileSync(join(cwd, 'cases/shop.yaml'), 'utf8')).not.toContain('old-session-11');
    const ran = await parity(['run', '--reporter', 'json'], { cwd, env: { COOKIE_SID: 'recorded-session' } });
    const { verdict, cases } = newestReport(cwd);
    expect([ran.exitCode, verdict, cases.map(({ outcome }) => outcome)], ran.stderr).toEqual([0, 'parity', ['match']]);
  });

  it('writes none of 40 secrets to the disk', async () => {
    const cwd = await folder();
    const source = await folder({ 'planted.har': har(planted) });
    const args = ['import', 'har', join(source, 'planted.har'), '--to', 'cases/x.yaml', '--all'];
    const { exitCode, stdout, stderr } = await parity(args, { cwd });
    expect(exitCode, stderr).toBe(0);
    const all = `${written(cwd)}\n${stdout}`;
    const spellings = (secret: string) => [secret, Buffer.from(secret).toString('base64').slice(0, 14)];
    expect(secrets.filter((secret) => spellings(secret).some((one) => all.includes(one)))).toEqual([]);
    expect(all).not.toContain(webToken(secrets[16]!));
    expect(stdout).toMatch(/^imported 4 cases, merged 0, left out 0 of 4$/m);
  });

  it('never overwrites a file, appends where it is asked to, and what is written loads', async () => {
    const cwd = await folder({ 'a.txt': 'curl https://h/a\ncurl https://h/a?x=1 -d y=1\n' });
    const line = (...more: string[]) => parity(['import', 'curl', 'a.txt', ...more], { cwd });
    const run = () =>
      parity(
        [
          'run',
          '--dry-run',
          '--target',
          'a=http://127.0.0.1:9',
          '--target',
          'b=http://127.0.0.1:8',
          '--cases',
          'cases',
        ],
        { cwd },
      );
    expect((await line()).exitCode).toBe(0);
    const again = await line();
    expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('PX2912')]);
    expect((await line('--append')).exitCode).toBe(0);
    expect((await run()).stdout).toBe(
      ['get-a', 'post-a', 'get-a-2', 'post-a-2']
        .map((id) => `imported/${id}\n  ${id.startsWith('get') ? 'GET /a' : 'POST /a?x=1'}\n`)
        .join(''),
    );
    expect((await line('--force', '--to', 'cases/imported.yaml')).exitCode).toBe(0);
    expect((await run()).stdout.match(/imported\//g)?.length).toBe(2);
  });

  it('prints exactly one document with --json, whose counts add up', async () => {
    const cwd = await folder({
      'a.log': '1.2.3.4 - - [10/Oct/2026:13:55:36 +0000] "GET /a HTTP/1.1" 200 5\n'.repeat(3).concat('rubbish\n'),
    });
    const { stdout, exitCode } = await parity(['import', 'access-log', 'a.log', '--json'], { cwd });
    expect([exitCode, JSON.parse(stdout)]).toEqual([
      0,
      {
        ...{ schema: 'parity-import/1', read: 4, cases: 1, merged: 2, variables: [], notes: [] },
        leftOut: [{ reason: 'a line of no known format', count: 1, example: 'a.log:4 rubbish' }],
      },
    ]);
  });

  it.each<readonly [title: string, args: readonly string[], exitCode: number, message: string]>([
    ['a file of another format', ['har', 'a.txt'], 2, 'a.txt:1:1'],
    ['a file that is not there', ['har', 'none.har'], 2, 'PX2911'],
    ['an invalid format', ['hra', 'a.txt'], 2, 'har'],
    ['a file that is not a case file', ['curl', 'a.txt', '--to', 'x.txt'], 2, '--to'],
    ['nothing that can be carried over', ['curl', 'a.txt'], 3, 'nothing was imported'],
  ])('ends with an exit code of the contract for %s', async (_, args, exitCode, message) => {
    const cwd = await folder({ 'a.txt': 'curl -d @file https://h/a\n' });
    const ended = await parity(['import', ...args], { cwd });
    expect([ended.exitCode, ended.stderr]).toEqual([exitCode, expect.stringContaining(message)]);
    expect(readdirSync(cwd)).toEqual(['a.txt']);
  });
});

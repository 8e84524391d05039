import { randomBytes, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { started } from './service.ts';

/** What a server answers, the number of the answer given. */
type Answer = (n: number) => { type?: string; headers?: Record<string, string | string[]>; body?: string };

const answering = (answer: Answer) =>
  started((_, { length }) => {
    const { type = 'application/json', headers = {}, body = '{}' } = answer(length);
    return [200, body, { 'content-type': type, ...headers }];
  });

async function compare([a, b]: readonly [Answer, Answer], more = {}) {
  const cases = { suite: 's', cases: [{ id: 'x', request: { path: '/x' }, ...more }] };
  const cwd = await folder({ 'cases/s.json': JSON.stringify(cases) });
  const [one, two] = [await answering(a), await answering(b)];
  const ended = await parity(['run', '--target', `a=${one.url}`, '--target', `b=${two.url}`], { cwd });
  one.close();
  two.close();
  const places = newestReport(cwd).cases.flatMap(({ divergences }) => divergences);
  return { exit: ended.exitCode, places: places.filter((each) => each.finding !== null).map((each) => each.pointer) };
}

/** Never the same twice; no format that has a name. */
const anew = () => `r${randomBytes(8).toString('hex').slice(1)}`;
const json =
  (make: (n: number) => unknown): Answer =>
  (n) => ({ body: JSON.stringify(make(n)) });
const text =
  (type: string, make: () => string): Answer =>
  () => ({ type, body: make() });
const header =
  (name: string, make: (n: number) => string | string[]): Answer =>
  (n) => ({ headers: { [name]: make(n) } });
const ids = (total: number) => json(() => ({ ids: Array.from({ length: 1001 }, () => randomUUID()), total }));
const role = (name: string) =>
  json(() => [
    { k: 'ts', v: anew() },
    { k: 'role', v: name },
  ]);
const lists = (second: string[]) => json((n) => [n % 2 === 0 ? ['x', 'y', 'z'] : ['z', 'y', 'x'], second]);
const events = (second: string) => text('text/event-stream', () => `data: ${anew()}\n\ndata: ${second}\n\n`);
const parts = (second: string) =>
  text('multipart/mixed; boundary=B', () => {
    const part = (body: string) => `--B\r\nContent-Type: text/plain\r\n\r\n${body}\r\n`;
    return `${part(anew())}${part(second)}--B--\r\n`;
  });
const compareHeader = (name: string) => ({ compare: { headers: [name] } });
const cookie = (make: () => string | string[]) => header('Set-Cookie', make);
const now = (ahead: number) => new Date(Date.now() + ahead).toISOString();
const clock = (ahead: number) => json(() => ({ at: now(ahead) }));
const page = (ahead: number) => text('text/html', () => `<p>${anew()}</p><p>at ${now(ahead)}</p>`);
const line = (ahead: number) => json(() => ({ log: `${anew()} at ${now(ahead).slice(0, 19).replace('T', ' ')} ok` }));
const shuffled = (ahead: number) =>
  json((n) => [1, 2, 3].map((_, at) => ({ name: 'abc'[(n + at) % 3], seen: now(ahead) })));
/** Something new, numbered, with its address. */
const created =
  (other: (id: string) => string): Answer =>
  (n) => {
    const id = String(41 + n);
    return { headers: { Location: `/v1/things/${other(id)}` }, body: JSON.stringify({ id, n: 1 }) };
  };
const linked = (id: string, other = id) => ({ id, self: `/v1/things/${id}`, href: `urn:thing:${other}` });
const owned = (id: string, other = id) => ({
  id,
  items: [
    { sku: 'a', order: other },
    { sku: 'b', order: other },
  ],
});
const kept = () => `sid=${anew()}; HttpOnly; Secure`;

it.concurrent.each<[string, Answer, Answer, string[], object?]>([
  ['a thousand ids', ids(5), ids(7), ['/total']],
  [
    'a token in HTML',
    text('text/html', () => `<p>csrf=${anew()}</p><p>Total 5</p>`),
    text('text/html', () => `<h1>Internal error</h1> ${anew()}`),
    [''],
  ],
  [
    'a token in text',
    text('text/plain', () => `balance 5 ${anew()}`),
    text('text/plain', () => `balance 999 ${anew()}`),
    [''],
  ],
  [
    'a token in XML',
    text('application/xml', () => `<a><n>5</n><t>${anew()}</t></a>`),
    text('application/xml', () => `<a><n>6</n><t>${anew()}</t></a>`),
    ['/a/n'],
  ],
  [
    'a token in a string',
    json(() => ({ s: `user ${anew()} made` })),
    json(() => ({ s: `error ${anew()} met` })),
    ['/s'],
  ],
  ['a token in another item', role('admin'), role('guest'), ['/1/v']],
  ['another item', json(() => [anew(), 'admin']), json(() => [anew(), 'guest']), ['/1']],
  ['another event', events('admin'), events('guest'), ['/1/data']],
  ['another part', parts('admin'), parts('guest'), ['/parts/1']],
  ['another order of a list', lists(['a', 'b', 'c']), lists(['c', 'b', 'a']), ['/1']],
  [
    'a cookie',
    cookie(kept),
    cookie(() => `other=${anew()}; HttpOnly; Secure`),
    ['/set-cookie'],
    compareHeader('set-cookie'),
  ],
  ['what guards a cookie', cookie(kept), cookie(() => `sid=${anew()}`), ['/set-cookie'], compareHeader('set-cookie')],
  [
    'one cookie of two',
    cookie(() => [kept(), 'a=1']),
    cookie(() => ['a=2; HttpOnly', kept()]),
    ['/set-cookie'],
    compareHeader('set-cookie'),
  ],
  [
    'how long a cookie lasts',
    cookie(() => `sid=${anew()}; Max-Age=3600`),
    cookie(() => `sid=${anew()}; Max-Age=86400`),
    ['/set-cookie'],
    compareHeader('set-cookie'),
  ],
  ['an hour between two clocks', clock(0), clock(3600_000), ['/at']],
  ['an hour between two clocks in HTML', page(0), page(3600_000), ['']],
  ['an hour between two clocks in a string', line(0), line(-3600_000), ['/log']],
  ['an hour between the clocks in a shuffled list', shuffled(0), shuffled(3600_000), ['/0/seen', '/1/seen', '/2/seen']],
  [
    'a link',
    header('Link', () => `</p?c=${anew()}>; rel="next"`),
    header('Link', () => `</p?c=${anew()}>; rel="prev"`),
    ['/link'],
    compareHeader('link'),
  ],
  [
    'a location of any number of pieces',
    header('Location', (n) => `/login?state=${n % 2 === 0 ? 'ab/cd' : 'abcdef'}${n}`),
    header('Location', (n) => `/error?state=${n % 2 === 0 ? 'xyz' : 'x/yz'}${n}`),
    ['/location'],
  ],
  ['where a new resource is', created((u) => u), created(anew), ['/location']],
  ['an address within a body', json(() => linked(anew())), json(() => linked(anew(), anew())), ['/href']],
  ['whose item it is', json(() => owned(anew())), json(() => owned(anew(), anew())), ['/items/0/order']],
  [
    'white space, which level wire asks for',
    () => ({ body: `{"id": "${randomUUID()}", "n": 1}\n` }),
    () => ({ body: `{"id":"${randomUUID()}","n":1}` }),
    [''],
    { compare: { level: 'wire' } },
  ],
])('noise hides nothing beside it: %s', async (_, a, b, places, more) => {
  expect(await compare([a, b], more)).toEqual({ exit: 1, places });
  expect(await compare([a, a], more)).toEqual({ exit: 0, places: [] });
  expect(await compare([b, b], more)).toEqual({ exit: 0, places: [] });
});

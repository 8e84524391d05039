import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { type Reply, serving } from './service.ts';

/** What is answered where a value is shown: a body, and headers. */
type Shown = readonly [body: unknown, headers?: Record<string, string>];
type Form = readonly [name: string, shown: (value: string) => Shown];

const base64 = (text: string) => Buffer.from(text).toString('base64');
const base64url = (text: string) => Buffer.from(text).toString('base64url');
const escaped = (text: string) => text.replace(/[a-z0-9]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
const html = { 'content-type': 'text/html' };

/** Each form is a path that both sides answer with the value in that form: the outcome of each. */
async function outcomes(forms: readonly Form[], sides: readonly [Side, Side], compare: object = {}) {
  const targets: string[] = [];
  for (const [at, side] of sides.entries()) {
    const { url } = await serving(({ method, path }): Reply => {
      if (method === 'POST') return [201, JSON.stringify({ id: side.own })];
      const [body, headers] = forms.find(([name]) => path.startsWith(`/${name}/`))![1](side.shows(targets));
      return [200, typeof body === 'string' ? body : JSON.stringify(body), headers ?? {}];
    });
    targets[at] = url;
  }
  const create = { request: { method: 'POST', path: '/orders', json: {} }, capture: { id: { pointer: '/id' } } };
  const cases = forms.map(([id]) => ({ id, safe: true, steps: [create, { request: { path: `/${id}/{{id}}` } }] }));
  const cwd = await folder({ 'cases/s.json': JSON.stringify({ suite: 's', compare, cases }) });
  const named = ['--target', `old=${targets[0]}`, '--target', `new=${targets[1]}`];
  await parity(['run', ...named, '--noise', '0'], { cwd });
  const found = newestReport(cwd).cases.map(({ id, outcome }) => `${id.replace('s/', '')}: ${outcome}`);
  return found.sort();
}

interface Side {
  /** The id that it gives to what it creates. */
  readonly own: string;
  readonly shows: (targets: readonly string[]) => string;
}

const all = (forms: readonly Form[], outcome: string) => forms.map(([name]) => `${name}: ${outcome}`).sort();

const anywhere: readonly Form[] = [
  ['a-string', (id) => [{ ref: id }]],
  ['a-segment', (id) => [{ ref: `/orders/${id}/lines` }]],
  ['a-word', (id) => [{ ref: `order ${id} is ready` }]],
  ['capitals', (id) => [{ ref: id.toUpperCase() }]],
  ['capitals-in-a-path', (id) => [{ ref: `/orders/${id.toUpperCase()}` }]],
  ['a-key', (id) => [{ orders: { [id]: 1 } }]],
  ['a-key-among-others', (id) => [{ orders: { z: 1, [id]: { n: 2 }, y: 3 } }]],
  ['a-key-in-capitals', (id) => [{ [id.toUpperCase()]: 1 }]],
  ['base64', (id) => [{ ref: base64(id) }]],
  ['base64url', (id) => [{ ref: base64url(id) }]],
  ['base64-with-more-in-it', (id) => [{ ref: base64(`order:${id}`) }]],
  ['base64-of-json', (id) => [{ ref: base64url(JSON.stringify({ after: id, n: 1 })) }]],
  ['base64-in-a-query', (id) => [{ next: `/orders?after=${encodeURIComponent(base64(`id:${id}`))}` }]],
  ['base64-as-a-key', (id) => [{ [base64(id)]: 1 }]],
  ['percent-encoded', (id) => [{ ref: encodeURIComponent(id) }]],
  ['percent-encoded-path', (id) => [{ ref: `/login?next=${encodeURIComponent(`/orders/${id}`)}` }]],
  ['each-sign-percent-encoded', (id) => [{ ref: escaped(id) }]],
  ['header-location', (id) => [{}, { location: `/orders/${encodeURIComponent(id)}` }]],
  ['header-link', (id) => [{}, { link: `</orders/${encodeURIComponent(id)}>; rel="self"` }]],
  ['header-in-capitals', (id) => [{}, { link: `</orders/${encodeURIComponent(id.toUpperCase())}>; rel="self"` }]],
  ['header-disposition', (id) => [{}, { 'content-disposition': `attachment; filename="${base64url(id)}.txt"` }]],
  ['header-challenge', (id) => [{}, { 'www-authenticate': `Bearer scope="order:${id}"` }]],
  ['cookie-path', (id) => [{}, { 'set-cookie': `s=1; Path=/orders/${encodeURIComponent(id)}` }]],
  ['a-text', (id) => [`order ${id.toUpperCase()}`, { 'content-type': 'text/plain' }]],
  ['a-text-with-base64', (id) => [`order ${base64(`id:${id}`)}`, { 'content-type': 'text/plain' }]],
  ['xml', (id) => [`<o><ref>${id.toUpperCase()}</ref></o>`, { 'content-type': 'application/xml' }]],
];

/** Short values and words are recognised at places that may hold them. */
const byName: readonly Form[] = [
  ['a-string', (id) => [{ id }]],
  ['a-list', (id) => [{ ids: [id] }]],
  ['a-key', (id) => [{ ids: { [id]: 1 } }]],
  ['capitals', (id) => [{ id: id.toUpperCase() }]],
  ['base64', (id) => [{ order_id: base64(id) }]],
  ['header-location', (id) => [{}, { location: `/orders/${id}` }]],
  ['header-link', (id) => [{}, { link: `</orders/${id}>; rel="self", </orders>; rel="up"` }]],
  ['percent-encoded-path', (id) => [{ ref: `/login?next=${encodeURIComponent(`/orders/${id}`)}` }]],
];

it.each<readonly [string, forms: readonly Form[], a: string, b: string]>([
  ['of letters and digits', anywhere, 'aaaaaa1', 'bbbbbb2'],
  ['that are UUIDs', anywhere, '0b0e1e6e-6a3c-4a5e-9f0e-1d2c3b4a5f60', '1b0e1e6e-6a3c-4a5e-9f0e-1d2c3b4a5f60'],
  ['with reserved characters', anywhere, 'k1 a/b+c==', 'm2 d/e+f=='],
  ['that are short numbers', byName, '7', '8'],
  ['that are words', byName, 'quick', 'sleek'],
])(
  'captured values %s are equal in each spelling, and that of the reference is none of the candidate',
  async (...row) => {
    const [, forms, a, b] = row;
    const reference = { own: a, shows: () => a };
    expect(await outcomes(forms, [reference, { own: b, shows: () => b }])).toEqual(all(forms, 'match'));
    expect(await outcomes(forms, [reference, { own: b, shows: () => a }])).toEqual(all(forms, 'divergent'));
  },
);

it('numbers that are the captured ones by chance differ', async () => {
  const forms: readonly Form[] = [
    ['of-messages', (id) => [{ unread: Number(id) }]],
    ['of-a-sum', (id) => [{ id: Number(id), total: Number(id) }]],
    ['of-pages', (id) => [{ id: Number(id), pages: { count: Number(id) } }]],
    ['of-places', (id) => [`<o><seats>${id}</seats></o>`, { 'content-type': 'application/xml' }]],
  ];
  const sides = ['101', '202'].map((own) => ({ own, shows: () => own }));
  expect(await outcomes(forms, [sides[0]!, sides[1]!])).toEqual(all(forms, 'divergent'));
});

const host = (origin: string) => new URL(origin).host;

const ofOrigins: readonly Form[] = [
  ['a-link', (at) => [{ next: `${at}/x` }]],
  ['the-origin-alone', (at) => [{ base: at }]],
  ['a-key', (at) => [{ links: { [`${at}/x`]: 1 } }]],
  ['a-key-with-a-host', (at) => [{ [host(at)]: { n: 1 } }]],
  ['percent-encoded', (at) => [{ next: `/login?next=${encodeURIComponent(`${at}/x`)}` }]],
  ['percent-encoded-in-small-letters', (at) => [{ next: encodeURIComponent(at).toLowerCase() }]],
  ['percent-encoded-as-a-key', (at) => [{ [encodeURIComponent(at)]: 1 }]],
  ['without-a-scheme', (at) => [{ next: `//${host(at)}/x` }]],
  ['a-host', (at) => [{ host: host(at) }]],
  ['a-host-in-a-text', (at) => [{ error: `dial ${host(at)}: refused` }]],
  ['at-the-end-of-a-sentence', (at) => [{ error: `see ${at}.` }]],
  ['capitals', (at) => [{ next: `${at.toUpperCase()}/x` }]],
  ['with-a-user', (at) => [{ next: `${at.replace('//', '//u:p@')}/x` }]],
  ['by-another-name', (at) => [{ next: `${at.replace('127.0.0.1', 'localhost')}/x` }]],
  ['another-scheme', (at) => [{ next: `${at.replace('http', 'ws')}/x` }]],
  ['in-escaped-slashes', (at) => [`<script>u="${at.replaceAll('/', '\\/')}"</script>`, html]],
  ['a-page', (at) => [`<a href="//${host(at)}/x">`, html]],
  ['xml', (at) => [`<o><a href="${at}/x">1</a></o>`, { 'content-type': 'application/xml' }]],
  ['a-form', (at) => [`a=1&next=${encodeURIComponent(at)}`, { 'content-type': 'application/x-www-form-urlencoded' }]],
  ['header-challenge', (at) => [{}, { 'www-authenticate': `Bearer realm="${at}/token"` }]],
  ['header-cors', (at) => [{}, { 'access-control-allow-origin': at }]],
  ['header-refresh', (at) => [{}, { refresh: `5; url=${at}/x` }]],
  ['header-policy', (at) => [{}, { 'content-security-policy': `default-src 'self' ${at}; img-src ${host(at)}` }]],
  ['header-link-parameter', (at) => [{}, { link: `</x>; rel="next"; anchor="${at}/y"` }]],
  ['header-location-query', (at) => [{}, { location: `/login?next=${encodeURIComponent(at)}` }]],
];

/** A client follows them: they are resolved, whatever `origins` is. */
const followed: readonly Form[] = [
  ['location', (at) => [{}, { location: `${at}/x` }]],
  ['location-with-a-user', (at) => [{}, { location: `${at.replace('//', '//u@')}/x` }]],
  ['location-in-capitals', (at) => [{}, { location: `${at.toUpperCase()}/x` }]],
  ['location-by-another-name', (at) => [{}, { location: `${at.replace('127.0.0.1', 'localhost')}/x` }]],
  ['location-without-a-scheme', (at) => [{}, { location: `//${host(at)}/x` }]],
  ['location-with-odd-signs', (at) => [{}, { location: `${at}/a|b` }]],
  ['link', (at) => [{}, { link: `<//${host(at)}/x>; rel="next"` }]],
  ['content-location', (at) => [{}, { 'content-location': `${at}/x` }]],
];

it.each<readonly [string, forms: readonly Form[], origins: boolean]>([
  ['with origins: true', [...ofOrigins, ...followed], true],
  ['in headers that a client follows', followed, false],
])('own origins are equal %s, and where the candidate leads to the reference it differs', async (_, forms, origins) => {
  const headers = ['location', 'link', 'content-location', 'www-authenticate', 'access-control-*', 'refresh'];
  const compare = { origins, headers: [...headers, 'content-security-policy'] };
  const own = (at: 0 | 1): Side => ({ own: 'x', shows: (targets) => targets[at]! });
  expect(await outcomes(forms, [own(0), own(1)], compare)).toEqual(all(forms, 'match'));
  expect(await outcomes(forms, [own(0), own(0)], compare)).toEqual(all(forms, 'divergent'));
});

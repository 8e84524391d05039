import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportDocument } from '../../src/report/document/document.ts';
import { folder, newestReport, parity } from './command.ts';
import { type Service, started } from './service.ts';

type Values = string | (() => string) | null;
type Row = readonly [header: string, reference: Values, candidate: Values];

const session = (attributes: string) => () => `sid=${randomUUID()}${attributes}`;
const dated = (days: number) => () => new Date(Date.now() + days * 86_400_000).toUTCString();

/** A client can see the difference. */
const apart: readonly Row[] = [
  ['set-cookie', session('; Path=/; HttpOnly; Secure'), session('; Path=/; HttpOnly')],
  ['set-cookie', session('; Path=/; HttpOnly; Secure'), session('; Path=/; Secure')],
  ['set-cookie', 'theme=dark; SameSite=Lax', 'theme=dark; SameSite=None'],
  ['set-cookie', session('; HttpOnly'), null],
  ['set-cookie', 'theme=dark', 'color=dark'],
  ['etag', '"a1"', null],
  ['etag', null, 'W/"a1"'],
  ['etag', '"a1"', 'W/"a1"'],
  ['etag', '"a1"', 'a1'],
  ['vary', 'accept', null],
  ['vary', 'accept, origin', 'accept'],
  ['link', '</a?page=2>; rel="next"', null],
  ['link', '</a?page=2>; rel="next"', '</a?page=2>; rel="prev"'],
  ['content-disposition', 'attachment; filename="a.csv"', 'inline; filename="a.csv"'],
  ['content-disposition', 'attachment; filename="a.csv"', null],
  ['content-language', 'en', 'de'],
  ['content-range', 'bytes 0-1/10', 'bytes 0-1/*'],
  ['accept-ranges', 'bytes', 'none'],
  ['access-control-allow-origin', '*', null],
  ['access-control-allow-origin', '*', 'https://app.test'],
  ['access-control-allow-credentials', 'true', null],
  ['access-control-allow-headers', 'x-one, x-two', 'x-one'],
  ['access-control-allow-methods', 'GET, PATCH', 'GET, patch'],
  ['access-control-expose-headers', 'etag, link', 'link'],
  ['access-control-max-age', '600', '60'],
  ['access-control-allow-private-network', 'true', null],
  ['strict-transport-security', 'max-age=31536000; includeSubDomains', 'max-age=31536000'],
  ['strict-transport-security', 'max-age=31536000', 'max-age=0'],
  ['strict-transport-security', 'max-age=31536000', null],
  ['deprecation', '@1688169599', null],
  ['deprecation', '@1688169599', '@1719791999'],
  ['sunset', 'Wed, 31 Dec 2031 23:59:59 GMT', 'Fri, 31 Dec 2032 23:59:59 GMT'],
  ['sunset', 'Wed, 31 Dec 2031 23:59:59 GMT', null],
];

/** Another spelling of the same, or a value that each answer makes for itself. */
const alike: readonly Row[] = [
  ['set-cookie', session('; Path=/; HttpOnly; Secure'), session('; secure; httponly; path=/')],
  ['etag', '"a1"', '"b2"'],
  ['etag', () => `"${randomUUID()}"`, () => `"${randomUUID()}"`],
  ['etag', 'W/"a1"', 'W/"b2"'],
  ['vary', 'Accept, Origin', 'origin,accept'],
  ['link', '</a?page=2>; rel="next"', '</a?page=2>;rel=next'],
  ['content-disposition', 'attachment; filename="a.csv"', 'Attachment;filename=a.csv'],
  ['content-language', 'en-GB', 'en-gb'],
  ['content-range', 'bytes 0-1/10', 'Bytes 0-1/10'],
  ['accept-ranges', 'bytes', 'Bytes'],
  ['access-control-allow-headers', 'X-One, x-two', 'X-TWO,x-one'],
  ['access-control-allow-methods', 'GET, PATCH', 'PATCH,GET'],
  ['access-control-expose-headers', 'ETag, Link', 'link, etag'],
  ['access-control-max-age', '600', '0600'],
  ['strict-transport-security', 'max-age=31536000; includeSubDomains', 'includesubdomains;max-age="31536000"'],
  ['deprecation', '@1688169599', '@01688169599'],
  ['sunset', 'Wed, 31 Dec 2031 23:59:59 GMT', 'Wed Dec 31 23:59:59 2031'],
  ['sunset', dated(30), dated(30)],
];

const rows = [...apart, ...alike];

function answering(side: 1 | 2): Promise<Service> {
  return started(({ path }) => {
    const [name = '', ...values] = rows[Number(path.slice('/rows/'.length))] ?? [];
    const value = values[side - 1];
    const text = typeof value === 'function' ? value() : value;
    return [200, '{"ok":true}', text == null ? {} : { [name]: text }];
  });
}

const services: Service[] = [];
beforeAll(async () => {
  services.push(await answering(1), await answering(2));
});
afterAll(() => {
  for (const { close } of services) close();
});

/** The outcome and the pointers of each case, GET and POST for each row, from one run. */
async function outcomes(compare: string): Promise<ReadonlyMap<string, string>> {
  const [a, b] = services;
  const cases = rows.flatMap((_, at) =>
    ['GET', 'POST'].map((method) => `  - { id: ${method}-${at}, request: { method: ${method}, path: /rows/${at} } }`),
  );
  const cwd = await folder({
    'parity.yaml': `targets: { a: "${a?.url}", b: "${b?.url}" }\n${compare}`,
    'cases/s.yaml': `cases:\n${cases.join('\n')}\n`,
  });
  await parity(['run'], { cwd });
  const said = ({ id, outcome, divergences }: ReportDocument['cases'][number]) =>
    [id.replace(/^.*\//, ''), [outcome, ...divergences.map(({ pointer }) => pointer)].join(' ')] as const;
  return new Map(newestReport(cwd).cases.map(said));
}

const shown = (values: Values) => (typeof values === 'function' ? `${values().replace(/[\d-]+/, '…')}` : values);

describe('the headers that a client can see are compared by default', () => {
  let found: ReadonlyMap<string, string>;
  beforeAll(async () => {
    found = await outcomes('');
  });

  it.each(rows.map(([name, a, b], at) => ({ name, a: shown(a), b: shown(b), at })))(
    '$name: $a against $b, row $at',
    ({ name, at }) => {
      const expected = at < apart.length ? `divergent /${name}` : 'match';
      expect([found.get(`GET-${at}`), found.get(`POST-${at}`)]).toEqual([expected, expected]);
    },
  );
});

describe('a pattern in `compare.headers`', () => {
  it('compares every header with its prefix and no other', async () => {
    const found = await outcomes('compare: { headers: ["Access-Control-*"] }\n');
    const cors = apart.map(([name], at) => [name.startsWith('access-control-'), found.get(`GET-${at}`)] as const);
    expect(cors.filter(([isCors]) => isCors).every(([, outcome]) => outcome?.startsWith('divergent'))).toBe(true);
    expect(cors.filter(([isCors]) => !isCors).every(([, outcome]) => outcome === 'match')).toBe(true);
  });

  it.each([
    ['x-*-id', '`*` is allowed only at the end of a header name'],
    ['*', '`*` alone would compare the headers of each connection too'],
  ])('%s is refused with its place', async (pattern, why) => {
    const cwd = await folder({
      'parity.yaml': `targets: { a: "http://127.0.0.1:1", b: "http://127.0.0.1:2" }\ncompare: { headers: ["${pattern}"] }\n`,
      'cases/s.yaml': 'cases: [{ id: x, request: { path: / } }]\n',
    });
    const run = await parity(['run'], { cwd });
    expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining(why)]);
  });
});

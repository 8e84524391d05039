import { randomInt, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportDocument } from '../../src/report/document/document.ts';
import { folder, newestReport, parity } from './command.ts';

type Generate = (answer: number) => unknown;
type Row = readonly [difference: string, detector: string, reference: Generate, candidate: Generate];

const one = <T>(...values: readonly T[]): T => values[randomInt(values.length)]!;
const between = (from: number, to: number) => from + Math.random() * (to - from);
const whole = (from: number, to: number) => Math.floor(between(from, to + 1));
const numbers = (size: number) => Array.from({ length: size }, () => whole(1, 9999));
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims: Record<string, unknown>) =>
  [part({ alg: 'HS256', typ: 'JWT' }), part({ ...claims, jti: randomUUID() }), part(randomUUID())].join('.');
const [inTurnA, inTurnB] = [randomUUID(), randomUUID()];

/** Places where each answer of either side has a new random value, and the property in which the sides differ. */
const rows: readonly Row[] = [
  ['words of another vocabulary', 'vocabulary', () => one('open', 'closed'), () => one('active', 'deleted')],
  [
    'all words of an enumeration renamed',
    'vocabulary',
    () => one('Red', 'Green', 'Blue'),
    () => one('Rot', 'Braun', 'Blau'),
  ],
  [
    'words inside a text',
    'vocabulary',
    () => `state: ${one('open', 'closed')}, n ${whole(1, 9)}`,
    () => `state: ${one('active', 'deleted')}, n ${whole(1, 9)}`,
  ],
  ['numbers of another order of magnitude', 'number-range', () => whole(1, 9), () => whole(100_000, 900_000)],
  [
    'shares against percentages',
    'number-range',
    () => Number(between(0, 1).toFixed(3)),
    () => Number(between(20, 90).toFixed(3)),
  ],
  [
    'latitudes against longitudes',
    'number-range',
    () => Number(between(52, 53).toFixed(6)),
    () => Number(between(13, 14).toFixed(6)),
  ],
  [
    'swapped coordinates',
    'number-range',
    () => [between(52, 53), between(13, 14)],
    () => [between(13, 14), between(52, 53)],
  ],
  ['numbers in a text', 'number-range', () => `took ${whole(1, 9)} ms`, () => `took ${whole(1000, 9000)} ms`],
  ['two decimals against sixteen', 'decimals', () => Number(between(1, 99).toFixed(2)), () => between(1, 99)],
  [
    'amounts as text with two and four decimals',
    'decimals',
    () => between(1, 99).toFixed(2),
    () => between(1, 99).toFixed(4),
  ],
  [
    'numbers with and without zeros in front',
    'leading-zeros',
    () => String(whole(1, 9)).padStart(3, '0'),
    () => String(whole(1, 9)),
  ],
  [
    'numbers in a text with and without zeros in front',
    'leading-zeros',
    () => `INV-${whole(1, 99)}`,
    () => `INV-${String(whole(1, 99)).padStart(5, '0')}`,
  ],
  [
    'codes that end in other letters',
    'constant-ends',
    () => `${randomUUID().slice(0, 6)}y`,
    () => `${randomUUID().slice(0, 6)}z`,
  ],
  [
    'a constant first letter',
    'constant-ends',
    () => `K${randomUUID().slice(0, 6)}`,
    () => `Z${randomUUID().slice(0, 6)}`,
  ],
  ['a sorted list against one in no order', 'sorted-list', () => numbers(8).sort((a, b) => a - b), () => numbers(8)],
  [
    'a list sorted by a member',
    'sorted-list',
    () =>
      numbers(6)
        .sort((a, b) => b - a)
        .map((n) => ({ n })),
    () => numbers(6).map((n) => ({ n })),
  ],
  ['a claim of a token', 'token-claims', () => token({ tenant: 1 }), () => token({ tenant: 2 })],
  [
    'a nested claim of a token',
    'token-claims',
    () => token({ ext: { plan: 'p7' } }),
    () => token({ ext: { plan: 'p8' } }),
  ],
  [
    'a number in an address',
    'agreement',
    () => {
      const id = whole(1, 99);
      return { id, href: `/x/${id}` };
    },
    () => ({ id: whole(1, 99), href: `/x/${whole(1, 99)}` }),
  ],
  [
    'an identifier with a prefix that is another one',
    'agreement',
    () => {
      const id = randomUUID().slice(0, 8);
      return { id, order: `ord_${id}` };
    },
    () => ({ id: randomUUID().slice(0, 8), order: `ord_${randomUUID().slice(0, 8)}` }),
  ],
  [
    'a total that is not the sum',
    'agreement',
    () => {
      const n = whole(1, 999);
      return { n, total: n };
    },
    () => ({ n: whole(1, 999), total: whole(1, 999) }),
  ],
  [
    'new identifiers against two in turn',
    'distinct-values',
    () => randomUUID(),
    (n) => (n % 2 === 0 ? inTurnA : inTurnB),
  ],
  ['a counter up against a counter down', 'direction', (n) => 5000 + n, (n) => 9000 - n],
  ['a counter against random numbers', 'direction', (n) => 5000 + n, () => whole(1, 9999)],
];

async function serve(side: 0 | 1): Promise<Server> {
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const count = (asked.get(path) ?? 0) + 1;
    asked.set(path, count);
    const [, kind, row] = path.split('/');
    const make = rows[Number(row)]?.[kind === 'alike' ? 2 : kind === 'also' ? 3 : side === 0 ? 2 : 3];
    response.writeHead(make ? 200 : 404, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ v: make?.(count) ?? null }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const servers: Server[] = [];
const reports = new Map<string, ReportDocument>();

async function run(kind: string, copies: number): Promise<ReportDocument> {
  const targets = servers.flatMap((server, at) => [
    '--target',
    `${'ab'[at]}=http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  ]);
  const paths = rows.flatMap((_, row) => Array.from({ length: copies }, (_, copy) => `/${kind}/${row}/${copy}`));
  const cases = paths.map((path) => ({ id: path.slice(1).replaceAll('/', '-'), request: { path } }));
  const cwd = await folder({ 'cases/s.yaml': JSON.stringify({ suite: 's', cases }) });
  await parity(['run', ...targets, '--no-tracker', '--reporter', 'json'], { cwd });
  return newestReport(cwd);
}

beforeAll(async () => {
  servers.push(await serve(0), await serve(1));
  for (const kind of ['other', 'alike', 'also']) reports.set(kind, await run(kind, 1));
}, 120_000);
afterAll(() => {
  for (const server of servers) server.close();
});

function detectorsAt(kind: string, row: number): string[] {
  const found = reports.get(kind)!.cases.find(({ id }) => id === `s/${kind}-${row}-0`);
  return found!.divergences.flatMap(({ detector }) => detector ?? []);
}

describe('two sides whose answers are random in another way', () => {
  it.each(rows.map(([difference, detector], row) => [difference, detector, row] as const))(
    'diverge by %s, which the detector %s finds',
    (_, detector, row) => {
      const found = reports.get('other')!.cases.find(({ id }) => id === `s/other-${row}-0`)!;
      expect([found.outcome, detectorsAt('other', row)]).toEqual(['divergent', [detector]]);
    },
  );

  it('name the detector and the number of samples in the title of the finding', () => {
    const titles = reports.get('other')!.findings.map(({ title }) => title);
    expect(titles.filter((title) => !/\((?:[6-9]|1[0-2]) samples each\)$/.test(title))).toEqual([]);
  });
});

it.each(['alike', 'also'])('two sides whose answers are random in one way have no finding: %s', (kind) => {
  const { verdict, findings } = reports.get(kind)!;
  expect([verdict, findings]).toEqual(['parity', []]);
});

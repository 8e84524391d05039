import { describe, expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { serving } from './service.ts';

interface Side {
  /** What POST answers: the captured id is in it. */
  readonly created: string;
  readonly read: string;
}

/** Creates something on two services, captures its id, and reads it: the report. */
async function compared(a: Side, b: Side, more: { readonly read?: string; readonly compare?: string } = {}) {
  const start = (side: Side) =>
    serving(({ method, path }) =>
      method === 'POST' ? [201, side.created] : path === '/list' ? [200, '[]'] : [200, side.read],
    );
  const [old, fresh] = [await start(a), await start(b)];
  const cwd = await folder({
    'cases/s.yaml': `compare: ${more.compare ?? '{}'}
cases:
  - id: x
    safe: true
    steps:
      - { request: { method: POST, path: /orders, json: {} }, capture: { id: { pointer: /id } } }
      - { request: { path: "${more.read ?? '/orders/{{id}}'}" } }
`,
  });
  const targets = ['--target', `old=${old.url}`, '--target', `new=${fresh.url}`];
  const { exitCode } = await parity(['run', ...targets, '--noise', '0'], { cwd });
  const [found] = newestReport(cwd).cases;
  return [exitCode, found!.divergences.filter(({ rung }) => rung !== 'wire').map(({ pointer }) => pointer)];
}

const ids = ['{"id":1}', '{"id":2}'] as const;
const long = ['{"id":"aaaaaa1"}', '{"id":"bbbbbb2"}'] as const;

describe('captured values, each side its own, count as one value', () => {
  it.each<[string, readonly [string, string], readonly [string, string], string[]]>([
    ['at the name that they were captured from', ids, ['{"id":1}', '{"id":2}'], []],
    ['at a name that ends so', ids, ['{"order_id":1}', '{"order_id":2}'], []],
    ['at the name of the collection in the path', ids, ['{"order":1}', '{"order":2}'], []],
    ['as a segment of a path', ids, ['{"self":"/orders/1"}', '{"self":"/orders/2"}'], []],
    ['not at another name: a count', ids, ['{"unread":1}', '{"unread":2}'], ['/unread']],
    ['not beside it: a total', ids, ['{"id":1,"total":1}', '{"id":2,"total":2}'], ['/total']],
    ['not a price', ids, ['[{"id":1,"price":1}]', '[{"id":2,"price":2}]'], ['/0/price']],
    ['not as a part of a value', ids, ['{"id":1,"code":"A1"}', '{"id":2,"code":"A2"}'], ['/code']],
    ['anywhere where nobody has such a value by chance', long, ['{"ref":"aaaaaa1"}', '{"ref":"bbbbbb2"}'], []],
    [
      'and not where the candidate answers that of the reference',
      long,
      ['{"id":"aaaaaa1"}', '{"id":"aaaaaa1"}'],
      ['/id'],
    ],
    ['in a path either', long, ['{"self":"/o/aaaaaa1"}', '{"self":"/o/aaaaaa1"}'], ['/self']],
    ['nor where the reference answers that of the candidate', long, ['{"id":"bbbbbb2"}', '{"id":"bbbbbb2"}'], ['/id']],
    ['a short one neither, asked for by it', ids, ['{"id":1}', '{"id":1}'], ['/id']],
  ])('%s', async (_, created, read, expected) => {
    const sides = created.map((one, at) => ({ created: one, read: read[at]! }));
    expect(await compared(sides[0]!, sides[1]!)).toEqual([expected.length > 0 ? 1 : 0, expected]);
  });

  it('at a place where both sides showed it before', async () => {
    const [a, b] = ids.map((created) => ({ created: created.replace('}', ',"number":7}'), read: created }));
    expect(await compared(a!, b!)).toEqual([0, []]);
  });
});

describe('with origins: true', () => {
  const shows = async (text: (origins: readonly [string, string]) => readonly [string, string]) => {
    let bodies = ['', ''];
    const [a, b] = [await serving(() => [200, bodies[0]!]), await serving(() => [200, bodies[1]!])];
    bodies = [...text([a.url, b.url])];
    const cwd = await folder({
      'cases/s.yaml': 'compare: { origins: true }\ncases: [{ id: x, request: { path: /x } }]\n',
    });
    const targets = ['--target', `old=${a.url}`, '--target', `new=${b.url}`];
    const { exitCode } = await parity(['run', ...targets, '--noise', '0'], { cwd });
    return [exitCode, newestReport(cwd).cases[0]!.divergences.map(({ pointer, kind }) => `${kind} ${pointer}`)];
  };

  it('a link to the own origin is equal', async () => {
    expect(await shows(([a, b]) => [`{"next":"${a}/p"}`, `{"next":"${b}/p"}`])).toEqual([0, ['bytes ']]);
  });

  it.each<[string, (origin: string) => string]>([
    ['a link', (origin) => `{"next":"${origin}/p"}`],
    ['a link deep in a list', (origin) => `{"items":[{"n":1},{"links":[{"href":"${origin}"}]}]}`],
    ['a link in a text', (origin) => `see ${origin}/a`],
  ])('%s of the candidate to the reference diverges, though both are the same bytes', async (_, body) => {
    const [exitCode, found] = await shows(([a]) => [body(a), body(a)]);
    expect([exitCode, (found as string[]).length]).toEqual([1, 1]);
  });
});

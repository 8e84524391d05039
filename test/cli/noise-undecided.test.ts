import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { serving } from './service.ts';

/** What comes of one request to two services that answer with values that they generate. */
async function compare(method: string, [a, b]: readonly [() => unknown, () => unknown], status = 200) {
  const services = [
    await serving(() => [status, JSON.stringify({ v: a() })]),
    await serving(() => [status, JSON.stringify({ v: b() })]),
  ];
  const cases = [{ id: 'x', safe: true, request: { method, path: '/x' } }];
  const cwd = await folder({ 'cases/s.json': JSON.stringify({ suite: 's', cases }) });
  const targets = services.flatMap(({ url }, at) => ['--target', `${'ab'[at]}=${url}`]);
  await parity(['run', ...targets, '--no-tracker'], { cwd });
  const { findings, notes } = newestReport(cwd);
  return {
    titles: findings.map(({ title }) => title),
    notes: notes.filter((note) => note.includes('too few samples')),
  };
}

const small = () => randomInt(1, 10);

it('A note names what a detector cannot decide in a case that writes and is refused, and how many samples were taken', async () => {
  const { titles, notes } = await compare('POST', [small, () => randomInt(100_000, 900_000)], 404);
  expect(titles).toEqual([]);
  expect(notes).toEqual([
    expect.stringMatching(
      /^s\/x: too few samples of each side to tell whether the sides differ at \/v \(.*\): 6 were taken$/,
    ),
  ]);
});

it('A note names values of which two samples do not show whether they are new each time', async () => {
  let made = 0;
  const next = () => {
    made += 7;
    return `k${made}`;
  };
  expect((await compare('POST', [next, next])).notes).toEqual([
    's/x: too few samples of each side to tell whether the sides differ at /v (distinct-values): 2 were taken',
  ]);
});

it('There is no such note where the samples decide, for or against a difference', async () => {
  const decided = await compare('GET', [small, () => randomInt(100_000, 900_000)]);
  expect([decided.titles.length, decided.notes]).toEqual([1, []]);
  const words = ['red', 'green', 'blue', 'black'];
  const word = () => words[randomInt(4)];
  expect(await compare('GET', [word, word])).toEqual({ titles: [], notes: [] });
});

const makers = {
  long: () => `${randomInt(1e6, 9e6)}a${randomInt(1e6, 9e6)}`,
  short: () => String(randomInt(100, 999)),
};

it.each(['text/plain', 'application/xml'])(
  'A side is said to answer the same each time only if it does, captured values or not: %s',
  async (type) => {
    const serve = (make: () => string) => {
      let id = '';
      return serving(({ method, path }) => {
        if (method === 'POST') id = make();
        if (method === 'POST') return [201, JSON.stringify({ id })];
        return [200, `<o><ref code="x-${path.split('/').pop()}-y"/></o>`, { 'Content-Type': type }];
      });
    };
    const steps = [
      { request: { method: 'POST', path: '/orders' }, capture: { id: { pointer: '/id' } } },
      { request: { path: '/orders/{{id}}' } },
    ];
    const cases = [{ id: 'x', safe: true, steps }];
    const cwd = await folder({ 'cases/s.json': JSON.stringify({ suite: 's', cases }) });
    const [a, b] = [await serve(makers.long), await serve(makers.short)];
    await parity(['run', '--target', `a=${a.url}`, '--target', `b=${b.url}`, '--no-tracker'], { cwd });
    const { findings } = newestReport(cwd);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.filter(({ title }) => title.includes('the same each time'))).toEqual([]);
  },
);

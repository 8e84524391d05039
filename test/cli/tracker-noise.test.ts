import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { serving } from './service.ts';

const rows = ['1,tea,2.50', '2,cup,7.00', '3,pot,9.10'];

/** A table, with a cell generated in each row where it is asked for. */
const table = (path: string, lines: readonly string[], quote: string) =>
  lines
    .map((line) => [...line.split(','), path.startsWith('/noisy') ? randomBytes(3).toString('hex') : 'aabbcc'])
    .map((cells) => `${cells.map((cell) => quote + cell + quote).join(',')}\r\n`)
    .join('');

const changes: Readonly<Record<string, readonly string[]>> = {
  row: rows.slice(0, 2),
  price: rows.map((line) => line.replace('9.10', '0.00')),
};

it('an acceptance hides nothing behind what is generated in a text', async () => {
  let hasDrifted = false;
  const type = { 'content-type': 'text/csv; charset=utf-8' };
  const rust = await serving(({ path }) => [200, table(path, rows, ''), type]);
  const go = await serving(({ path }) => {
    const lines = hasDrifted ? changes[path.split('-')[1]!]! : rows;
    return [200, table(path, lines, '"'), type];
  });
  const ids = Object.keys(changes).flatMap((change) => [`still-${change}`, `noisy-${change}`]);
  const cases = ids.map((id) => `  - { id: ${id}, request: { path: /${id} } }\n`);
  const cwd = await folder({ 'cases/a.yaml': `cases:\n${cases.join('')}` });
  const targets = ['--target', `rust=${rust.url}`, '--target', `go=${go.url}`, '--tracker', 'T.md'];
  const states = async () => {
    const { exitCode } = await parity(['run', ...targets], { cwd });
    return [exitCode, ...newestReport(cwd).findings.map(({ state }) => state)];
  };
  expect(await states()).toEqual([1, ...ids.map(() => 'new')]);
  for (const { id } of newestReport(cwd).findings)
    await parity(['tracker', 'accept', id, '--reason', 'quotes are fine', '--tracker', 'T.md'], { cwd });
  expect(await states()).toEqual([0, ...ids.map(() => 'accepted')]);
  hasDrifted = true;
  expect(await states()).toEqual([1, ...ids.map(() => 'reopened')]);
  const { notes, findings } = newestReport(cwd);
  for (const { id, routes } of findings) {
    const isNoisy = routes[0]!.includes('/noisy');
    const why = isNoisy ? 'without difference: other words, which it shows now' : 'with other values than ';
    expect(notes).toContainEqual(expect.stringContaining(`${id} was accepted ${why}`));
  }
});

it('an accepted way to write times that are generated stays accepted, whether two of them are of one millisecond or not', async () => {
  let apart = 0;
  const at = (ms: number) => new Date(Date.UTC(2026, 10, 24) + Date.now() + ms).toISOString();
  const python = await serving(() => [200, JSON.stringify({ at: at(0).replace('Z', `${randomDigits(3)}+00:00`) })]);
  const node = await serving(() => [200, JSON.stringify({ at: at(apart) })]);
  const cwd = await folder({ 'cases/a.yaml': 'cases: [{ id: now, request: { path: /now } }]\n' });
  const targets = ['--target', `python=${python.url}`, '--target', `node=${node.url}`, '--tracker', 'T.md'];
  const findings = async () => {
    const { exitCode } = await parity(['run', ...targets], { cwd });
    return { exitCode, found: newestReport(cwd).findings.map((one) => [one.class, ...one.also, one.state]) };
  };
  const known = ['timestamp-utc-spelling', 'timestamp-precision-loss'];
  expect(await findings()).toEqual({ exitCode: 1, found: [[...known, 'new']] });
  const [{ id } = { id: '' }] = newestReport(cwd).findings;
  await parity(['tracker', 'accept', id, '--reason', 'clients read both', '--tracker', 'T.md'], { cwd });
  for (apart of [0, 1, 42, 900]) expect(await findings()).toEqual({ exitCode: 0, found: [[...known, 'accepted']] });
});

function randomDigits(count: number): string {
  return String(randomBytes(4).readUInt32BE() % 10 ** count).padStart(count, '0');
}

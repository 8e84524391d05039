import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { type Service, serving } from './service.ts';

let made = 0;

/** A list that grows and a thing that is generated, beside one with a total that stays. */
function shop(total: number, timeOf: (at: Date) => string): Promise<Service> {
  return serving(({ path }) => {
    made += 1;
    const at = timeOf(new Date(1_790_000_000_000 + made * 1237));
    if (path === '/list') return [200, JSON.stringify({ total: made, request: randomUUID() })];
    if (path === '/made') return [200, JSON.stringify({ created_at: at, request: randomUUID() })];
    return [200, JSON.stringify({ total, items: [1, 2], request: randomUUID() })];
  });
}

const millis = (at: Date) => at.toISOString();
const micros = (at: Date) => at.toISOString().replace('Z', '417Z');

const ids = ['list', 'made', 'sum'];
const cases = (own: Readonly<Record<string, string>> = {}) =>
  `suite: s\ncases:\n${ids.map((id) => `  - { id: ${id}, request: { path: /${id} }, ${own[id] ?? ''} }\n`).join('')}`;
const config = (targets: readonly Service[]) =>
  `targets: { old: '${targets[0]?.url}', new: '${targets[1]?.url}' }\ncases: [cases]\n`;

async function noise(targets: readonly Service[]): Promise<string> {
  const cwd = await folder({ 'parity.yaml': config(targets), 'cases/s.yaml': cases() });
  return (await parity(['noise'], { cwd })).stdout;
}

const forAll = (text: string) => /to parity\.yaml:\n\n([\s\S]*?)\n(?:\n|$)/.exec(text)?.[1] ?? '';
const forCase = (text: string, id: string) =>
  new RegExp(`noisy in s/${id}, add to that case, .*:\n\n(compare: .*)\n`).exec(text)?.[1] ?? '';

it('prints no rule where the targets write what varies in different formats, and says so', async () => {
  const targets = await Promise.all([shop(7, micros), shop(7, millis)]);
  const text = await noise(targets);
  expect(text).toMatch(/^\/created_at {2}rfc3339-ms or rfc3339-us {2}all targets {2}1 case$/m);
  expect(text).toContain(
    'no rule for /created_at: in s/made the targets write it in different formats, which a rule would hide\n',
  );
  expect(text).not.toContain('"pointer":"/created_at"');
  const cwd = await folder({ 'parity.yaml': `${config(targets)}${forAll(text)}\n`, 'cases/s.yaml': cases() });
  await parity(['run', 's/made'], { cwd });
  expect(newestReport(cwd).findings.map(({ pointer }) => pointer)).toEqual(['/created_at']);
});

it('prints a rule of a place that is steady elsewhere for the cases where it is noisy, and hides nothing in the others', async () => {
  const targets = await Promise.all([shop(7, millis), shop(8, millis)]);
  const text = await noise(targets);
  expect(text).toContain(
    'no rule for /total: in s/sum it is not noisy on every target, and a rule for all cases would hide what differs there\n',
  );
  expect(forAll(text)).toMatch(/"pointer":"\/created_at"[\s\S]*"pointer":"\/request"/);
  expect(forAll(text)).not.toContain('/total');
  const own = cases({ list: forCase(text, 'list') });
  const cwd = await folder({ 'parity.yaml': `${config(targets)}${forAll(text)}\n`, 'cases/s.yaml': own });
  await parity(['run', '--noise', '0'], { cwd });
  const { cases: told } = newestReport(cwd);
  expect(told.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['s/list', 'match'],
    ['s/made', 'match'],
    ['s/sum', 'divergent'],
  ]);
});

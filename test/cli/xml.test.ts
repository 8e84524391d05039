import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { started } from './service.ts';

type Answers = Readonly<Record<string, string>>;

const answering = (answers: Answers) =>
  started(({ path }) => {
    const body = answers[path];
    return body === undefined ? [404, '<none/>', xml] : [200, body, xml];
  });
const xml = { 'content-type': 'application/xml' };

async function compare([a, b]: readonly [Answers, Answers], definition: object) {
  const cwd = await folder({ 'cases/s.json': JSON.stringify({ suite: 's', cases: [{ id: 'x', ...definition }] }) });
  const [one, two] = [await answering(a), await answering(b)];
  const ended = await parity(['run', '--target', `a=${one.url}`, '--target', `b=${two.url}`], { cwd });
  one.close();
  two.close();
  return { cwd, exit: ended.exitCode, report: newestReport(cwd) };
}

function filesIn(cwd: string): string[] {
  const files = readdirSync(join(cwd, 'reports'), { recursive: true, encoding: 'utf8', withFileTypes: true });
  return files.flatMap((one) => (one.isFile() ? readFileSync(join(one.parentPath, one.name), 'utf8') : []));
}

it('a value captured from an XML answer is used in a later step, and counts as equal where each side shows its own', async () => {
  const side = (id: string, total: number): Answers => ({
    '/new': `<order xmlns="urn:o"><id>${id}</id></order>`,
    [`/orders/${id}`]: `<o:order xmlns:o="urn:o"><o:id>${id}</o:id><o:total>${total}</o:total></o:order>`,
  });
  const steps = {
    steps: [
      { request: { path: '/new' }, capture: { id: { pointer: '/order/id' } } },
      { request: { path: '/orders/{{id}}' } },
    ],
  };
  const same = await compare([side('a-7d1f00', 5), side('b-99c3aa', 5)], steps);
  expect(same.report.cases.map(({ outcome }) => outcome)).toEqual(['match']);
  const { report } = await compare([side('a-7d1f00', 5), side('b-99c3aa', 6)], steps);
  const found = report.cases.flatMap(({ divergences }) => divergences).filter(({ finding }) => finding !== null);
  expect(found.map(({ pointer, kind }) => [pointer, kind])).toEqual([['/order/total', 'value']]);
});

it('the texts of elements and attributes that are credentials by their names are in no file of a run', async () => {
  const login = (n: number) => ({
    '/l': `<u:login xmlns:u="urn:u" u:api-key="k-hidden"><u:password>p-hidden</u:password><n>${n}</n></u:login>`,
  });
  const { cwd, exit } = await compare([login(1), login(2)], {
    request: { path: '/l', method: 'POST', raw: '<l token="t-hidden"><jwt>j-hidden</jwt></l>' },
  });
  expect(exit).toBe(1);
  const files = filesIn(cwd);
  expect(files.filter((text) => text.includes('<u:password>***</u:password>')).length).toBeGreaterThan(0);
  expect(files.flatMap((text) => text.match(/\b[kptj]-hidden/g) ?? [])).toEqual([]);
});

it('a drift class explains XML', async () => {
  const user = (name: string, time: string) => ({ '/u': `<user><${name}>ann</${name}><${time}>x</${time}></user>` });
  const { exit, report } = await compare([user('user_name', 'last_seen'), user('userName', 'lastSeen')], {
    request: { path: '/u' },
  });
  expect(exit).toBe(1);
  expect(report.findings.map((one) => one.class)).toEqual(['key-casing']);
});

it('a drift class that several XML answers prove is verified, as it is in JSON', async () => {
  const user = (name: string, item: string) => (n: number) =>
    `<user><${name} user_id="${n}">ann ${n}</${name}><${item}>x</${item}><${item}>y${n}</${item}></user>`;
  const answers = (of: (n: number) => string): Answers => ({ '/u/1': of(1), '/u/2': of(2), '/u/3': of(3) });
  const { report } = await compare([answers(user('user_name', 'last_seen')), answers(user('userName', 'lastSeen'))], {
    steps: ['/u/1', '/u/2', '/u/3'].map((path) => ({ request: { path } })),
  });
  expect(report.findings.map((one) => [one.class, one.verified])).toEqual([['key-casing', true]]);
});

it('two places of an XML body that differ are two findings: to accept one hides nothing of the other', async () => {
  const bodies = [{ '/r': '<r><own/><total>5</total></r>' }, { '/r': '<r><total>6</total></r>' }] as const;
  const { report } = await compare(bodies, { request: { path: '/r' } });
  const found = report.cases.flatMap(({ divergences }) => divergences).filter(({ finding }) => finding !== null);
  expect(found.map(({ pointer }) => pointer)).toEqual(['/r/own', '/r/total']);
  expect(new Set(found.map(({ finding }) => finding)).size).toBe(2);
});

it('XML that is too long to be read is compared as text, and a note says so', async () => {
  const long = (space: string) => ({ '/r': `<r>${'<i>12345678</i>'.repeat(300_000)}${space}</r>` });
  const { report } = await compare([long(''), long(' ')], { request: { path: '/r' } });
  expect(report.cases.map(({ outcome }) => outcome)).toEqual(['divergent']);
  expect(report.notes.filter((note) => note.includes('compared as text'))).toEqual([
    expect.stringMatching(/^s\/x: the XML of a has more than 4 Mi characters/),
  ]);
});

it('a place in XML has one finding, however many items stand beside it and whether its element has attributes', async () => {
  const list = (...items: readonly string[]) => `<r>${items.map((item) => `<i>${item}</i>`).join('')}</r>`;
  const answers = (t: number): Answers => ({
    '/x?n=1': list(`<t>${t}</t>`),
    '/x?n=2': list(`<t>${t}</t>`, '<t>7</t>'),
    '/x?n=3': list(`<t unit="s">${t}</t>`),
  });
  const found: string[] = [];
  for (const path of Object.keys(answers(1))) {
    const { report } = await compare([answers(1), answers(2)], { request: { path } });
    expect(report.findings.length).toBe(1);
    found.push(report.findings[0]!.id);
  }
  expect(new Set(found).size).toBe(1);
});

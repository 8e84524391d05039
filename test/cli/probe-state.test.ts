import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { type Asked, type Reply, serving } from './service.ts';

const cases = `suite: things
cases:
  - { id: one, request: { path: /v1/things/a } }
  - { id: anew, before: [{ request: { method: POST, path: /v1/made } }], request: { path: /v1/things/a } }
`;

/** What a service says of the one thing that it holds. */
interface Thing {
  isThere: boolean;
  asked: number;
}

type Speaks = (asked: Asked, thing: Thing) => Reply;

const deletes: Speaks = ({ method }, thing) => {
  if (method === 'DELETE') thing.isThere = false;
  if (method === 'DELETE') return [204, ''];
  return method === 'GET' || method === 'HEAD' ? [200, '{"id":"a"}'] : [405, '{"error":"method"}'];
};

/** Probes the one case of two services; gives what came of it, and what each of them was asked. */
async function probed(speak: readonly Speaks[], ...args: readonly string[]) {
  const services = await Promise.all(
    speak.map((say) => {
      const thing: Thing = { isThere: true, asked: 0 };
      return serving((asked) => {
        thing.asked += 1;
        if (asked.path === '/v1/made') thing.isThere = true;
        if (asked.path === '/v1/made') return [201, ''];
        return asked.path === '/v1/things/a' && thing.isThere ? say(asked, thing) : [404, '{"error":"none"}'];
      });
    }),
  );
  const cwd = await folder({ 'cases/things.yaml': cases });
  const targets = services.flatMap(({ url }, at) => ['--target', `${['old', 'new'][at]}=${url}`]);
  const all = ['probe', '--cases', 'cases', '--from', 'things/one', '--concurrency', '1', '--noise', '0'];
  const ended = await parity([...all, ...targets, ...args], { cwd });
  const report = newestReport(cwd);
  const asked = services.map((one) => one.asked.map(({ method, path }) => `${method} ${path}`));
  return { ...ended, told: ended.stdout.replace(/\s+/g, ' '), report, asked };
}

const outcomeOf = ({ cases: all }: ReturnType<typeof newestReport>, probe: string) =>
  all.find(({ id }) => id.endsWith(`/${probe}`));

it('takes away what it asks for last of all, so that the probes of later groups meet it', async () => {
  const refusesXml: Speaks = (asked, thing) =>
    asked.headers.accept?.includes('xml') ? [406, '{"error":"accept"}'] : deletes(asked, thing);
  const groups = ['--only', 'method', '--only', 'headers'];
  const { exitCode, told, report, asked } = await probed([deletes, refusesXml], ...groups);
  expect([exitCode, outcomeOf(report, 'headers.accept.xml')?.outcome]).toEqual([1, 'divergent']);
  expect(asked[0]?.slice(-2)).toEqual(['DELETE /v1/things/a', 'GET /v1/things/a']);
  expect(told).toContain(
    'note: after method.DELETE the valid request was answered otherwise than at first: old answered 404 (200 at first), new answered 404 (200 at first); nothing was sent after that',
  );
});

it('is parity where nothing was sent behind what took it away, from both alike', async () => {
  const { exitCode, stdout } = await probed([deletes, deletes], '--only', 'method');
  const verdict = 'PARITY all 10 cases match (of 76 derived from things/one)';
  expect([exitCode, stdout.split('\n').at(-2)]).toEqual([0, verdict]);
});

it('sends nothing more once a write has changed what the valid request is answered', async () => {
  const spoils: Speaks = (asked, thing) => {
    if (asked.method === 'PUT') thing.isThere = false;
    return deletes(asked, thing);
  };
  const { exitCode, stdout, report, asked } = await probed([spoils, spoils], '--only', 'method');
  expect([exitCode, stdout.split('\n').at(-2)]).toEqual([
    3,
    expect.stringMatching(/^INCONCLUSIVE 3 of 10 cases could not be compared \(valid-case-changed\)$/),
  ]);
  expect(outcomeOf(report, 'method.PATCH')).toMatchObject({
    outcome: 'notRun',
    message:
      'not sent, for after method.PUT the valid request was answered otherwise than at first: old answered 404 (200 at first), new answered 404 (200 at first)',
    hint: 'let a `before` step of the case make anew what it asks for, or leave groups out with --only',
  });
  expect(asked[1]?.at(-1)).toBe('GET /v1/things/a');
});

it('is inconclusive where a write leaves the targets in different states, whatever they answered to it', async () => {
  const keeps: Speaks = (asked, thing) => (asked.method === 'DELETE' ? [204, ''] : deletes(asked, thing));
  const { exitCode, told } = await probed([deletes, keeps], '--only', 'method');
  expect(exitCode).toBe(3);
  expect(told).toContain(
    'after method.DELETE the valid request was answered otherwise than at first: old answered 404 (200 at first); it left the targets in different states',
  );
  expect(told).toMatch(
    / INCONCLUSIVE the answers match, but they are not evidence about the services: see the notes $/,
  );
});

it('is inconclusive where the valid request is used up by what only reads', async () => {
  const fades: Speaks = (asked, thing) => (thing.asked > 2 ? [410, '{}'] : deletes(asked, thing));
  const { exitCode, told } = await probed([fades, fades], '--only', 'query');
  expect(exitCode).toBe(3);
  expect(told).toMatch(
    /after the 9 probes query\.unknown to query\.odd-characters the valid request .* old answered 410 \(200 at first\), new answered 410 .*; what was sent in between may have been answered alike for that alone: let a `before` step/,
  );
});

it('goes on where a request before each probe makes the thing anew', async () => {
  const taken: Speaks = (asked, thing) => {
    if (asked.method === 'PUT') thing.isThere = false;
    return deletes(asked, thing);
  };
  const { exitCode, report } = await probed([taken, taken], '--only', 'method', '--from', 'things/anew');
  expect([exitCode, report.counts.match, report.notes]).toEqual([0, 10, []]);
});

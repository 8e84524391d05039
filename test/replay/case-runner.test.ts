import { afterEach, expect, test } from 'vitest';
import type { TestCase } from '../../src/cases/case.ts';
import type { TransportOptions } from '../../src/http/send/pool.ts';
import { type ReplayContext, replayCase } from '../../src/replay/case-runner.ts';
import { type Rig, startRig } from '../rig/rig.ts';
import { answer, rst, type Scenario, wait } from '../rig/scenario.ts';
import { caseOf, fill, targetAt, transportTo } from '../rig/target.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Bench {
  readonly rust: Rig;
  readonly go: Rig;
  readonly context: ReplayContext;
}

async function bench(rust: readonly Scenario[], go = rust, options: Partial<TransportOptions> = {}): Promise<Bench> {
  const rigs = [await startRig({ answers: rust }), await startRig({ answers: go })] as const;
  const targets = [targetAt(rigs[0].url, { name: 'rust', role: 'reference' }), targetAt(rigs[1].url)];
  const transport = transportTo(targets, options);
  closing.push(transport.close, rigs[0].close, rigs[1].close);
  const readPointer = (body: Uint8Array, pointer: string) => {
    const value = JSON.parse(Buffer.from(body).toString())[pointer.slice(1)];
    return value === undefined ? null : { text: String(value), isString: typeof value === 'string' };
  };
  return { rust: rigs[0], go: rigs[1], context: { targets, transport, seed: 1, fill, readPointer } };
}

const paths = (rig: Rig) => rig.requests.map((it) => it.split(' ')[1]);

const chain: TestCase = caseOf(
  'chain',
  {
    send: { method: 'POST', path: '/make' },
    capture: {
      id: { from: 'pointer', pointer: '/id' },
      tag: { from: 'header', name: 'ETag' },
      code: { from: 'status' },
      constructor: { from: 'header' as const, name: 'x-name' },
    },
  },
  { send: { path: '/{{id}}/{{code}}/{{constructor}}', headers: [['if-match', '{{tag}}']] } },
);

test('captures belong to one target: first value of a header, any casing; a pointer; the status', async () => {
  const made = (id: number) => answer(201, `{"id":${id}}`, `etag: "${id}"\r\nEtag: "x"\r\nX-Name: n\r\n`);
  const { rust, go, context } = await bench([[made(1)], [answer(200)]], [[made(2)], [answer(200)]]);
  const [first, second] = await replayCase(chain, context);
  expect([paths(rust)[1], paths(go)[1]]).toEqual(['/1/201/n', '/2/201/n']);
  expect(go.requests[1]).toContain('\r\nif-match: "2"\r\n');
  expect([first?.target, second?.target]).toEqual(['rust', 'go']);
  expect({ ...second?.captured }).toEqual({ id: '2', tag: '"2"', code: '201', constructor: 'n' });
  expect(second?.exchanges.map(({ step, request }) => [step, request.path])).toEqual([
    [0, '/make'],
    [1, '/2/201/n'],
  ]);
});

test('a header captured as UTF-8 goes out again as the same bytes', async () => {
  const echo = caseOf(
    'echo',
    { capture: { v: { from: 'header', name: 'v' } } },
    { send: { headers: [['v', '{{v}}']] } },
  );
  const { go, context } = await bench([[answer(200, '', 'v: caf\xc3\xa9\r\n')], [answer(200)]]);
  await replayCase(echo, context);
  expect(go.requests[1]).toContain('\r\nv: caf\xc3\xa9\r\n');
});

test('a capture that finds nothing ends the case there; its response is kept', async () => {
  const { rust, go, context } = await bench(
    [[answer(201, '{"id":1}', 'etag: e\r\nx-name: n\r\n')], [answer(200)]],
    [[answer(500, '{}')]],
  );
  const [first, second] = await replayCase(chain, context);
  expect(first?.exchanges.map(({ outcome }) => outcome.kind)).toEqual(['response', 'response']);
  expect(second?.exchanges).toMatchObject([
    { step: 0, outcome: { kind: 'response', status: 500 } },
    {
      step: 0,
      outcome: {
        family: 'request',
        reason: 'capture-missing',
        message: 'go gave no value for id: the answer with status 500 has no value at "/id"',
      },
    },
  ]);
  expect([rust.requests.length, go.requests.length]).toEqual([2, 1]);
});

test('a capture that finds nothing leaves the others of its step: what they find is captured on both sides', async () => {
  const { context } = await bench(
    [[answer(201, '{"id":1}', 'etag: e\r\nx-name: n\r\n')], [answer(200)]],
    [[answer(201, '{"id":2}', 'x-name: m\r\n')]],
  );
  const [, second] = await replayCase(chain, context);
  expect({ ...second?.captured }).toEqual({ id: '2', code: '201', constructor: 'm' });
  const message = 'go gave no value for tag: the answer with status 201 has no header ETag';
  expect(second?.exchanges.at(-1)?.outcome).toMatchObject({ reason: 'capture-missing', message });
});

test('of several captures that find nothing the first is named', async () => {
  const { context } = await bench([[answer(201, '{}')]], [[answer(201, '{"id":2}')]]);
  const [, second] = await replayCase(chain, context);
  const message = 'go gave no value for tag: the answer with status 201 has no header ETag';
  expect(second?.exchanges.at(-1)?.outcome).toMatchObject({ reason: 'capture-missing', message });
});

test('a step that fails ends the case on that target alone', async () => {
  const { rust, go, context } = await bench([[answer(200)]], [[rst]]);
  const [first, second] = await replayCase(caseOf('two', { send: { path: '/1' } }, { send: { path: '/2' } }), context);
  expect(paths(rust)).toEqual(['/1', '/2']);
  expect(first?.exchanges.length).toBe(2);
  expect(second?.exchanges).toMatchObject([{ step: 0, outcome: { kind: 'failure', reason: 'reset' } }]);
  expect(go.requests.length).toBe(1);
});

test('a captured value cannot smuggle a line end into a request', async () => {
  const echo = caseOf(
    'echo',
    { capture: { id: { from: 'pointer', pointer: '/id' } } },
    { send: { headers: [['x', '{{id}}']] } },
  );
  const { go, context } = await bench([[answer(200, '{"id":"a\\r\\nEvil: yes"}')], [answer(200)]]);
  const [, second] = await replayCase(echo, context);
  expect(second?.exchanges[1]).toMatchObject({ step: 1, outcome: { family: 'request', reason: 'refused-request' } });
  expect(go.requests.length).toBe(1);
});

test('copies of a parallel step arrive together and come back sorted by status, then body', async () => {
  const both = [answer(200, 'b'), answer(429, 'a'), answer(200, 'a'), answer(429, ''), answer(200, 'a')];
  const { go, context } = await bench(both.map((it) => [wait(40), it]));
  const replays = await replayCase(caseOf('five', { parallel: 5, send: { method: 'POST' } }), context);
  for (const { exchanges } of replays) {
    const shown = exchanges.map(
      ({ outcome }) => outcome.kind === 'response' && `${outcome.status}${Buffer.from(outcome.body)}`,
    );
    expect(shown).toEqual(['200a', '200a', '200b', '429', '429a']);
  }
  expect(go.peak()).toBe(5);
});

test('the seed decides which target is asked first, not the order of the targets', async () => {
  const { context } = await bench([[answer(200)]]);
  const firsts = new Set<string>();
  for (let seed = 0; seed < 16; seed += 1) {
    const asked: string[] = [];
    const transport: ReplayContext['transport'] = {
      ...context.transport,
      send: (target, ...rest) => {
        asked.push(target);
        return context.transport.send(target, ...rest);
      },
    };
    const replays = await replayCase(caseOf('one', {}), { ...context, transport, seed });
    expect(replays.map(({ target }) => target)).toEqual(['rust', 'go']);
    firsts.add(asked[0] ?? '');
  }
  expect([...firsts].sort()).toEqual(['go', 'rust']);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TestCase } from '../../src/cases/case.ts';
import { maxHeldCases } from '../../src/replay/limits.ts';
import { type ReplayAllContext, replayAll } from '../../src/replay/replay-all.ts';
import type { Replayed } from '../../src/replay/replayed.ts';
import { type Rig, startRig } from '../rig/rig.ts';
import { answer, type Scenario, wait } from '../rig/scenario.ts';
import { caseOf, fill, targetAt, transportTo } from '../rig/target.ts';

interface Setting {
  readonly answers?: readonly Scenario[];
  readonly context?: Partial<ReplayAllContext>;
  /** The candidate's port is closed. */
  readonly down?: boolean;
  readonly onEach?: (replayed: Replayed, rig: Rig) => void;
}

async function replayed(cases: Iterable<TestCase>, setting: Setting) {
  const rig = await startRig({ answers: setting.answers ?? [[answer(200)]] });
  const other = await startRig({ answers: [[answer(200)]] });
  if (setting.down) await other.close();
  const targets = [targetAt(rig.url, { name: 'rust', role: 'reference' }), targetAt(other.url)];
  const transport = transportTo(targets);
  const all: Replayed[] = [];
  const context = { targets, transport, seed: 1, fill, readPointer: () => null, concurrency: 4, ...setting.context };
  await replayAll(cases, context, (one) => {
    all.push(one);
    setting.onEach?.(one, rig);
  });
  await transport.close();
  await rig.close();
  await other.close();
  return { all, rig };
}

const twice = (_: TestCase, tries: readonly unknown[]) => tries.length < 2;

const many = (count: number) =>
  Array.from({ length: count }, (_, i) => caseOf(`suite/${i}`, { send: { path: `/${i}` } }));

test('every case is yielded once, with a replay for each target', async () => {
  const { all } = await replayed(many(30), {});
  expect(all.map(({ testCase }) => testCase.id).sort()).toEqual(
    many(30)
      .map(({ id }) => id)
      .sort(),
  );
  expect(all.every(({ replays, unsent }) => replays?.length === 2 && unsent === null)).toBe(true);
});

test('no more cases are in flight than asked for', async () => {
  const { rig } = await replayed(many(20), { answers: [[wait(10), answer(200)]], context: { concurrency: 3 } });
  expect(rig.peak()).toBe(3);
  expect(rig.requests.length).toBe(20);
});

test('nor where cases are sent again, and all answers come to their cases', async () => {
  const { rig, all } = await replayed(many(20), {
    answers: [[wait(5), answer(200)]],
    context: { concurrency: 3, moreSamples: () => 2 },
  });
  expect(rig.peak()).toBe(3);
  expect(rig.requests.length).toBe(60);
  const pathsOf = ({ replays, samples }: Replayed) =>
    [replays!, ...samples].flatMap((each) => each.map(({ exchanges }) => exchanges[0]!.request.path));
  for (const one of all) expect(pathsOf(one)).toEqual(Array(6).fill(`/${one.testCase.id.slice('suite/'.length)}`));
});

test('one case at a time: it is sent again before the next begins', async () => {
  const { rig } = await replayed(many(3), { context: { concurrency: 1, moreSamples: () => 1, tryAgain: twice } });
  expect(rig.requests.map((it) => it.split(' ')[1])).toEqual(['/0', '/0', '/0', '/1', '/1', '/1', '/2', '/2', '/2']);
});

test('the answers to a case are judged once the next one has gone out, and before it is answered', async () => {
  let asked = 0;
  const sent: number[] = [];
  const counted: ReplayAllContext['fill'] = (template, variables) => {
    asked += 1;
    return fill(template, variables);
  };
  const moreSamples = () => {
    sent.push(asked);
    return 0;
  };
  await replayed(many(4), { context: { concurrency: 2, fill: counted, moreSamples } });
  // Two targets each: after the first answers the third case is sent, after the second the fourth.
  expect(sent[0]).toBeGreaterThanOrEqual(6);
  expect(sent.length).toBe(4);
});

test('cases are taken from their source as they are needed, not all at once', async () => {
  let taken = 0;
  function* source() {
    for (const testCase of many(600)) {
      taken += 1;
      yield testCase;
    }
  }
  let seen = 0;
  let ahead = 0;
  const onEach = () => {
    seen += 1;
    ahead = Math.max(ahead, taken - seen);
  };
  const { all } = await replayed(source(), { context: { concurrency: 4 }, onEach });
  expect(all.length).toBe(600);
  expect(ahead).toBeLessThanOrEqual(9 + maxHeldCases);
});

test('while cases wait to be asked once more others go out, and not too many of them are held', async () => {
  let [taken, done, held] = [0, 0, 0];
  function* source() {
    for (const testCase of many(40)) {
      taken += 1;
      held = Math.max(held, taken - done);
      yield testCase;
    }
  }
  const { all, rig } = await replayed(source(), {
    context: {
      concurrency: 2,
      askOn(_, answers) {
        if (answers.length < 3) return 30;
        done += 1;
        return null;
      },
    },
  });
  expect(all.every(({ samples }) => samples.length === 2)).toBe(true);
  expect(rig.peak()).toBeLessThanOrEqual(2);
  // Eight under way, and the next one in hand.
  expect(held).toBe(9);
});

test('a slow case does not hold back those that finish before it', async () => {
  const slowFirst = [[wait(150), answer(200)], [answer(200)]];
  const { all } = await replayed(many(10), { answers: slowFirst, context: { concurrency: 2 } });
  expect(all.at(-1)?.testCase.id).toBe('suite/0');
});

test('a case with a parallel step runs while nothing else does', async () => {
  const cases = [...many(3), caseOf('suite/burst', { parallel: 6, send: { path: '/burst' } }), ...many(3)];
  const { all, rig } = await replayed(cases, { answers: [[wait(15), answer(200)]] });
  expect(all.map(({ testCase }) => testCase.id).indexOf('suite/burst')).toBe(3);
  expect(rig.requests.map((it) => it.split(' ')[1]).slice(3, 9)).toEqual(Array(6).fill('/burst'));
});

test('after five cases in a row on a target that is down the rest is not run', async () => {
  const { all, rig } = await replayed(many(40), { down: true, context: { concurrency: 1 } });
  expect(all.length).toBe(40);
  expect(all.map(({ unsent }) => unsent?.reason ?? null)).toEqual([
    ...Array(5).fill(null),
    ...Array(35).fill('target-down'),
  ]);
  expect(all[4]?.replays?.[1]?.exchanges[0]?.outcome).toMatchObject({ family: 'down', reason: 'connection-refused' });
  expect(all[5]).toMatchObject({
    replays: null,
    unsent: { message: expect.stringMatching(/5 cases in a row.*listens/) },
  });
  expect(rig.requests.length).toBe(5);
});

test('with cases in flight the circuit opens all the same', async () => {
  const { all } = await replayed(many(40), { down: true, context: { concurrency: 8 } });
  const run = all.filter(({ replays }) => replays !== null).length;
  expect(run).toBeGreaterThanOrEqual(5);
  expect(run).toBeLessThanOrEqual(13);
  expect(all.length).toBe(40);
});

test('an aborted signal starts no new case and lets those in flight finish', async () => {
  const stopping = new AbortController();
  let answered = 0;
  const moreSamples = () => {
    answered += 1;
    if (answered === 5) stopping.abort();
    return 0;
  };
  const { all, rig } = await replayed(many(30), { context: { signal: stopping.signal, concurrency: 2, moreSamples } });
  const run = all.filter(({ replays }) => replays !== null);
  expect(run.length).toBe(rig.requests.length);
  expect(run.length).toBeLessThan(10);
  expect(run.every(({ replays }) => replays?.[0]?.exchanges[0]?.outcome.kind === 'response')).toBe(true);
  expect(all.filter(({ unsent }) => unsent?.reason === 'interrupted').length).toBe(30 - run.length);
});

test('A bug of the tool ends the case that it is about, and no other.', async () => {
  const throwing = (error: Error) => () => {
    throw error;
  };
  const bug = new TypeError('no such variable');
  const { all: found } = await replayed(many(3), { context: { fill: throwing(bug) } });
  expect(found.map(({ replays, fault }) => [replays, fault])).toEqual(Array(3).fill([null, bug]));
});

test('whatever is sent again, runs alone or is stopped: each case comes once, within its bounds', async () => {
  const kind = fc.record({ serial: fc.boolean(), again: fc.nat(2), tries: fc.nat(1), slow: fc.boolean() });
  const setting = fc.record({
    kinds: fc.array(kind, { minLength: 1, maxLength: 12 }),
    concurrency: fc.integer({ min: 1, max: 5 }),
    stopAfter: fc.option(fc.nat(12)),
  });
  await fc.assert(
    fc.asyncProperty(setting, async ({ kinds, concurrency, stopAfter }) => {
      const cases = kinds.map(({ serial }, i) => ({ ...caseOf(`suite/${i}`, { send: { path: `/${i}` } }), serial }));
      const kindOf = ({ id }: TestCase) => kinds[Number(id.slice('suite/'.length))]!;
      const stopping = new AbortController();
      let yielded = 0;
      const { all, rig } = await replayed(cases, {
        answers: kinds.map(({ slow }) => (slow ? [wait(4), answer(200)] : [answer(200)])),
        context: {
          concurrency,
          signal: stopping.signal,
          moreSamples: (testCase) => kindOf(testCase).again,
          tryAgain: (testCase, tries) => tries.length <= kindOf(testCase).tries,
        },
        onEach() {
          if (yielded === stopAfter) stopping.abort();
          yielded += 1;
        },
      });
      expect(all.map(({ testCase }) => testCase.id).sort()).toEqual(cases.map(({ id }) => id).sort());
      expect(rig.peak()).toBeLessThanOrEqual(concurrency);
      const asked = rig.requests.map((it) => Number(it.split(' ')[1]!.slice(1)));
      for (const { testCase, replays, samples, retries = [], unsent } of all) {
        const own = Number(testCase.id.slice('suite/'.length));
        const places = asked.flatMap((one, at) => (one === own ? [at] : []));
        const { serial, again, tries } = kindOf(testCase);
        // What was stopped while it was sent again is judged by none of its answers.
        const isCut = unsent?.message === 'the run was stopped while the case was sent again';
        if (isCut)
          expect([places.length >= 1, places.length <= 1 + again + tries, stopAfter]).toEqual([
            true,
            true,
            expect.any(Number),
          ]);
        else expect(places.length).toBe(replays === null ? 0 : 1 + again + tries);
        if (replays !== null) expect([samples.length, retries.length]).toEqual([again, tries]);
        if (serial || concurrency === 1) expect(places).toEqual(places.map((_, n) => places[0]! + n));
        if (serial) expect(asked.slice(0, places[0]).every((one) => one < own)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

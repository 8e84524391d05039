import { describe, expect, test } from 'vitest';
import { type Clock, pacer } from '../../../src/http/send/rate-limit.ts';
import { startRig } from '../../rig/rig.ts';
import { answer } from '../../rig/scenario.ts';
import { request, targetAt, transportTo } from '../../rig/target.ts';

const { signal } = new AbortController();

/** A clock that is set by hand; what is waited for is noted and takes no time. */
function clockAt(now: number): Clock & { now: () => number; readonly waits: number[]; set(ms: number): void } {
  const waits: number[] = [];
  let at = now;
  return {
    waits,
    now: () => at,
    set: (ms) => {
      at = ms;
    },
    wait: async (ms) => void waits.push(ms),
  };
}

describe('a rate', () => {
  test.each([
    ['requests at one moment go out one after another', 4, [0, 0, 0, 0].map((at) => [at, 1]), [250, 500, 750]],
    [
      'a request that comes later waits for what is left',
      4,
      [
        [0, 1],
        [100, 1],
        [600, 1],
      ],
      [150],
    ],
    [
      'time in which nothing was sent is not made up for',
      4,
      [
        [0, 1],
        [9000, 1],
        [9000, 1],
      ],
      [250],
    ],
    [
      'copies count each, and go out together',
      10,
      [
        [0, 5],
        [0, 1],
        [0, 2],
        [0, 1],
      ],
      [500, 600, 800],
    ],
    [
      'a request in four seconds',
      0.25,
      [
        [0, 1],
        [1000, 1],
      ],
      [3000],
    ],
  ])('%s', async (_, rate, sends, waits) => {
    const clock = clockAt(0);
    const pace = pacer(rate, clock);
    for (const [at, count] of sends as [number, number][]) {
      clock.set(at);
      await pace(count, signal);
    }
    expect(clock.waits).toEqual(waits);
  });

  test('holds for each target by itself', async () => {
    const [rust, go] = [await startRig({ answers: [[answer(200)]] }), await startRig({ answers: [[answer(200)]] })];
    const transport = transportTo([targetAt(rust.url, { name: 'rust' }), targetAt(go.url)], { rate: 50 });
    const began = performance.now();
    const sendAll = (name: string) => [0, 1, 2, 3].map((i) => transport.send(name, request('GET', `/${i}`)));
    await Promise.all([...sendAll('rust'), ...sendAll('go')]);
    // Never earlier; how much later is the machine's matter.
    expect(performance.now() - began).toBeGreaterThan(3 * 20 - 5);
    for (const { requests } of [rust, go])
      expect(requests.map((it) => it.split(' ')[1]).sort()).toEqual(['/0', '/1', '/2', '/3']);
    await transport.close();
    await Promise.all([rust.close(), go.close()]);
  });

  test('is given up when the transport closes: what waits is not sent', async () => {
    const rig = await startRig({ answers: [[answer(200)]] });
    const transport = transportTo(targetAt(rig.url), { rate: 0.001 });
    await transport.send('go', request('GET', '/first'));
    const second = transport.send('go', request('GET', '/second'));
    await transport.close();
    expect(await second).toMatchObject({ outcome: { reason: 'aborted' } });
    expect(rig.requests.length).toBe(1);
    await rig.close();
  });
});

import { expect, test } from 'vitest';
import { groupingOf } from '../../src/findings/grouping.ts';
import { fingerprintOf, identify } from '../../src/findings/identity.ts';
import { held } from '../../src/findings/outline.ts';
import { placeAll } from '../../src/findings/place.ts';
import { atOnce } from '../../src/structures/slices.ts';
import { caseOf } from './cases.ts';

/** Thirty cases on ten routes, of which some have two divergences: findings with one divergence, and with more. */
const cases = Array.from({ length: 30 }, (_, at) => {
  const path = `/v1/${'abcdefghij'[at < 20 ? at % 10 : 0]}${at < 10 ? '' : '-more'}`;
  const reference = { body: `{"name":"${at}","n":1}` };
  return caseOf(`s/${at}`, [{ path, reference, candidate: { body: `{"name":"x${at}","n":${at % 3}}` } }]);
});

function findingsWith(most: number) {
  const places = atOnce(placeAll(cases.map((one) => held(one, []))));
  const grouping = groupingOf(([at, nth]) => places.at(at)[nth]!, most);
  for (let at = 0; at < places.length; at += 1)
    for (const [nth, placed] of places.at(at).entries()) {
      const identity = identify(placed);
      grouping.add({ fingerprint: fingerprintOf(identity), identity, placed, isProper: true }, [at, nth]);
    }
  return atOnce(grouping.findings());
}

test('findings that wait for the end are what they are when all are gathered as they come', () => {
  const wanted = findingsWith(Number.POSITIVE_INFINITY);
  expect(wanted.length).toBeGreaterThan(10);
  for (const most of [0, 1, 5]) expect(findingsWith(most)).toEqual(wanted);
});

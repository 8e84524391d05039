import type { Agreed, Sample, Samples } from '../drift/engine/sample.ts';
import { areSimultaneous } from '../drift/engine/simultaneous-times.ts';
import { explainInSteps } from '../drift/explain.ts';
import type { Cause } from '../drift/kit/cause.ts';
import type { Names } from '../drift/kit/drift-rule.ts';
import { pushTo } from '../drift/kit/map-utils.ts';
import { type NumberList, numberList } from '../structures/number-list.ts';
import type { Steps } from '../structures/slices.ts';
import { type CasedSample, confirmCasing, confirmedCasing } from './casing.ts';
import type { AgreedExchange, AnsweredCase, KeptCase } from './kept-case.ts';
import { maxDays, maxExchanges } from './limits.ts';
import { type Maps, mapsIn } from './maps.ts';
import { bodiesIn, sampleIn, stepsIn } from './step.ts';

/** What the bodies of a route tell of one exchange. */
export interface KnownExchange {
  readonly causes: readonly Cause[];
  readonly maps: Maps;
}

/** What is known of the exchange of that case, by index; nothing where there is nothing to be explained. */
export type KnownAt = (index: number, exchange: number) => KnownExchange;

const nothing: KnownExchange = { causes: [], maps: new Set() };

/** Exchanges of one candidate, route and status. */
interface Group {
  readonly key: string;
  readonly candidate: string;
  readonly route: string;
  readonly names: Names;
  /** Numbers of the exchanges, see `numberOf`. */
  readonly members: NumberList;
}

const numberOf = (index: number, exchange: number): number => index * maxExchanges + exchange;

/**
 * Explains the bodies of each candidate, route and status together: what is learned from one sample is checked on the others,
 * and on some answers in which both sides agree.
 * Answers with another status are of another type, and say nothing about these.
 */
export function* explainAll(cases: readonly KeptCase[], agreed: readonly AgreedExchange[] = []): Steps<KnownAt> {
  const groups = yield* groupsOf(cases);
  const alike = agreedByGroup(agreed);
  const known = new Map<number, KnownExchange>();
  for (const group of groups) yield* explainGroup(group, { cases, agreed: alike.get(group.key) ?? [], known });
  for (const candidate of new Set(groups.map((group) => group.candidate))) {
    const own = groups.filter((group) => group.candidate === candidate);
    for (const number of confirmCasing(casedSamples(own, cases, known))) {
      const { causes, maps } = known.get(number)!;
      known.set(number, { causes: causes.map(confirmedCasing), maps });
    }
  }
  return (index, exchange) => known.get(numberOf(index, exchange)) ?? nothing;
}

function* groupsOf(cases: readonly KeptCase[]): Steps<readonly Group[]> {
  const groups = new Map<string, Group>();
  for (const [index, kept] of cases.entries()) {
    yield;
    for (const { exchange, route, status } of kept.outline) {
      if (status === null) continue;
      const key = keyOf(kept.candidate, route, status);
      const group = groups.get(key) ?? emptyGroup(kept, route, key);
      groups.set(key, group);
      group.members.push(numberOf(index, exchange));
    }
  }
  return [...groups.values()];
}

const keyOf = (...parts: readonly [candidate: string, route: string, status: number]): string => JSON.stringify(parts);

function emptyGroup(kept: KeptCase, route: string, key: string): Group {
  return { key, candidate: kept.candidate, route, names: namesOf(kept.fetch()), members: numberList() };
}

function agreedByGroup(agreed: readonly AgreedExchange[]): ReadonlyMap<string, readonly AgreedExchange[]> {
  const groups = new Map<string, AgreedExchange[]>();
  for (const one of agreed) pushTo(groups, keyOf(one.candidate, one.route, one.status), one);
  return groups;
}

function agreedIn({ case: id, compared }: AgreedExchange): Agreed[] {
  const bodies = bodiesIn(compared, 0);
  return bodies === null ? [] : [{ ...bodies, case: id }];
}

/** The names of the two sides. */
export function namesOf(compared: AnsweredCase): Names {
  return { reference: compared.reference.target, candidate: compared.candidate.target };
}

function sampleAt(number: number, cases: readonly KeptCase[]): Sample {
  const exchange = number % maxExchanges;
  const steps = stepsIn(cases[(number - exchange) / maxExchanges]!.fetch());
  const sample = sampleIn(steps.find((one) => one.exchange === exchange)!)!;
  const anew = sample.divergences.flatMap(([, { kind, pointer }]) => (kind === 'format' ? [pointer] : []));
  return { ...sample, ...areSimultaneous(sample, anew, number % maxDays) };
}

function samplesOf({ members }: Group, cases: readonly KeptCase[]): Samples {
  return { length: members.length, at: (place) => sampleAt(members.at(place), cases) };
}

interface Telling {
  readonly cases: readonly KeptCase[];
  readonly agreed: readonly AgreedExchange[];
  readonly known: Map<number, KnownExchange>;
}

function* explainGroup(group: Group, { cases, agreed, known }: Telling): Steps<void> {
  const samples = samplesOf(group, cases);
  const maps = mapsIn(samples);
  const alike = new Map<readonly Cause[], KnownExchange>();
  const explained = yield* explainInSteps(samples, group.names, agreed.flatMap(agreedIn));
  for (const [place, causes] of explained.entries()) {
    const one = alike.get(causes) ?? { causes, maps };
    alike.set(causes, one);
    known.set(group.members.at(place), causes.length === 0 && maps.size === 0 ? nothing : one);
  }
}

function* casedSamples(
  groups: readonly Group[],
  cases: readonly KeptCase[],
  known: ReadonlyMap<number, KnownExchange>,
): Generator<CasedSample> {
  for (const { route, members } of groups)
    for (let place = 0; place < members.length; place += 1) {
      const number = members.at(place);
      yield { number, route, causes: known.get(number)!.causes, sample: () => sampleAt(number, cases) };
    }
}

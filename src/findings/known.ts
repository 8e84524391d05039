import { type Cause, explainRoute } from '../drift/explain.ts';
import type { Names } from '../drift/rule.ts';
import type { Sample, Samples } from '../drift/sample.ts';
import { type NumberList, numberList } from '../structures/number-list.ts';
import { type CasedSample, confirmCasing, confirmedCasing } from './casing.ts';
import type { AnsweredCase, KeptCase } from './kept-case.ts';
import { type Maps, mapsIn } from './maps.ts';
import { sampleIn, stepsIn } from './step.ts';

/** What the bodies of a route tell of one exchange. */
export interface Known {
  readonly causes: readonly Cause[];
  readonly maps: Maps;
}

/** What is known of the exchange of that case, by index; nothing where there is nothing to be explained. */
export type KnownAt = (index: number, exchange: number) => Known;

const nothing: Known = { causes: [], maps: new Set() };

/** Exchanges of one candidate, route and status. */
interface Group {
  readonly candidate: string;
  readonly route: string;
  readonly names: Names;
  /** Numbers of the exchanges, see `numberOf`. */
  readonly members: NumberList;
}

/** No case has so many exchanges. */
const mostExchanges = 2 ** 20;

const numberOf = (index: number, exchange: number): number => index * mostExchanges + exchange;

/**
 * Explains the bodies of each candidate, route and status together: what is learned from one sample is checked on the others.
 * Answers with another status are of another type, and say nothing about these.
 */
export function explainAll(cases: readonly KeptCase[]): KnownAt {
  const groups = groupsOf(cases);
  const known = new Map<number, Known>();
  for (const group of groups) explainGroup(group, cases, known);
  for (const candidate of new Set(groups.map((group) => group.candidate))) {
    const own = groups.filter((group) => group.candidate === candidate);
    for (const number of confirmCasing(casedSamples(own, cases, known))) {
      const { causes, maps } = known.get(number)!;
      known.set(number, { causes: causes.map(confirmedCasing), maps });
    }
  }
  return (index, exchange) => known.get(numberOf(index, exchange)) ?? nothing;
}

function groupsOf(cases: readonly KeptCase[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const [index, kept] of cases.entries())
    for (const { exchange, route, status } of kept.outline) {
      if (status === null) continue;
      const key = JSON.stringify([kept.candidate, route, status]);
      const group = groups.get(key) ?? emptyGroup(kept, route);
      groups.set(key, group);
      group.members.push(numberOf(index, exchange));
    }
  return [...groups.values()];
}

function emptyGroup(kept: KeptCase, route: string): Group {
  return { candidate: kept.candidate, route, names: namesOf(kept.fetch()), members: numberList() };
}

/** The names of the two sides. */
export function namesOf(compared: AnsweredCase): Names {
  return { reference: compared.reference.target, candidate: compared.candidate.target };
}

function sampleAt(number: number, cases: readonly KeptCase[]): Sample {
  const exchange = number % mostExchanges;
  const steps = stepsIn(cases[(number - exchange) / mostExchanges]!.fetch());
  return sampleIn(steps.find((one) => one.exchange === exchange)!)!;
}

function samplesOf({ members }: Group, cases: readonly KeptCase[]): Samples {
  return { length: members.length, at: (place) => sampleAt(members.at(place), cases) };
}

function explainGroup(group: Group, cases: readonly KeptCase[], known: Map<number, Known>): void {
  const samples = samplesOf(group, cases);
  const maps = mapsIn(samples);
  const alike = new Map<readonly Cause[], Known>();
  for (const [place, causes] of explainRoute(samples, group.names).entries()) {
    const one = alike.get(causes) ?? { causes, maps };
    alike.set(causes, one);
    known.set(group.members.at(place), one);
  }
}

function* casedSamples(
  groups: readonly Group[],
  cases: readonly KeptCase[],
  known: ReadonlyMap<number, Known>,
): Generator<CasedSample> {
  for (const { route, members } of groups)
    for (let place = 0; place < members.length; place += 1) {
      const number = members.at(place);
      yield { number, route, causes: known.get(number)!.causes, sample: () => sampleAt(number, cases) };
    }
}

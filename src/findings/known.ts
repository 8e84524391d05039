import { type Cause, explainRoute } from '../drift/explain.ts';
import type { Names } from '../drift/rule.ts';
import type { Sample, Samples } from '../drift/sample.ts';
import { type NumberList, numberList } from '../structures/number-list.ts';
import { type CasedSample, confirmCasing, confirmedCasing } from './casing.ts';
import type { ComparedCase } from './kept-case.ts';
import { type Maps, mapsIn } from './maps.ts';
import type { Steps } from './steps.ts';

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
export function explainAll(steps: Steps): KnownAt {
  const groups = groupsOf(steps);
  const known = new Map<number, Known>();
  for (const group of groups) explainGroup(group, steps, known);
  for (const candidate of new Set(groups.map((group) => group.candidate))) {
    const own = groups.filter((group) => group.candidate === candidate);
    for (const number of confirmCasing(casedSamples(own, steps, known))) {
      const { causes, maps } = known.get(number)!;
      known.set(number, { causes: causes.map(confirmedCasing), maps });
    }
  }
  return (index, exchange) => known.get(numberOf(index, exchange)) ?? nothing;
}

function groupsOf(steps: Steps): readonly Group[] {
  const groups = new Map<string, Group>();
  for (let index = 0; index < steps.length; index += 1)
    for (const step of steps.at(index)) {
      const found = steps.sampleOf(step);
      if (found === null) continue;
      const { compared, exchange, route } = step;
      const key = JSON.stringify([compared.candidate.target, route, found.status]);
      const group = groups.get(key) ?? emptyGroup(compared, route);
      groups.set(key, group);
      group.members.push(numberOf(index, exchange));
    }
  return [...groups.values()];
}

function emptyGroup(compared: ComparedCase, route: string): Group {
  const names = namesOf(compared);
  return { candidate: names.candidate, route, names, members: numberList() };
}

/** The names of the two sides. */
export function namesOf(compared: ComparedCase): Names {
  return { reference: compared.reference.target, candidate: compared.candidate.target };
}

function sampleAt(number: number, steps: Steps): Sample {
  const exchange = number % mostExchanges;
  const step = steps.at((number - exchange) / mostExchanges).find((one) => one.exchange === exchange)!;
  return steps.sampleOf(step)!.sample;
}

function samplesOf({ members }: Group, steps: Steps): Samples {
  return { length: members.length, at: (place) => sampleAt(members.at(place), steps) };
}

function explainGroup(group: Group, steps: Steps, known: Map<number, Known>): void {
  const samples = samplesOf(group, steps);
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
  steps: Steps,
  known: ReadonlyMap<number, Known>,
): Generator<CasedSample> {
  for (const { route, members } of groups)
    for (let place = 0; place < members.length; place += 1) {
      const number = members.at(place);
      yield { number, route, causes: known.get(number)!.causes, sample: () => sampleAt(number, steps) };
    }
}

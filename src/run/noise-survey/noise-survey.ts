import { type BodyPlaces, bodyPlaces, type SeenPlace } from '../../assurance/body-places.ts';
import type { TestCase } from '../../cases/case.ts';
import { isRepeatable } from '../../cases/every-step.ts';
import { fillRequest } from '../../cases/variables.ts';
import { bodyOf } from '../../compare/media/body-content.ts';
import type { Divergence } from '../../compare/model/divergence.ts';
import { formatName, formatOf } from '../../compare/values/value-format.ts';
import type { Config } from '../../config/config.ts';
import type { CompareOptions } from '../../config/rules.ts';
import { pushTo } from '../../drift/kit/map-utils.ts';
import { openTransport } from '../../http/send/transport.ts';
import { foldedAt, keyOf, type NoisyPlace, type Sampled } from '../../noise/evidence/self-diff.ts';
import { noisyPlaces, settle } from '../../noise/subtract-noise.ts';
import { maskPlace } from '../../redact/redact-members.ts';
import { backOff } from '../../replay/middleware/backoff.ts';
import { replayAll } from '../../replay/replay-all.ts';
import { readPointer } from '../../xml/body-pointer.ts';
import { optionsOf, sampledSide } from '../judging/compare-answers.ts';
import { generatedValuesIn } from './suggested-rules.ts';
import type { NoiseSurvey, SurveyedPlace } from './survey.ts';

interface Sighting {
  readonly place: NoisyPlace;
  readonly target: string;
  readonly caseId: string;
  readonly generated: readonly string[] | null;
  /** How the targets differ there beside what varies; null where they do not. */
  readonly apart: Divergence['kind'] | null;
}

/** Sends each case that may be repeated `times` times more to every target, and lists where a target differs from itself. */
export async function surveyNoise(
  config: Config,
  cases: readonly TestCase[],
  { times, seed, signal }: { readonly times: number; readonly seed: number; readonly signal: AbortSignal },
): Promise<NoiseSurvey> {
  const asked = cases.filter(isRepeatable);
  const transport = backOff()(openTransport(config.targets, config));
  const sightings: Sighting[] = [];
  const bodies = bodyPlaces();
  try {
    const context = { transport, ...config, seed, signal, fill: fillRequest, readPointer, moreSamples: () => times };
    await replayAll(asked, context, ({ testCase, replays, samples }) => {
      if (replays === null) return;
      const sides = config.targets.map(({ name }) => sampledSide(name, [replays, ...samples], config));
      const found = sightingsIn(sides, optionsOf(testCase, config));
      sightings.push(...found.map((one) => ({ ...one, caseId: testCase.id })));
      for (const { outcome } of sides[0]!.first.replay.exchanges)
        if (outcome.kind === 'response') bodies.add(testCase.id, 1, bodyOf(outcome.headers, outcome.body).bytes);
    });
  } finally {
    await transport.close();
  }
  const skipped = cases.filter((one) => !isRepeatable(one)).map((one) => one.id);
  const seen = bodies.seen();
  const places = gather(sightings, config).map((one) => withSteady(one, seen));
  return { places, asked: asked.length, skipped };
}

function sightingsIn(sides: readonly Sampled[], options: CompareOptions): Omit<Sighting, 'caseId'>[] {
  const seen = sides.flatMap((side) => noisyPlaces(side, options).map((place) => ({ place, side })));
  const apart = seen.length === 0 ? null : apartIn(sides, options);
  return seen.map(({ place, side }) => ({
    place,
    target: side.first.replay.target,
    generated: generatedAt(place, side),
    apart: apart?.get(keyOf(place)) ?? null,
  }));
}

/** Where both sides vary, and a run finds them to differ beside that. */
function apartIn([reference, ...candidates]: readonly Sampled[], options: CompareOptions) {
  const found = candidates.flatMap((candidate) => settle(reference!, candidate, options).comparison.divergences);
  const values = found.filter(({ rung, noisy }) => rung === 'value' && noisy === undefined);
  return new Map(values.map((one) => [keyOf(foldedAt(one)), one.kind]));
}

function generatedAt({ facet, pointer, exchange }: NoisyPlace, { first, more }: Sampled): readonly string[] | null {
  if (facet !== 'body' || pointer !== '') return null;
  const outcomes = [first, ...more].map(({ replay }) => replay.exchanges[exchange]?.outcome);
  return generatedValuesIn(
    outcomes.map((one) => (one?.kind === 'response' ? bodyOf(one.headers, one.body).bytes : null)),
  );
}

function gather(sightings: readonly Sighting[], config: Config): SurveyedPlace[] {
  const groups = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const { facet, pointer } = sighting.place;
    // Whole bodies are as many things as there are cases.
    const key = `${facet} ${pointer}${facet === 'body' && pointer === '' ? ` ${sighting.caseId}` : ''}`;
    groups.set(key, [...(groups.get(key) ?? []), sighting]);
  }
  const keys = [...groups.keys()].sort();
  return keys.map((key) => place(groups.get(key)!, config));
}

function place(group: readonly Sighting[], config: Config): SurveyedPlace {
  const first = group[0]!.place;
  const whats = group.map((sighting) => sighting.place.what);
  const targets = config.targets.map((target) => target.name);
  const hide = (text: string | null) => (text === null ? null : maskPlace(first, text));
  return {
    facet: first.facet,
    pointer: first.pointer,
    what: whats.includes('shape') ? 'shape' : whats.includes('order') ? 'order' : 'value',
    targets: targets.filter((name) => group.some((sighting) => sighting.target === name)),
    cases: [...new Set(group.map((sighting) => sighting.caseId))].sort(),
    ...judged(group, targets.length),
    format: reportedFormats(group.map((sighting) => sighting.place.example[0])),
    example: [hide(first.example[0]), hide(first.example[1])] as const,
    generated: group.some(({ generated }) => generated === null)
      ? null
      : [...new Set(group.flatMap(({ generated }) => generated ?? []))],
  };
}

function judged(group: readonly Sighting[], targets: number): Pick<SurveyedPlace, 'suppressible' | 'against'> {
  const byCase = new Map<string, Sighting[]>();
  for (const one of group) pushTo(byCase, one.caseId, one);
  const cases = [...byCase]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, own]) => ({
      id,
      isShared: new Set(own.map(({ target }) => target)).size === targets,
      // A whole body is suppressed by what varies in it alone.
      apart: own.find(({ apart, place: { pointer } }) => pointer !== '' && apart !== null)?.apart ?? null,
    }));
  const idsOf = (wanted: typeof cases) => wanted.map(({ id }) => id);
  const against = [
    { why: 'format', cases: idsOf(cases.filter(({ apart }) => apart === 'format')) },
    { why: 'value', cases: idsOf(cases.filter(({ apart }) => apart !== 'format' && apart !== null)) },
  ] as const;
  return {
    suppressible: idsOf(cases.filter(({ isShared, apart }) => isShared && apart === null)),
    against: against.filter((one) => one.cases.length > 0),
  };
}

/** Takes the places that were there in each case, as far as they are known. Of null there is only its type, and of an empty array no order. */
function withSteady(place: SurveyedPlace, seen: ReturnType<BodyPlaces['seen']>): SurveyedPlace {
  if (place.facet !== 'body' || place.pointer === '') return place;
  const known = new Set([...place.suppressible, ...place.against.flatMap(({ cases }) => cases)]);
  const hides = ({ pointer, isNull }: SeenPlace) =>
    place.what === 'order' ? pointer === `${place.pointer}/*` : pointer === place.pointer && !isNull;
  const steady = [...seen].filter(([id, places]) => !known.has(id) && places?.some(hides) === true).map(([id]) => id);
  if (steady.length === 0) return place;
  return { ...place, against: [...place.against, { why: 'steady', cases: steady.sort() }] };
}

function reportedFormats(sources: readonly (string | null)[]): string | null {
  const formats = sources.map((source) => (source === null ? null : formatOf(source)));
  const names = new Set(formats.flatMap((format) => (format === null ? [] : [formatName(format)])));
  return names.size === 0 ? null : [...names].sort().join(' or ');
}

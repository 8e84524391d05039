import type { TestCase } from '../cases/case.ts';
import { isRepeatable } from '../cases/every-step.ts';
import { fillRequest } from '../cases/variables.ts';
import { bodyOf } from '../compare/body.ts';
import { formatName, formatOf } from '../compare/format.ts';
import { noisyPlaces } from '../compare/noise.ts';
import type { NoisyPlace, Sampled } from '../compare/self-view.ts';
import type { Config } from '../config/config.ts';
import { readPointer } from '../json/pointer.ts';
import { politely } from '../replay/polite.ts';
import { replayAll } from '../replay/replay.ts';
import { openTransport } from '../replay/transport.ts';
import { optionsOf, sampledSide } from './compared.ts';
import { maskPlace } from './mask-names.ts';
import { madeAnewIn } from './suggested-rules.ts';

/** A place that differs each time it is asked, over all cases. */
export interface SurveyedPlace {
  readonly facet: NoisyPlace['facet'];
  /** Shape: array indices folded to `*`. */
  readonly pointer: string;
  readonly what: NoisyPlace['what'];
  /** Names of the targets that show it, in the order of the configuration. */
  readonly targets: readonly string[];
  readonly cases: readonly string[];
  readonly format: string | null;
  readonly example: readonly [string | null, string | null];
  /** Of a whole body: what it is that differs in it, see `madeAnewIn`; null where that is not all, or not known. */
  readonly anew: readonly string[] | null;
}

/** What a survey of noise found. */
export interface NoiseSurvey {
  readonly places: readonly SurveyedPlace[];
  /** Cases that were asked several times, and those that may not be repeated. */
  readonly asked: number;
  readonly skipped: readonly string[];
}

interface Sighting {
  readonly place: NoisyPlace;
  readonly target: string;
  readonly caseId: string;
  readonly anew: readonly string[] | null;
}

/** Sends each case that may be repeated `times` times more to every target, and lists where a target differs from itself. */
export async function surveyNoise(
  config: Config,
  cases: readonly TestCase[],
  { times, seed, signal }: { readonly times: number; readonly seed: number; readonly signal: AbortSignal },
): Promise<NoiseSurvey> {
  const asked = cases.filter(isRepeatable);
  const transport = politely(openTransport(config.targets, config));
  const sightings: Sighting[] = [];
  try {
    const context = { transport, ...config, seed, signal, fill: fillRequest, readPointer, moreSamples: () => times };
    await replayAll(asked, context, ({ testCase, replays, samples }) => {
      if (replays === null) return;
      for (const { name } of config.targets) {
        const side = sampledSide(name, [replays, ...samples], config);
        for (const place of noisyPlaces(side, optionsOf(testCase, config)))
          sightings.push({ place, target: name, caseId: testCase.id, anew: anewAt(place, side) });
      }
    });
  } finally {
    await transport.close();
  }
  const skipped = cases.filter((one) => !isRepeatable(one)).map((one) => one.id);
  return { places: gather(sightings, config), asked: asked.length, skipped };
}

function anewAt({ facet, pointer, exchange }: NoisyPlace, { first, more }: Sampled): readonly string[] | null {
  if (facet !== 'body' || pointer !== '') return null;
  const outcomes = [first, ...more].map(({ replay }) => replay.exchanges[exchange]?.outcome);
  return madeAnewIn(outcomes.map((one) => (one?.kind === 'response' ? bodyOf(one.headers, one.body).bytes : null)));
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
    format: formatTold(first.example[0]),
    example: [hide(first.example[0]), hide(first.example[1])] as const,
    anew: group.some(({ anew }) => anew === null) ? null : [...new Set(group.flatMap(({ anew }) => anew ?? []))],
  };
}

function formatTold(source: string | null): string | null {
  const format = source === null ? null : formatOf(source);
  return format === null ? null : formatName(format);
}

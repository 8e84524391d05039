import type { TestCase } from '../cases/case.ts';
import { isRepeatable } from '../cases/every-step.ts';
import { fillRequest } from '../cases/variables.ts';
import { formatOf } from '../compare/format.ts';
import { noisyPlaces } from '../compare/noise.ts';
import { rulesFor } from '../compare/noise-rules.ts';
import type { NoisyPlace } from '../compare/self-view.ts';
import type { Config } from '../config/config.ts';
import { readPointer } from '../json/pointer.ts';
import { politely } from '../replay/polite.ts';
import { replayAll } from '../replay/replay.ts';
import { openTransport } from '../replay/transport.ts';
import { visibleJson } from '../report/escape.ts';
import { optionsOf, sampledSide } from './compared.ts';
import { maskPlace } from './mask-names.ts';

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
          sightings.push({ place, target: name, caseId: testCase.id });
      }
    });
  } finally {
    await transport.close();
  }
  const skipped = cases.filter((one) => !isRepeatable(one)).map((one) => one.id);
  return { places: gather(sightings, config), asked: asked.length, skipped };
}

function gather(sightings: readonly Sighting[], config: Config): SurveyedPlace[] {
  const groups = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const key = `${sighting.place.facet} ${sighting.place.pointer}`;
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
    format: first.example[0] === null ? null : formatOf(first.example[0]),
    example: [hide(first.example[0]), hide(first.example[1])] as const,
  };
}

/** The rules that would forgive what every target shows: a block for `parity.yaml`, or null if there is nothing to forgive. */
export function rulesBlock(survey: NoiseSurvey, config: Config): string | null {
  const everywhere = survey.places.filter(
    (one) => one.targets.length === config.targets.length && one.what !== 'shape',
  );
  const { ignore, unordered } = rulesFor(everywhere.map((one) => ({ ...one, exchange: 0 })));
  if (ignore.length + unordered.length === 0) return null;
  const formats = new Map(everywhere.map((one) => [one.pointer, one.format]));
  const reason = (pointer: string) => `${formats.get(pointer) ?? 'value'} made anew each time`;
  const rules = ignore.map(
    (rule) => `    - ${JSON.stringify({ pointer: rule.pointer, keep: 'type', reason: reason(rule.pointer) })}`,
  );
  const lines = [
    'compare:',
    ...(rules.length > 0 ? ['  ignore:', ...rules] : []),
    ...(unordered.length > 0 ? [`  unordered: ${JSON.stringify(unordered.map((rule) => rule.pointer))}`] : []),
  ];
  return visibleJson(lines.join('\n'));
}

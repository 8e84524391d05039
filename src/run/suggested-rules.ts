import { rulesFor } from '../compare/noise-rules.ts';
import type { Config } from '../config/config.ts';
import { visibleJson } from '../report/escape.ts';
import type { NoiseSurvey, SurveyedPlace } from './noise-survey.ts';

/** What every target shows, and rules can forgive. */
function everywhere({ places }: NoiseSurvey, { targets }: Config): SurveyedPlace[] {
  return places.filter((one) => one.facet === 'body' && one.targets.length === targets.length && one.what !== 'shape');
}

/** The rules that would forgive what every target shows: a block for `parity.yaml`, or null if there is nothing to forgive. No rule is for whole bodies: it would be for those of every route. */
export function rulesBlock(survey: NoiseSurvey, config: Config): string | null {
  const places = everywhere(survey, config).filter(({ pointer }) => pointer !== '');
  const { ignore, unordered } = rulesFor(places.map((one) => ({ ...one, exchange: 0 })));
  if (ignore.length + unordered.length === 0) return null;
  const formats = new Map(places.map((one) => [one.pointer, one.format]));
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

/** What can be told within a text, by the word that stands for it then. */
const varying = new Map([
  ['<uuid>', '[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}'],
  ['<time>', '\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:?\\d\\d)?'],
]);

/** Takes the bodies that were answered to one request; returns the words for what differs in them, or null if they differ in anything else. */
export function madeAnewIn(bodies: readonly (Buffer | null)[]): readonly string[] | null {
  let texts = bodies.map((body) => body?.toString('latin1') ?? '');
  const words: string[] = [];
  for (const [word, pattern] of varying) {
    const found = new Set(texts.map((text) => text.match(new RegExp(pattern, 'g'))?.join()));
    if (found.size === 1) continue;
    words.push(word);
    texts = texts.map((text) => text.replace(new RegExp(pattern, 'g'), word));
  }
  return words.length > 0 && new Set(texts).size === 1 ? words : null;
}

/** For each case whose whole body every target makes anew: its id, and the narrowest `compare` of its own that forgives that, or null if none is known. */
export function ownRules(
  survey: NoiseSurvey,
  config: Config,
): readonly (readonly [id: string, block: string | null])[] {
  const places = everywhere(survey, config).filter(({ pointer }) => pointer === '');
  return places.flatMap((place) => place.cases.map((id) => [id, ownRule(place)] as const));
}

function ownRule({ what, anew }: SurveyedPlace): string | null {
  if (what === 'order') return 'compare: { unordered: [""] }';
  const rules = anew?.map((word) =>
    JSON.stringify({ pointer: '', pattern: varying.get(word), with: word, reason: 'made anew each time' }),
  );
  return rules === undefined ? null : `compare: { replace: [${rules.join(', ')}] }`;
}

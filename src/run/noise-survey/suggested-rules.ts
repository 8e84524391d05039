import { pushTo } from '../../drift/kit/map-utils.ts';
import { visibleJson } from '../../json/printable.ts';
import { rulesFor } from '../../noise/evidence/suppressions.ts';
import type { NoiseSurvey, SurveyedPlace } from './survey.ts';

/** What every target shows in some case, and rules can suppress there. */
function suppressible({ places }: NoiseSurvey): SurveyedPlace[] {
  return places.filter((one) => one.facet === 'body' && one.suppressible.length > 0 && one.what !== 'shape');
}

function writtenFor(places: readonly SurveyedPlace[]): { readonly ignore: string[]; readonly unordered: string[] } {
  const { ignore, unordered } = rulesFor(places.map((one) => ({ ...one, exchange: 0 })));
  const formats = new Map(places.map((one) => [one.pointer, one.format]));
  const reason = (pointer: string) => `${formats.get(pointer) ?? 'value'} generated each time`;
  return {
    ignore: ignore.map(({ pointer }) => JSON.stringify({ pointer, keep: 'type', reason: reason(pointer) })),
    unordered: unordered.map(({ pointer }) => JSON.stringify(pointer)),
  };
}

/** The rules that would suppress what every target shows, and hide nothing in any case: a block for `parity.yaml`, or null if there is nothing to suppress. No rule is for whole bodies: it would be for those of every route. */
export function rulesBlock(survey: NoiseSurvey): string | null {
  const places = suppressible(survey).filter(({ pointer, against }) => pointer !== '' && against.length === 0);
  const { ignore, unordered } = writtenFor(places);
  if (ignore.length + unordered.length === 0) return null;
  const lines = [
    'compare:',
    ...(ignore.length > 0 ? ['  ignore:', ...ignore.map((rule) => `    - ${rule}`)] : []),
    ...(unordered.length > 0 ? [`  unordered: [${unordered.join(',')}]`] : []),
  ];
  return visibleJson(lines.join('\n'));
}

/** For cases that need a rule which would hide something in others: all rules that each of them needs, as a `compare` of its own, and the ids of those that need the same. */
export function caseRules(survey: NoiseSurvey): ReadonlyMap<string, readonly string[]> {
  const places = suppressible(survey).filter(({ pointer }) => pointer !== '');
  const needed = new Map<string, SurveyedPlace[]>();
  for (const place of places) for (const id of place.suppressible) pushTo(needed, id, place);
  const blocks = new Map<string, string[]>();
  for (const [id, own] of needed) if (own.some(({ against }) => against.length > 0)) pushTo(blocks, caseBlock(own), id);
  return blocks;
}

function caseBlock(places: readonly SurveyedPlace[]): string {
  const lists = Object.entries(writtenFor(places)).filter(([, rules]) => rules.length > 0);
  return visibleJson(`compare: { ${lists.map(([name, rules]) => `${name}: [${rules.join(', ')}]`).join(', ')} }`);
}

/** What can be recognised within a text, by the word that replaces it. */
const varying = new Map([
  ['<uuid>', '[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}'],
  ['<time>', '\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:?\\d\\d)?'],
]);

/** Takes the bodies that were answered to one request; returns the words for what differs in them, or null if they differ in anything else. */
export function generatedValuesIn(bodies: readonly (Buffer | null)[]): readonly string[] | null {
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

/** For each case whose whole body every target generates for each answer: its id, and the narrowest `compare` of its own that suppresses that, or null if none is known. */
export function ownRules(survey: NoiseSurvey): readonly (readonly [id: string, block: string | null])[] {
  const places = suppressible(survey).filter(({ pointer }) => pointer === '');
  return places.flatMap((place) => place.suppressible.map((id) => [id, ownRule(place)] as const));
}

function ownRule({ what, generated }: SurveyedPlace): string | null {
  if (what === 'order') return 'compare: { unordered: [""] }';
  const rules = generated?.map((word) =>
    JSON.stringify({ pointer: '', pattern: varying.get(word), with: word, reason: 'generated each time' }),
  );
  return rules === undefined ? null : `compare: { replace: [${rules.join(', ')}] }`;
}

import { pointerShape } from '../../json/pointer.ts';
import type { Probe } from '../../probe/model/probe.ts';
import type { RunRecord } from '../../record/run-record.ts';
import type { RecordedExchange } from '../../record/types.ts';
import { listedCases } from '../../report/document/document.ts';
import type { ReportedCase } from '../../report/document/report-cases.ts';
import type { ReportCase } from '../../report/document/report-model.ts';

/** What became of a probe on one candidate, most urgent first: to let in what was refused is worse than the reverse. */
export const kinds = [
  ['let-in', 'the candidate accepts what the reference refuses'],
  ['taken', 'both accept it, and answer otherwise'],
  ['refused', 'the candidate refuses what the reference accepts'],
  ['status', 'other status codes'],
  ['body', 'both refuse it, in other words'],
  ['headers', 'only headers differ'],
  ['as-valid', 'no finding but those of the valid request'],
  ['no-verdict', 'no verdict'],
] as const;

type ResultKind = (typeof kinds)[number][0] | 'agree';

/** What became of one probe on one candidate. */
export interface Result {
  readonly probe: Probe;
  readonly candidate: string;
  readonly kind: ResultKind;
  /** `422` or `closed`, of the reference and of the candidate. */
  readonly answered: readonly [string, string];
  /** What tells the two answers apart: the bodies, or the header that differs. */
  readonly shown: readonly [string, string];
  readonly message: string | null;
  /** Of two answers with the same status the places and headers that differ; else nothing: the statuses say it. */
  readonly differs: string;
}

/** Name of the target that the others are held against. */
export function referenceOf({ header }: RunRecord): string {
  return header.targets.find(({ role }) => role === 'reference')?.name ?? 'reference';
}

interface Told {
  readonly probe: Probe;
  readonly runCase: ReportedCase['runCase'];
  readonly told: ReportCase;
}

/** What became of these probes in a run, in their order; of those that it did not come to, nothing. */
export function resultsOf(record: RunRecord, probes: readonly Probe[]): Result[] {
  const byId = new Map(Array.from(listedCases(record), (one) => [one.runCase.id, one]));
  const all = probes.flatMap((probe): Told[] => {
    const one = byId.get(probe.testCase.id);
    return one === undefined ? [] : one.perCandidate.map((told) => ({ probe, runCase: one.runCase, told }));
  });
  const valid = all.filter(({ probe }) => probe.group === 'valid');
  const asValid = new Set(valid.flatMap(({ told }) => found(told).map(({ finding }) => finding)));
  const reference = referenceOf(record);
  return all.map((one) => resultOf(one, { reference, asValid }));
}

/** The divergences that count. */
function found({ divergences }: ReportCase): ReportCase['divergences'] {
  return divergences.filter(({ finding }) => finding !== null);
}

interface Beside {
  readonly reference: string;
  /** The findings that the valid request shows. */
  readonly asValid: ReadonlySet<string | null>;
}

/** Both accept the valid request: whatever it shows, it is not that one of them refuses, nor how they say so. */
const mayBeOld: readonly ResultKind[] = ['taken', 'status', 'headers'];

function resultOf({ probe, runCase, told }: Told, { reference, asValid }: Beside): Result {
  const { candidate, message } = told;
  const sides = [reference, candidate].map((target) => runCase.exchanges?.[target]?.at(-1));
  const [ours, theirs] = [answerOf(sides[0]), answerOf(sides[1])];
  const own = kindOf(told, [ours.text, theirs.text]);
  const isOld = probe.group !== 'valid' && mayBeOld.includes(own) && showsOnly(told, asValid);
  return {
    ...{ probe, candidate, message },
    kind: isOld ? 'as-valid' : own,
    answered: [ours.text, theirs.text],
    shown: own === 'headers' ? headersOf(told) : [ours.body, theirs.body],
    differs: ours.text === theirs.text ? placesOf(told) : '',
  };
}

function showsOnly(told: ReportCase, known: Beside['asValid']): boolean {
  const findings = found(told).map(({ finding }) => finding);
  return findings.length > 0 && findings.every((finding) => known.has(finding));
}

function answerOf(exchange: RecordedExchange | undefined): { readonly text: string; readonly body: string } {
  if (exchange === undefined) return { text: 'nothing', body: '' };
  const { response, failure } = exchange;
  if (response === null) return { text: failure?.reason ?? 'no answer', body: failure?.message ?? '' };
  const { status, headers, body } = response;
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  const redirects = location !== undefined && status >= 300 && status < 400;
  return { text: String(status), body: redirects ? `location: ${location}` : (body.text ?? `${body.bytes} bytes`) };
}

function placesOf(told: ReportCase): string {
  const places = found(told).map(({ facet, pointer, kind }) => `${facet} ${pointerShape(pointer)} ${kind}`);
  return [...new Set(places)].sort().join();
}

function headersOf(told: ReportCase): readonly [string, string] {
  const first = found(told).find(({ facet }) => facet === 'headers');
  if (first === undefined) return ['', ''];
  const side = (value: string | null) => `${first.pointer.slice(1)}: ${value ?? '(none)'}`;
  return [side(first.reference), side(first.candidate)];
}

function kindOf(told: ReportCase, [ours, theirs]: readonly [string, string]): ResultKind {
  if (told.outcome === 'match') return 'agree';
  if (told.outcome !== 'divergent' && told.outcome !== 'accepted') return 'no-verdict';
  const accepts = (answered: string) => /^2\d\d$/.test(answered);
  const refuses = (answered: string) => !/^[123]\d\d$/.test(answered);
  if (refuses(ours) && accepts(theirs)) return 'let-in';
  if (accepts(ours) && refuses(theirs)) return 'refused';
  if (ours !== theirs) return 'status';
  if (!found(told).some(({ facet }) => facet === 'body')) return 'headers';
  return accepts(ours) ? 'taken' : 'body';
}

import type { TestCase } from '../../src/cases/case.ts';
import { compareCase } from '../../src/compare/compare-case.ts';
import { type CompareOptions, defaultCompare } from '../../src/config/rules.ts';
import type { ComparedCase } from '../../src/findings/kept-case.ts';
import type { Exchange, Failure, Response, TargetReplay } from '../../src/http/exchange.ts';

export interface Answer {
  readonly status?: number;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
}

export interface Step {
  readonly method?: string;
  readonly path?: string;
  readonly reference: Answer | Failure;
  readonly candidate: Answer | Failure;
}

export interface Setting {
  readonly level?: CompareOptions['level'];
  readonly candidate?: string;
  readonly routes?: readonly string[];
}

const json = [['content-type', 'application/json']] as const;

function outcomeOf(answer: Answer | Failure): Response | Failure {
  if ('kind' in answer) return answer;
  const { status = 200, headers = json, body = '' } = answer;
  return { kind: 'response', status, statusText: '', headers, body: Buffer.from(body) };
}

function exchangeOf(target: string, step: number, { method = 'GET', path = '/v1/things', ...sides }: Step): Exchange {
  const answer = target === 'rust' ? sides.reference : sides.candidate;
  return {
    target,
    step,
    request: { method, path, headers: [], body: null },
    outcome: outcomeOf(answer),
    durationMs: 1,
  };
}

/** A case as a run hands it over: what both sides answered, compared. */
export function caseOf(id: string, steps: readonly Step[], setting: Setting = {}): ComparedCase {
  const options = { ...defaultCompare, level: setting.level ?? 'value' };
  const replay = (target: string): TargetReplay => ({
    target,
    exchanges: steps.map((step, i) => exchangeOf(target, i, step)),
    captured: {},
  });
  const [reference, candidate] = [replay('rust'), replay(setting.candidate ?? 'go')];
  const testCase: TestCase = {
    id,
    suite: id.split('/')[0]!,
    title: null,
    tags: [],
    safe: true,
    steps: [],
    compare: {},
    routes: setting.routes ?? [],
    location: { file: 'cases/all.yaml', line: 1, col: 1 },
  };
  const side = (one: TargetReplay) => ({ replay: one, origin: `http://${one.target}` });
  return {
    testCase,
    reference,
    candidate,
    comparison: compareCase(side(reference), side(candidate), options),
    options,
    origins: ['http://rust', `http://${setting.candidate ?? 'go'}`],
  };
}

/** A case of one request whose JSON bodies differ. */
export function bodies(
  id: string,
  [reference, candidate]: readonly [string, string],
  setting: Setting & { path?: string } = {},
) {
  const path = setting.path ?? '/v1/things';
  return caseOf(id, [{ path, reference: { body: reference }, candidate: { body: candidate } }], setting);
}

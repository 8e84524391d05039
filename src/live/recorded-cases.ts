import type { TestCase } from '../cases/case.ts';
import type { Unfinished } from '../record/resume.ts';
import type { RecordedBody, RecordedCase } from '../record/types.ts';
import { liveCase } from './compare/live-case.ts';

/** The cases that a record of live traffic holds, from the requests in it; a case whose request was not kept is left out. */
export function recordedCases(
  cases: readonly Pick<RecordedCase, 'id'>[],
  { find }: Pick<Unfinished, 'find'>,
): TestCase[] {
  return cases.flatMap(({ id }) => {
    const exchanges = Object.values(find(id)?.exchanges ?? {});
    const request = exchanges.flatMap((own) => own[0]?.request ?? [])[0];
    if (request === undefined) return [];
    return [{ ...liveCase({ ...request, body: request.body === null ? null : bytesOf(request.body) }), id }];
  });
}

function bytesOf({ text, base64 }: RecordedBody): Uint8Array {
  return text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text, 'utf8');
}

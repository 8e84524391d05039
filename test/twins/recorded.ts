import { validateInGo } from '../../src/twins/go.ts';
import { bodyKey, type RecordedService, type ValidateAnswer } from '../../src/twins/recorded.ts';
import { validateInRust } from '../../src/twins/rust.ts';
import { everyCase, readCaptured } from './forms.ts';
import { toRawRequest } from './library.ts';

type Recorded = Record<RecordedService, Record<string, ValidateAnswer>>;

/** The file of recorded answers that the embedded twins read. */
export const recordedFile = new URL('../../src/twins/recorded.json', import.meta.url);

const unrecorded: Readonly<Record<RecordedService, (body: Buffer) => ValidateAnswer>> = {
  rust: validateInRust,
  go: (body) => validateInGo(body, false),
  'go-serde': (body) => validateInGo(body, true),
};

/** What the embedded twins must have recorded: the captured answers to bodies that they answer in another way by themselves. */
export async function answersToRecord(): Promise<Recorded> {
  const recorded: Recorded = { rust: {}, go: {}, 'go-serde': {} };
  const bodies = await validatedBodies();
  for (const service of ['rust', 'go', 'go-serde'] as const) {
    const captured = await readCaptured(service);
    for (const [id, body] of bodies) {
      const answer = captured[id]?.[0]?.[0];
      if (typeof answer?.body !== 'string' || !isOfValidate(answer.status, answer.body, service)) continue;
      const key = bodyKey(body);
      const known = (service === 'go-serde' ? recorded.go[key] : undefined) ?? unrecorded[service](body);
      if (known[0] !== answer.status || known[1] !== answer.body) recorded[service][key] = [answer.status, answer.body];
    }
  }
  return recorded;
}

/** Recorded answers as JSON with one answer a line. */
export function recordedText(recorded: Recorded): string {
  const services = Object.entries(recorded).map(([service, answers]) => {
    const lines = Object.entries(answers).map((entry) => entry.map((part) => JSON.stringify(part)).join(': '));
    return `${JSON.stringify(service)}: {\n${lines.join(',\n')}\n}`;
  });
  return `{\n${services.join(',\n')}\n}\n`;
}

async function validatedBodies(): Promise<[id: string, body: Buffer][]> {
  const requests = (await everyCase()).map(({ id, steps }) => ({ id, ...toRawRequest(steps[0]!.request, {}) }));
  return requests
    .filter(({ method, path }) => method === 'POST' && path.split('?')[0] === '/v1/validate')
    .map(({ id, body }) => [id, body]);
}

/** Whether the body decided the answer: not its length, its content type or a request line that could not be read. */
function isOfValidate(status: number, body: string, service: RecordedService): boolean {
  if (![200, 400, 422].includes(status) || body === '') return false;
  return service === 'rust' || body.startsWith('{');
}

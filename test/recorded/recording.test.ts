import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ParityError } from '../../src/errors.ts';
import { answersFrom } from '../../src/http/send/recorded-answers.ts';
import { recordedBody, recordingLine } from '../../src/recorded/format.ts';
import { openRecording } from '../../src/recorded/read-recording.ts';

const header = {
  schema: 'parity-recording/1',
  recordedAt: '2026-11-24T08:00:00.000Z',
  target: '',
  source: 'record',
} as const;

interface Row {
  readonly request: string;
  readonly type?: string;
  readonly body?: string | Uint8Array;
  readonly answers: readonly (readonly [status: number, text: string])[];
  readonly variables?: readonly string[];
}

function fileOf(rows: readonly Row[], tail = ''): string {
  const lines = rows.map(({ request, type, body, answers, variables }) => {
    const [method = '', path = ''] = request.split(' ');
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    return recordingLine({
      at: '2026-11-24T08:00:01.000Z',
      request: {
        method,
        path,
        headers: type === undefined ? [] : [['Content-Type', type]],
        body: bytes ? recordedBody(bytes) : null,
      },
      answers: answers.map(([status, text]) => ({ status, statusText: '', headers: [], body: { text } })),
      ...(variables === undefined ? {} : { variables }),
    });
  });
  const file = join(mkdtempSync(join(tmpdir(), 'parity-recorded-')), 'a.recorded');
  writeFileSync(file, recordingLine(header) + lines.join('') + tail);
  return file;
}

/** What a recording answers to one request. */
function answerTo(
  rows: readonly Row[],
  request: string,
  { type = '', body = null as string | null, env = {}, accepts = null as number | null } = {},
) {
  const [method = '', path = ''] = request.split(' ');
  const headers = type === '' ? [] : [['content-type', type] as const];
  const ask = answersFrom('old', openRecording(fileOf(rows), env));
  const { outcome } = ask({ method, path, headers, body: body === null ? null : Buffer.from(body) }, { accepts });
  return outcome.kind === 'response' ? `${outcome.status} ${Buffer.from(outcome.body)}` : outcome.reason;
}

const form = 'application/x-www-form-urlencoded';
const twoForms = 'multipart/form-data; boundary=';
const part = (boundary: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--${boundary}--\r\n`;

describe('a recording', () => {
  it.each<[string, Row, string, Parameters<typeof answerTo>[2], string]>([
    ['the same bytes', { request: 'POST /a', body: 'x', answers: [[200, 'y']] }, 'POST /a', { body: 'x' }, '200 y'],
    [
      'JSON that is written in another way',
      { request: 'POST /a', body: '{"a":1,"b":[2]}', answers: [[200, 'y']] },
      'POST /a',
      { body: '{ "b": [2], "a": 1.0 }' },
      '200 y',
    ],
    [
      'a form that is encoded in another way',
      { request: 'POST /a', type: form, body: 'a=%20b&c=d', answers: [[200, 'y']] },
      'POST /a',
      { type: form, body: 'a=+b&c=d' },
      '200 y',
    ],
    [
      'a multipart body with another boundary',
      { request: 'POST /a', type: `${twoForms}q1`, body: part('q1'), answers: [[200, 'y']] },
      'POST /a',
      { type: `${twoForms}"z9"`, body: part('z9') },
      '200 y',
    ],
    [
      'a path with the value of its variable',
      { request: `GET /a?key=\${KEY}`, answers: [[200, `\${KEY} \${OTHER}`]], variables: ['KEY'] },
      'GET /a?key=s3cret',
      { env: { KEY: 's3cret' } },
      `200 s3cret \${OTHER}`,
    ],
    [
      'another body',
      { request: 'POST /a', body: 'x', answers: [[200, 'y']] },
      'POST /a',
      { body: 'z' },
      'not-recorded',
    ],
    [
      'another order of items',
      { request: 'POST /a', body: '[1,2]', answers: [[200, 'y']] },
      'POST /a',
      { body: '[2,1]' },
      'not-recorded',
    ],
    ['another query', { request: 'GET /a?b=1', answers: [[200, 'y']] }, 'GET /a?b=2', {}, 'not-recorded'],
  ])('is asked for a request with %s', (_, row, request, asked, answer) => {
    expect(answerTo([row], request, asked)).toBe(answer);
  });

  it('gives the answer with the status that the case expects, where there are several', () => {
    const rows: Row[] = [404, 200].map((status) => ({ request: 'GET /a', answers: [[status, '']] }));
    expect(answerTo(rows, 'GET /a')).toBe('404 ');
    expect(answerTo(rows, 'GET /a', { accepts: 200 })).toBe('200 ');
  });

  it('gives the answer to the request with the same headers, where there are several', () => {
    const rows: Row[] = ['text/a', 'text/b'].map((type) => ({ request: 'GET /a', type, answers: [[200, type]] }));
    expect(answerTo(rows, 'GET /a', { type: 'text/b' })).toBe('200 text/b');
    expect(answerTo(rows, 'GET /a', { type: 'text/c' })).toBe('200 text/a');
  });

  it('gives the steps of a case the answers of their time, and a case that is sent again what was recorded again', () => {
    const rows: Row[] = [
      {
        request: 'GET /a',
        answers: [
          [404, '1'],
          [404, '2'],
        ],
      },
      { request: 'PUT /a', answers: [[201, 'p']] },
      { request: 'GET /a', answers: [[200, '3']] },
    ];
    const ask = answersFrom('old', openRecording(fileOf(rows), {}));
    const visit = () => {
      const options = { caseId: 'c', visit: {} };
      return ['GET', 'PUT', 'GET'].map((method) => {
        const { outcome, recordedAnswers } = ask({ method, path: '/a', headers: [], body: null }, options);
        return outcome.kind === 'response'
          ? `${outcome.status} ${Buffer.from(outcome.body)} of ${recordedAnswers}`
          : '';
      });
    };
    expect(visit()).toEqual(['404 1 of 2', '201 p of 1', '200 3 of 1']);
    expect(visit()).toEqual(['404 2 of 2', '201 p of 1', '200 3 of 1']);
  });

  it('leaves out a last line that was cut off', () => {
    const file = fileOf([{ request: 'GET /a', answers: [[200, '']] }], '{"at":"2026');
    expect(openRecording(file, {}).places).toHaveLength(1);
  });

  it('says of an answer without its body that it was over the cap', () => {
    const file = fileOf([]);
    const answers = [{ status: 200, statusText: '', headers: [], body: { omitted: 5 } }];
    const request = { method: 'GET', path: '/a', headers: [], body: null };
    writeFileSync(file, recordingLine(header) + recordingLine({ at: '', request, answers }));
    const { outcome } = answersFrom('old', openRecording(file, {}))(request, {});
    expect(outcome).toMatchObject({ kind: 'failure', reason: 'recorded-in-part' });
  });

  it.each<[string, string, number]>([
    ['is empty', '', 1],
    ['is a case file', 'suite: a\ncases: []\n', 1],
    ['has a line that is not JSON', `${recordingLine(header)}{"at"\n`, 2],
    ['has a line without a request', `${recordingLine(header)}{"answers":[]}\n`, 2],
    [
      'has a line without answers',
      `${recordingLine(header)}{"request":{"method":"GET","path":"/","headers":[],"body":null},"answers":[]}\n`,
      2,
    ],
  ])('is refused with file and line where it %s', (_, text, line) => {
    const file = fileOf([]);
    writeFileSync(file, text);
    const open = () => openRecording(file, {});
    expect(open).toThrow(expect.objectContaining({ code: 'PX2014' }) as ParityError);
    try {
      open();
    } catch (error) {
      expect((error as ParityError).problems[0]).toMatchObject({ file, line });
    }
  });
});

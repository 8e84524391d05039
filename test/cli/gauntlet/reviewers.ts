import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { folder, parity } from '../command.ts';

/** One request that a stub of a reviewer was sent. */
export interface Question {
  readonly reviewer: string;
  readonly model: string;
  readonly headers: IncomingMessage['headers'];
  /** The texts of its messages. */
  readonly texts: readonly string[];
  readonly raw: string;
}

/** What a stub does with a question: an answer of the gateway form, of the chat-completions form, or the whole response by hand. */
export type Behaviour = (question: Question, times: number, response: ServerResponse) => string | null;

/** A server that plays reviewers, by the path of the request. */
export interface Reviewers {
  readonly url: string;
  readonly questions: Question[];
  close(): void;
}

interface Body {
  readonly model: string;
  readonly messages: readonly { readonly content: string }[];
}

/** Starts one; a behaviour returns the text of an answer, or null where it has answered by itself, or never will. */
export async function reviewers(behaviours: Readonly<Record<string, Behaviour>>): Promise<Reviewers> {
  const questions: Question[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const raw = Buffer.concat(parts).toString('utf8');
      const { model, messages } = JSON.parse(raw) as Body;
      const [, reviewer = '', form = ''] = (request.url ?? '').split('/');
      const question = {
        reviewer,
        model,
        headers: request.headers,
        texts: messages.map(({ content }) => content),
        raw,
      };
      questions.push(question);
      const times = questions.filter((one) => one.reviewer === reviewer).length;
      const text = behaviours[reviewer]!(question, times, response);
      if (text !== null) response.setHeader('content-type', 'application/json').end(answerOf(form, text));
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    questions,
    close: () => server.close().closeAllConnections(),
  };
}

function answerOf(form: string, text: string): string {
  const tokens = Math.ceil(text.length / 4);
  if (form !== 'chat') return JSON.stringify({ content: text, usage: { input_tokens: 900, output_tokens: tokens } });
  const usage = { prompt_tokens: 900, completion_tokens: tokens };
  return JSON.stringify({ choices: [{ message: { role: 'assistant', content: text }, finish_reason: 'stop' }], usage });
}

/** A finding in the form that is asked for. */
export function finding(severity: string, where: string, what = 'the error is dropped'): string {
  return `SEVERITY: ${severity}\nWHERE: ${where}\nWHAT: ${what}\nWHY: a failure is not seen by anybody who could act on it\n\n`;
}

/** An answer of more than 300 tokens. */
export function answer(findings: readonly string[], verdict = 'VERDICT: ship-with-fixes, see above'): string {
  return `I read every hunk. ${'It was checked with care. '.repeat(50)}\n\n${findings.join('')}${verdict}\n`;
}

/** A file of a unified diff with hunks of ten lines at lines 10, 110, 210 and so on. */
export function diffOf(path: string, hunks = 1, line = 'changed'): string {
  const head = `diff --git a/${path} b/${path}\nindex 1111111..2222222 100644\n--- a/${path}\n+++ b/${path}\n`;
  const body = Array.from({ length: hunks }, (_, i) => {
    const lines = Array.from({ length: 9 }, (_, n) => ` context ${n}\n`).join('');
    return `@@ -${10 + 100 * i},9 +${10 + 100 * i},10 @@ func f${i}\n${lines}+${line} ${i}\n`;
  });
  return head + body.join('');
}

/** What a test runs `parity review` with. */
export interface Setting {
  readonly diff: string;
  /** By name; the lineage is the name up to a dash. */
  readonly behaviours: Readonly<Record<string, Behaviour>>;
  readonly review?: Readonly<Record<string, unknown>>;
  readonly reviewer?: Readonly<Record<string, unknown>>;
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
}

/** Runs `parity review` over a diff with these reviewers. */
export async function review(setting: Setting) {
  const server = await reviewers(setting.behaviours);
  const cwd = await folder({ 'gauntlet.yaml': gauntletOf(server, setting), 'changes.diff': setting.diff });
  const ended = await parity(['review', ...(setting.args ?? [])], { cwd, env: setting.env ?? {} });
  server.close();
  return { cwd, questions: server.questions, ...ended };
}

/** A gauntlet.yaml whose reviewers take turns in the two forms. */
export function gauntletOf(
  { url }: Reviewers,
  { behaviours, review: more = {}, reviewer = {} }: Omit<Setting, 'diff'>,
): string {
  const all = Object.keys(behaviours).map((name, i) => ({
    ...{ name, lineage: name.split('-')[0]!, model: `m-${i}` },
    ...(i % 2 === 0
      ? { url: `${url}/${name}/gateway`, api: 'gateway' }
      : { url: `${url}/${name}/chat`, api: 'chat-completions' }),
    ...reviewer,
  }));
  const settings = { diff: 'changes.diff', bundles: { c1: ['**'] }, quorum: 1, reviewers: all, ...more };
  return JSON.stringify({ review: settings });
}

/** A reviewer that always answers so. */
export function says(text: string): Behaviour {
  return () => text;
}

/** The diff within the frame of a question. */
export function framed({ texts }: Question): string {
  return /<<<DIFF (\w+)\n([\s\S]*)\nDIFF \1>>>/.exec(texts.join('\n'))![2]!;
}

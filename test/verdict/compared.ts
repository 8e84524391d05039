import type { ReportDocument } from '../../src/report/document/document.ts';
import { folder, newestReport, parity } from '../cli/command.ts';
import { type Asked, type Reply, serving } from '../cli/service.ts';

/** How a service answers: always so, or by what it is asked. */
export type Answer = Reply | ((asked: Asked, all: readonly Asked[]) => Reply);

type Ran = { readonly exitCode: number; readonly report: ReportDocument };

/** Two services, a library of one suite, and one tracker. */
export interface Pair {
  readonly cwd: string;
  /** Runs the built command line on both services. */
  run(...flags: readonly string[]): Promise<Ran>;
  /** Runs `parity tracker` with these words. */
  tracker(...words: readonly string[]): Promise<number>;
}

const said = (answer: Answer) => (typeof answer === 'function' ? answer : () => answer);

/** Starts two services, until the test ends, and writes their case file; its ids begin with `s/`. */
export async function pair(reference: Answer, candidate: Answer, cases: string): Promise<Pair> {
  const [a, b] = [await serving(said(reference)), await serving(said(candidate))];
  const cwd = await folder({
    'parity.yaml': `targets: { a: "${a.url}", b: "${b.url}" }\ncases: [cases]\ntracker: T.md\n`,
    'cases/s.yaml': cases,
  });
  return {
    cwd,
    async run(...flags) {
      const { exitCode } = await parity(['run', ...flags], { cwd });
      return { exitCode, report: newestReport(cwd) };
    },
    tracker: async (...words) => (await parity(['tracker', ...words], { cwd })).exitCode,
  };
}

/** Cases that may be repeated: `GET /0`, `GET /1` and so on, with these ids. */
export const gets = (count: number) =>
  `cases:\n${Array.from({ length: count }, (_, at) => `  - { id: c${at}, request: { path: /${at} } }\n`).join('')}`;

/** What a case comes to: its outcome, and where it diverges. */
export function outcomes({ cases }: ReportDocument): string[] {
  return cases.map(({ outcome, divergences }) => [outcome, ...divergences.map(({ pointer }) => pointer)].join(' '));
}

/** Class, severity and place of each finding that a case has, sorted. */
export function findingsOf({ findings }: ReportDocument, id: string): string[] {
  return findings
    .filter(({ cases }) => cases.includes(id))
    .map((one) => `${one.class} ${one.severity} ${one.pointer}`)
    .sort();
}

/** A JSON answer. */
export const json = (value: unknown, status = 200, headers: Record<string, string | string[]> = {}): Reply => [
  status,
  JSON.stringify(value),
  headers,
];

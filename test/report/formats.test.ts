import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { formats } from '../../src/report/formats.ts';
import { renderGithubAnnotations } from '../../src/report/text/github.ts';
import { renderMarkdown } from '../../src/report/text/markdown.ts';
import { renderTerminal } from '../../src/report/text/terminal.ts';
import {
  acceptedRun,
  comparison,
  cutOffRun,
  divergence,
  divergentRun,
  enumFinding,
  footer,
  header,
  hostileRun,
  inconclusiveRun,
  parityRun,
  runCase,
  twoCandidatesRun,
} from './records.ts';
import { renderers } from './renderers.ts';
import { xmlProblems } from './xml-check.ts';

const runs = {
  divergent: divergentRun,
  parity: parityRun,
  accepted: acceptedRun,
  inconclusive: inconclusiveRun,
  'cut off': cutOffRun,
  'two candidates': twoCandidatesRun,
  hostile: hostileRun,
};
const every = Object.entries(runs);
const gentle = every.filter(([name]) => name !== 'hostile');
const plain = { colour: false, width: 80, unicode: true };
const linesOf = (text: string): readonly string[] => text.replace(/\n$/, '').split('\n');

describe('every format', () => {
  test.each(formats)('%s gives the same text for the same record', (format) => {
    expect(renderers[format](hostileRun(), plain)).toBe(renderers[format](hostileRun(), plain));
  });
});

describe('terminal', () => {
  test.each(gentle)('shows a run that is %s', (_, run) => {
    expect(renderTerminal(run(), { ...plain, report: 'reports/latest/report.html' })).toMatchSnapshot();
  });

  test('says the ladder of the known suite in these words, even on a narrow screen', () => {
    for (const width of [20, 80, 200]) {
      const text = renderTerminal(divergentRun(), { ...plain, width });
      expect(text).toContain('6/6 status codes match · 5/6 body shapes diverge');
    }
  });

  test.each([
    ['parity', parityRun, /^PARITY all 3 cases match$/],
    ['accepted', acceptedRun, /^DIVERGENT 5 of 6 cases diverge, all accepted$/],
    ['divergent', divergentRun, /^DIVERGENT 5 of 6 cases diverge: 1 finding \(1 new\)$/],
    [
      'inconclusive',
      inconclusiveRun,
      /^INCONCLUSIVE 2 of 3 cases could not be compared \(connection-refused, flaky\)$/,
    ],
    ['cut off', cutOffRun, /^INCONCLUSIVE the run was cut off before it could be judged$/],
  ])('ends in the verdict of a run that is %s', (_, run, verdict) => {
    expect(linesOf(renderTerminal(run(), plain)).at(-1)).toMatch(verdict);
  });

  test('a record without any case does not end in parity', () => {
    const record = {
      header: header({ selected: 0 }),
      cases: [],
      footer: footer({ verdict: 'inconclusive', exitCode: 3 }),
    };
    expect(linesOf(renderTerminal(record, plain)).at(-1)).toBe(
      'INCONCLUSIVE no case falls into this shard, so nothing was compared',
    );
  });

  test.each(every)('is ASCII where the terminal is, for a run that is %s', (_, run) => {
    expect(renderTerminal(run(), { ...plain, unicode: false })).toMatch(/^[\n -~]*$/);
  });

  test('has no control but line feeds, and no line that a CI runner obeys', () => {
    for (const unicode of [true, false]) {
      const text = renderTerminal(hostileRun(), { ...plain, unicode, verbose: true });
      expect(text).not.toMatch(/[\p{Cs}\p{Bidi_Control}]|(?!\n)\p{Cc}/u);
      for (const line of linesOf(text)) expect(line).not.toMatch(/^\s*(?:::|##)|##\[|##vso\[/i);
    }
  });

  test('uses colour only when asked', () => {
    const coloured = renderTerminal(divergentRun(), { ...plain, colour: true });
    const bare = coloured.replaceAll(/\u001b\[\d+m/g, '');
    expect(coloured).not.toBe(bare);
    expect(bare).toBe(renderTerminal(divergentRun(), plain));
  });

  test('shows ten findings, the open ones first, and counts the rest', () => {
    const findings = Array.from({ length: 12 }, (_, index) =>
      enumFinding({ id: `P-${10 + index}`, state: index < 3 ? 'accepted' : 'new' }),
    );
    const text = renderTerminal(
      { ...divergentRun(), footer: footer({ verdict: 'divergent', exitCode: 1, findings }) },
      plain,
    );
    expect(text.match(/^(?:NEW|ACCEPTED) +P-\d+/gm)).toEqual([
      ...Array.from({ length: 9 }, (_, index) => `NEW       P-${13 + index}`),
      'ACCEPTED  P-10',
    ]);
    expect(text).toContain('and 2 more findings: see the report');
  });

  test('cuts long values to the width', () => {
    const long = 'x'.repeat(5000);
    const findings = [
      enumFinding({ example: { case: long, reference: long, candidate: long }, route: long, title: long }),
    ];
    const text = renderTerminal({ ...divergentRun(), footer: footer({ verdict: 'divergent', findings }) }, plain);
    const fixed = /fix in|verified|PascalCase|status codes/;
    expect(linesOf(text).filter((line) => line.length > 80 && !fixed.test(line))).toEqual([]);
  });

  test('lists every case when verbose', () => {
    expect(renderTerminal(divergentRun(), { ...plain, verbose: true })).toMatch(/^ {2}match +validate\/valid {2}go$/m);
  });
});

describe('md', () => {
  test.each(gentle)('shows a run that is %s', (_, run) => {
    expect(renderMarkdown(run())).toMatchSnapshot();
  });

  test('renders no HTML, link or image of a target, and mentions nobody', () => {
    const tokens = new MarkdownIt({ html: true, linkify: true }).parse(renderMarkdown(hostileRun()), {});
    const inner = tokens.flatMap(({ children, type, content }) => children ?? [{ type, content }]);
    const markup = inner.filter(({ type }) => /^(?:html|link|image)/.test(type)).map(({ content }) => content);
    const text = inner.filter(({ type }) => type === 'text').map(({ content }) => content);
    const folds =
      /^(?:<details><summary>(?:The ladder|Cases|What was compared|A finding · [a-z]+ · [a-z]+|[\w-]+ · [a-z]+ · [a-z]+)<\/summary>|<\/details>)\n?$/;
    expect(new Set(markup.filter((one) => !folds.test(one)))).toEqual(new Set(['<code>', '</code>']));
    expect(text.join('\n')).not.toMatch(/@team|#123/);
  });

  test('says first what to decide, and folds the details', () => {
    const text = renderMarkdown(divergentRun());
    expect(text.slice(0, text.indexOf('## Findings'))).toContain('- **Is it safe to switch?** No.');
    expect(text.match(/<details>/g)).toHaveLength(4);
    expect(text.match(/<\/details>/g)).toHaveLength(4);
  });

  test('fits into a comment of a pull request, however many findings there are', () => {
    const text = renderMarkdown(crowd(2000));
    expect(text.length).toBeLessThan(65_536);
    expect(Buffer.byteLength(text)).toBeLessThan(64 * 1024);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  test('is cut at a whole part and says so', () => {
    const text = renderMarkdown(divergentRun(), 2000);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2000);
    expect(text).toMatch(/_Cut here: \d+ more parts? in the HTML report\._\n$/);
  });
});

const crowd = (count: number) => ({
  header: header({ total: count, selected: count }),
  cases: Array.from({ length: count }, (_, index) =>
    runCase(`crowd/${index}`, {
      comparisons: [
        comparison({
          outcome: 'divergent',
          divergences: Array.from({ length: 20 }, () => divergence({ reference: '\u0000'.repeat(300) })),
        }),
      ],
    }),
  ),
  footer: footer({
    verdict: 'divergent' as const,
    exitCode: 1,
    findings: Array.from({ length: 300 }, (_, index) => enumFinding({ id: `P-${index}`, title: '<>'.repeat(2000) })),
  }),
});

describe('github', () => {
  test('the summary stays below the size that GitHub drops', () => {
    expect(Buffer.byteLength(renderers.github(crowd(20_000), plain))).toBeLessThanOrEqual(900 * 1024);
  });

  test('annotations stand at the case file, worst first, nine and one that counts the rest', () => {
    const lines = linesOf(renderGithubAnnotations(crowd(1)));
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe('::warning::and 291 more findings: see the job summary');
  });

  test('where the cases are in a folder of the repository, annotations stand there', () => {
    const files = (below: string) =>
      linesOf(renderGithubAnnotations(divergentRun(), below)).map((line) => /file=([^,]*),/.exec(line)?.[1]);
    expect(files('services/api/')).toEqual(files('').map((file) => `services/api/${file}`));
    expect(files('')).not.toContain(undefined);
  });

  test('one finding is one command', () => {
    expect(renderGithubAnnotations(divergentRun())).toMatchSnapshot();
    expect(renderGithubAnnotations(parityRun())).toBe('');
    expect(renderGithubAnnotations(acceptedRun())).toBe('');
  });

  test('hostile text makes no command of its own', () => {
    for (const line of linesOf(renderGithubAnnotations(hostileRun()))) {
      expect(line).toMatch(
        /^::(?:error|warning|notice)(?: (?:file|line|title)=[^:,]*(?:,(?:file|line|title)=[^:,]*)*)?::/,
      );
    }
  });
});

describe('cases that say nothing, for one reason', () => {
  const told = (said: readonly (readonly [message: string, hint: string])[]) => {
    const cases = said.map(([message, hint], i) =>
      runCase(`storage/s${i}`, {
        comparisons: [comparison({ outcome: 'inconclusive', reason: 'overloaded', message, hint })],
      }),
    );
    const record = { ...inconclusiveRun(), cases };
    return [renderers.terminal(record, plain), renderers.md(record, plain), renderers.html(record, plain)];
  };

  test.each([
    { why: 'the same words, whatever the numbers', second: ['go answered 503 after 12 ms', 'wait'], named: false },
    { why: 'another next step', second: ['go answered 429 after 12 ms', 'expect 429'], named: true },
    { why: 'other words', second: ['go answered nothing', 'wait'], named: true },
  ] as const)('$why: the first is named: $named', ({ second, named }) => {
    for (const text of told([['go answered 503 after 9 ms', 'wait'], second]))
      expect(text.includes('storage/s0: go answered 503 after 9 ms')).toBe(named);
  });
});

describe('junit', () => {
  test.each(gentle)('shows a run that is %s', (_, run) => {
    expect(renderers.junit(run(), plain)).toMatchSnapshot();
  });

  test.each(every)('is well-formed XML 1.0 for a run that is %s', (_, run) => {
    expect(xmlProblems(renderers.junit(run(), plain))).toEqual([]);
  });

  test('maps divergent, inconclusive and not run to failure, error and skipped', () => {
    const silent = comparison({ outcome: 'notRun', reason: 'unsafe', message: 'PUT is not safe to repeat' });
    const record = {
      ...inconclusiveRun(),
      cases: [...inconclusiveRun().cases, runCase('storage/x', { comparisons: [silent] })],
    };
    const text = renderers.junit(record, plain);
    expect(text).toContain('<error message="connection-refused: go refused the connection at 127.0.0.1:4110"');
    expect(text).toContain('<skipped message="unsafe: PUT is not safe to repeat"/>');
    expect(renderers.junit(divergentRun(), plain).match(/<failure /g)).toHaveLength(5);
  });

  test('what is accepted of a case that fails is named beside, and is no part of the failure', () => {
    const id = 'validate/missing-field';
    const findings = [
      enumFinding({
        divergences: [
          [id, 'go', 0],
          [id, 'go', 2],
        ],
      }),
      enumFinding({ id: 'P-0000000A', class: 'key-casing', state: 'accepted', divergences: [[id, 'go', 1]] }),
    ];
    const text = renderers.junit({ ...divergentRun(), footer: footer({ verdict: 'divergent', findings }) }, plain);
    const failure = new RegExp(`<testcase[^>]*name="${id}"[^>]*><failure([^>]*)>(.*?)</failure>`, 's').exec(text);
    expect(failure?.[1]).toContain('message="2 divergences from the reference: enum-external-vs-flat"');
    expect(failure?.[2]?.match(/P-[0-9A-F]{8}/g)).toEqual(['P-3F2A9C1D', 'P-3F2A9C1D', 'P-0000000A', 'P-3F2A9C1D']);
    expect(failure?.[2]).toMatch(/\naccepted: P-0000000A\n/);
  });

  test('a run that was cut off has an error, so that nothing reads as green', () => {
    expect(renderers.junit({ ...parityRun(), footer: null }, plain)).toMatch(/errors="1"[\s\S]*the run was cut off/);
  });

  test('names are unique with several candidates', () => {
    const names = [...renderers.junit(twoCandidatesRun(), plain).matchAll(/ name="(storage\/[^"]*)"/g)].map(
      ([, name]) => name,
    );
    expect(new Set(names).size).toBe(4);
  });

  test('twenty thousand divergent cases stay below what CI servers refuse', () => {
    expect(renderers.junit(crowd(20_000), plain).length).toBeLessThan(25_000_000);
  });
});

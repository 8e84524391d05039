import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pageScript } from '../../../src/report/html/page-script.ts';
import { styleSheet } from '../../../src/report/html/style.ts';
import {
  acceptedRun,
  cutOffRun,
  divergentRun,
  enumFinding,
  evidence,
  exchange,
  footer,
  header,
  hostileRun,
  hostileTexts,
  inconclusiveRun,
  parityRun,
  runCase,
  textBody,
  twoCandidatesRun,
} from '../records.ts';
import { renderHtml } from '../renderers.ts';

const runs = [
  ['divergent', divergentRun],
  ['parity', parityRun],
  ['accepted', acceptedRun],
  ['inconclusive', inconclusiveRun],
  ['cut off', cutOffRun],
  ['two candidates', twoCandidatesRun],
  ['hostile', hostileRun],
  ['hostile in one piece', () => hostileRun([hostileTexts.join('')])],
] as const;

/** A page without its style and its script, which are ours. */
const markupOf = (page: string): string =>
  page.replace(`<style>${styleSheet}</style>`, '').replace(`<script>${pageScript}</script>`, '');
const tagsOf = (page: string): readonly string[] => markupOf(page).match(/<[^>]*>?/g) ?? [];
const ours =
  /^<(?:!doctype html|\/?(?:html|head|title|body|header|main|footer|section|h[1-4]|p|span|strong|ul|li|dl|dt|dd|a|code|pre|mark|i|table|caption|thead|tbody|tr|th|td|details|summary|div|meta)(?: (?:lang|charset|http-equiv|content|name|id|class|href|scope|colspan|aria-hidden|aria-labelledby|data-(?:id|state|severity|class|routes|outcome|findings|copy))="[^"<>]*"| open)*)>$/;
const voidTags = /^<(?:meta|!doctype)/;

const unbalanced = (page: string): readonly string[] => {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const tag of tagsOf(page).filter((each) => !voidTags.test(each))) {
    const name = /^<\/?([a-z0-9]+)/.exec(tag)?.[1] ?? tag;
    if (!tag.startsWith('</')) open.push(name);
    else if (open.pop() !== name) wrong.push(tag);
  }
  return [...wrong, ...open];
};

describe.each(runs)('the page of a run that is %s', (_, run) => {
  const page = renderHtml(run());

  test('has tags and attributes of ours alone, each closed', () => {
    expect(tagsOf(page).filter((tag) => !ours.test(tag))).toEqual([]);
    expect(unbalanced(page)).toEqual([]);
  });

  test('has one script of ours, no address to load or follow, and nothing that cannot be seen', () => {
    expect(page.split(`<script>${pageScript}</script>`)).toHaveLength(2);
    const markup = markupOf(page);
    expect(markup).not.toMatch(/<script|<style|<img|<svg|<link|@import|url\(| style=/i);
    expect([...markup.matchAll(/href="([^"]*)"/g)].filter(([, to = '']) => !/^#[\w-]+$/.test(to))).toEqual([]);
    expect(markup).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}|\p{Cs}/u);
  });

  test('forbids everything but its own style and its own script', () => {
    const [style, script] = [styleSheet, pageScript].map((text) => createHash('sha256').update(text).digest('base64'));
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${style}'; script-src 'sha256-${script}'; base-uri 'none'; form-action 'none'"`,
    );
  });

  test('links to places that are there', () => {
    const ids = new Set([...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
    const lost = [...page.matchAll(/href="#([^"]*)"/g)].filter(([, to]) => !ids.has(to));
    expect(lost.map(([link]) => link)).toEqual([]);
  });

  test('answers the four questions before anything else', () => {
    const questions = [...page.matchAll(/<h2[^>]*>([^<]*)<\/h2>/g)].slice(0, 4).map(([, text]) => text);
    expect(questions).toEqual(['Is it safe to switch?', 'What is different?', 'Is it new?', 'What do I do?']);
  });
});

test.each([
  ['divergent', divergentRun, ['No.', '5/6 body shapes diverge.', 'Yes: 1 new.', 'Fix it, or accept it.']],
  ['parity', parityRun, ['Yes, as far as these cases go.', 'Nothing.', 'There are no findings.', 'Nothing.']],
  [
    'accepted',
    acceptedRun,
    ['Yes, apart from what was accepted.', '5/6 body shapes diverge.', 'No: 1 accepted.', 'Nothing.'],
  ],
  [
    'cut off',
    cutOffRun,
    ['This run cannot tell.', '2/2 body shapes diverge.', 'Not known.', 'Solve this, then run again.'],
  ],
  [
    'inconclusive',
    inconclusiveRun,
    ['This run cannot tell.', 'Nothing.', 'There are no findings.', 'Solve this, then run again.'],
  ],
] as const)('the answers of a run that is %s', (_, run, answers) => {
  expect([...renderHtml(run()).matchAll(/<p class="answer">([^<]*)<\/p>/g)].map(([, text]) => text)).toEqual(answers);
});

test('a finding is at its id, with both sides, both fixes and the next commands', () => {
  const page = renderHtml(divergentRun());
  const block = page.slice(page.indexOf('id="P-3F2A9C1D"'), page.indexOf('</details>'));
  expect(block).toContain('&quot;Schema&quot;: {');
  expect(block).toContain('&quot;Kind&quot;: &quot;schema&quot;');
  expect(block).toContain('<dt>rust</dt><dd>#[serde(tag');
  expect(block).toContain('<dt>go</dt><dd>a MarshalJSON');
  expect(block).toContain('parity replay P-3F2A9C1D');
  expect(block).toContain('parity explain enum-external-vs-flat');
  expect(block).toMatch(/curl -sS -i --globoff --path-as-is -X &#39;POST&#39;.*\/v1\/validate/);
});

test('a finding and its cases name what they are filtered by', () => {
  const page = renderHtml(divergentRun());
  expect(page).toContain(
    '<details data-id="P-3F2A9C1D" data-state="new" data-severity="breaking" data-class="enum-external-vs-flat" data-routes="0" open>',
  );
  expect(page.match(/<tr data-outcome="divergent" data-findings="P-3F2A9C1D">/g)).toHaveLength(5);
  expect(page.match(/<tr data-outcome="match">/g)).toHaveLength(1);
});

test('the table of routes shows which status codes both sides gave, and the findings', () => {
  const run = divergentRun();
  const routes = [{ route: 'GET /health', statuses: [200, 503], contentTypes: [], cases: 2 }];
  const coverage = { ...evidence().coverage, routes };
  const page = renderHtml({
    ...run,
    footer: footer({ findings: [enumFinding()], evidence: { ...evidence(), coverage } }),
  });
  const section = page.slice(page.indexOf('id="routes"'), page.indexOf('id="matrix"'));
  expect(section).toContain('<th scope="col">200</th><th scope="col">503</th>');
  expect(section).toContain(
    '<tr><th scope="row" id="route-0">GET /health</th><td>2</td><td class="yes">✓</td><td class="yes">✓</td><td></td></tr>',
  );
  expect(section).toMatch(
    /id="route-1">POST \/v1\/validate<\/th><td>0<\/td><td><\/td><td><\/td><td><a href="#P-3F2A9C1D">/,
  );
});

test('the script of the page is what its sources are bundled to', () => {
  const root = join(import.meta.dirname, '../../..');
  execFileSync(process.execPath, [join(root, 'scripts/page-script.mjs'), '--check'], { cwd: root });
});

test('cases that match are listed, also where there are thousands of them', () => {
  const cases = Array.from({ length: 2000 }, (_, index) => runCase(`s/${index}`));
  const page = renderHtml({ header: header({ total: 2000, selected: 2000 }), cases, footer: footer() });
  expect(page.match(/<tr data-outcome="match">/g)).toHaveLength(2000);
  expect(page).not.toContain('in report.json');
});

test('headers that were not compared are shown as such', () => {
  const page = renderHtml(divergentRun());
  const after = page.slice(page.indexOf('Headers that were not compared'));
  expect(after.slice(0, after.indexOf('The request'))).toContain('content-length:');
  expect(page.slice(page.indexOf('Headers that were compared'), page.indexOf('Headers that were not'))).toContain(
    'content-type: application/json',
  );
});

test('a large run makes a page that a browser opens', () => {
  const big = exchange(
    'x',
    200,
    JSON.stringify(Array.from({ length: 300 }, (_, index) => `line ${index} ${'x'.repeat(200)}`)),
  );
  const other = { ...big, response: { status: 200, statusText: '', headers: [], body: textBody('y\n'.repeat(5000)) } };
  const cases = divergentRun().cases[0];
  const record = {
    header: header({ total: 3000, selected: 3000 }),
    cases: Array.from({ length: 3000 }, (_, index) =>
      runCase(`s/${index}`, { comparisons: cases?.comparisons ?? [], exchanges: { rust: [big], go: [other] } }),
    ),
    footer: footer({
      verdict: 'divergent',
      findings: Array.from({ length: 500 }, (_, index) => enumFinding({ id: `P-${index}` })),
    }),
  };
  const page = renderHtml(record);
  expect(page.length).toBeLessThan(14_000_000);
  expect(page).toMatch(/and \d+ more cases in report\.json and run\.jsonl/);
});

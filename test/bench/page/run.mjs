// What a browser takes to open the HTML report of 10,000 cases, a tenth of them divergent, and to filter it; median of the rounds.
//   node test/bench/page/run.mjs              10,000 cases, five rounds
//   node test/bench/page/run.mjs --smoke      500 cases, one round: does it still work?
//   --lib DIR                                 another build of dist/lib
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values: flags } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    lib: { type: 'string', default: join(import.meta.dirname, '../../../dist/lib') },
  },
});
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env.PARITY_CHROMIUM ?? places.find((path) => existsSync(path));
if (executablePath === undefined) {
  console.log('not measured: Chromium is not installed');
  process.exit(0);
}
const { loadRenderer } = await import(pathToFileURL(join(resolve(flags.lib), 'report/formats.js')).href);
const cases = flags.smoke ? 500 : 10_000;
const rounds = flags.smoke ? 1 : 5;
const goals = { open: 2000, filter: 100 };

const held = { status: true, shape: true, value: true, wire: true };
const differing = { ...held, value: false, wire: false };
const isDivergent = (at) => at % 10 === 0;

function divergence(at) {
  return {
    ...{ exchange: 0, facet: 'body', pointer: '/name', kind: 'value', rung: 'value' },
    ...{ reference: `"a${at}"`, candidate: `"b${at}"` },
  };
}

function exchanges(at, name) {
  const request = { method: 'GET', path: `/things/${at}`, headers: [['accept', '*/*']], body: null };
  const text = JSON.stringify({ id: at, name, tags: ['one', 'two', 'three'], size: at * 7 });
  const response = { status: 200, statusText: 'OK', headers: [['content-type', 'application/json']] };
  const body = { text, bytes: text.length, truncated: false };
  return [{ step: 0, request, response: { ...response, body }, failure: null, durationMs: 1 }];
}

function caseOf(at) {
  const comparison = { candidate: 'new', headers: true, reason: null, message: null, noise: [] };
  const differs = isDivergent(at);
  const outcome = differs
    ? { outcome: 'divergent', ladder: differing, divergences: [divergence(at)] }
    : { outcome: 'match', ladder: held, divergences: [] };
  return {
    ...{ type: 'case', id: `shop/case-${at}`, suite: 'shop', title: `thing number ${at}`, source: 'cases/shop.yaml:1' },
    comparisons: [{ ...comparison, ...outcome }],
    exchanges: differs ? { old: exchanges(at, `a${at}`), new: exchanges(at, `b${at}`) } : null,
  };
}

function finding(n, all) {
  const own = all.filter((_, at) => at % 20 === n).map(({ id }) => id);
  return {
    ...{
      id: `P-0000000${n}`,
      fingerprint: String(n),
      candidate: 'new',
      facet: 'body',
      rung: 'value',
      class: 'unexplained',
    },
    ...{
      also: [],
      verified: false,
      verifiedAt: null,
      recognised: false,
      severity: 'risky',
      direction: null,
      state: 'new',
    },
    ...{
      impact: '',
      route: `GET /things/${n}`,
      routes: [`GET /things/${n}`],
      pointer: '/name',
      title: '/name differs',
      fixes: [],
    },
    ...{ cases: own, example: { case: own[0], reference: '"a"', candidate: '"b"' }, decision: null },
    divergences: own.map((id) => [id, 'new', 0]),
  };
}

function recordOf() {
  const all = Array.from({ length: cases }, (_, at) => caseOf(at));
  const divergent = all.filter((_, at) => isDivergent(at));
  const target = (name, role) => ({ name, role, url: `http://127.0.0.1/${name}` });
  return {
    header: {
      ...{
        type: 'header',
        schema: 'parity-run/1',
        id: 'bench',
        startedAt: '2026-11-25T00:00:00Z',
        seed: 1,
        level: 'value',
      },
      ...{
        tool: { name: 'parity-prober', version: '0' },
        targets: [target('old', 'reference'), target('new', 'candidate')],
      },
      ...{ total: cases, selected: cases, comparedHeaders: [] },
    },
    cases: all,
    footer: {
      ...{ type: 'footer', finishedAt: '2026-11-25T00:01:00Z', interrupted: false, verdict: 'divergent', exitCode: 1 },
      ...{ findings: [0, 10].map((n) => finding(n, all)), notes: [`${divergent.length} cases diverge`], tracker: null },
      evidence: {
        ...{ selfCheck: { seeded: 0, seen: 0, hidden: [], missed: [] }, rules: [], uncomparedHeaders: [] },
        coverage: {
          routes: [],
          emptyArrays: { count: 0, places: [] },
          emptyFields: { count: 0, places: [] },
          bodiesSkipped: 0,
        },
      },
    },
  };
}

/** Milliseconds from a choice to the frame that shows it. */
const filterOnce = `new Promise((done) => {
  const search = document.querySelector('search input');
  const start = performance.now();
  search.value = search.value === 'case-77' ? '' : 'case-77';
  search.dispatchEvent(new Event('input', { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})`;

/** Milliseconds from the beginning of the navigation to the first frame after it was loaded. */
const opened = `new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))`;

async function measure(browser, url) {
  const page = await browser.newPage();
  await page.goto(url);
  const open = await page.evaluate(opened);
  const filter = [await page.evaluate(filterOnce), await page.evaluate(filterOnce), await page.evaluate(filterOnce)];
  await page.close();
  return { open, filter: Math.max(...filter) };
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const folder = mkdtempSync(join(tmpdir(), 'parity-bench-page-'));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const path = join(folder, 'report.html');
  const record = recordOf();
  const render = await loadRenderer('html', record);
  writeFileSync(path, [...render(record)].join(''));
  console.log(`${cases} cases, ${(statSync(path).size / 1e6).toFixed(1)} MB`);
  const measured = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await measure(browser, pathToFileURL(path).href));
  for (const [what, goal] of Object.entries(goals))
    console.log(`${what}: ${Math.round(median(measured.map((one) => one[what])))} ms (goal: under ${goal} ms)`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

import { createHash } from 'node:crypto';
import { cut } from '../../report/document/escape.ts';
import { styleSheet } from '../../report/html/style.ts';
import { type Html, html, when } from '../../report/html/template.ts';
import { maxShownRows } from '../limits.ts';
import type { Assessment } from './assessment.ts';
import { scoreChart } from './chart.ts';
import type { EarlierAssessment } from './earlier.ts';
import { deltaHeadings, madeLines, phaseLines, reportName, reportWords, scoreText } from './markdown.ts';
import type { Verdict } from './verdict.ts';

const looks: Readonly<Record<Verdict, readonly [tone: string, sign: string]>> = {
  hold: ['divergent', '✗'],
  inconclusive: ['inconclusive', '?'],
  'ship-with-known-gap': ['accepted', '≈'],
  ship: ['parity', '✓'],
};

const tones: Readonly<Record<string, string>> = {
  ...{ pass: 'good', held: 'good', closed: 'good' },
  ...{ fail: 'bad', failed: 'bad', new: 'bad', reopened: 'bad' },
  ...{ partial: 'unsure', 'missing evidence': 'unsure' },
};

function badge(word: string): Html {
  return html`<span class="badge ${tones[word] ?? 'plain'}">${word}</span>`;
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly Html[];
  readonly none: string;
}

function section({ id, title, head, rows, none }: Section): Html {
  const rest = rows.length - maxShownRows;
  const body = html`<div class="sheet"><table><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.slice(0, maxShownRows)}</tbody></table></div>${when(rest > 0, () => html`<p class="soft">and ${rest} more in assessment.json</p>`)}`;
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${rows.length === 0 ? html`<p class="soft">${none}</p>` : body}</section>`;
}

function headOf({ verdict, reasons, made }: Assessment): Html {
  const [tone, sign] = looks[verdict];
  const [first = '', ...rest] = reasons;
  return html`<header class="top"><p class="run"><span>gauntlet ${cut(made.gauntlet, 80)}</span><span>${cut(made.at, 40)}</span></p>
<div class="verdict ${tone}"><span class="sign" aria-hidden="true">${sign}</span><h1>${verdict}</h1><p>${cut(first, 400)}</p></div>
${when(rest.length > 0, () => html`<ul>${rest.slice(0, 20).map((reason) => html`<li>${cut(reason, 400)}</li>`)}</ul>`)}
${when(rest.length > 20, () => html`<p class="soft">and ${rest.length - 20} more reasons in assessment.md</p>`)}</header>`;
}

function phaseCards(assessment: Assessment, hasReport: boolean): Html {
  const report = assessment.phases.parity?.report ?? null;
  const links = [
    when(hasReport, () => html`<p><a href="${reportName}">Report of the run</a></p>`),
    when(report !== null, () => html`<p>${reportWords}: <code>${cut(report ?? '', 300)}</code></p>`),
  ];
  const cards = phaseLines(assessment).map(({ name, lines: [first = '', ...rest] }) => {
    const more = [
      ...rest.slice(0, 20).map((line) => html`<p>${cut(line, 300)}</p>`),
      ...(name === 'parity' ? links : []),
    ];
    return html`<section><h2>${name}</h2><p class="answer">${cut(first, 200)}</p>${more}</section>`;
  });
  return html`<div class="answers">${cards}</div>`;
}

function scorecardSection({ scorecard, delta }: Assessment): Html {
  const last = new Map(delta.scores.map(({ dimension, from }) => [dimension, from]));
  const rows = scorecard.map(({ dimension, score, of, checks }) => {
    const lost = checks.filter(({ holds }) => !holds).map(({ check }) => html`<code>${cut(check, 200)}</code> `);
    return html`<tr><th scope="row">${cut(dimension, 120)}</th><td>${score}/${of}</td><td>${scoreText(last.get(dimension))}</td><td>${lost}</td></tr>`;
  });
  const head = ['Dimension', 'Score', 'Last', 'Checks that do not hold'];
  return section({ id: 'scorecard', title: 'Scorecard', head, rows, none: 'No dimension is named.' });
}

function gapSection({ gaps }: Assessment): Html {
  const rows = gaps.map(
    ({ id, state, severity, title, decision }) =>
      html`<tr><th scope="row">${cut(id, 60)}</th><td>${badge(state)}</td><td>${severity ?? ''}</td><td>${cut(title, 300)}</td><td>${cut(decision ?? '', 300)}</td></tr>`,
  );
  const head = ['Id', 'State', 'Severity', 'What differs', 'Decision'];
  return section({ id: 'gaps', title: 'Known gaps', head, rows, none: 'No divergence is known.' });
}

function riskSection({ risks }: Assessment): Html {
  const rows = risks.map(
    ({ id, severity, status, title, evidence }) =>
      html`<tr><th scope="row">${cut(id, 100)}</th><td>${severity}</td><td>${badge(status)}</td><td>${cut(title, 300)}</td><td><code>${cut(evidence.join(' '), 300)}</code></td></tr>`,
  );
  const head = ['Risk', 'Severity', 'Status', 'Title', 'Evidence'];
  return section({ id: 'risks', title: 'Risks', head, rows, none: 'No risk is registered.' });
}

function claimSection({ claims }: Assessment): Html {
  const rows = claims.map(
    ({ claim, test, risk, status }) =>
      html`<tr><th scope="row">${cut(claim, 300)}</th><td><code>${cut(test ?? '', 200)}</code></td><td>${cut(risk ?? '', 100)}</td><td>${badge(status)}</td></tr>`,
  );
  const head = ['Claim', 'Test', 'Risk', 'Status'];
  return section({ id: 'claims', title: 'Claims', head, rows, none: 'No claim is made.' });
}

function gateSection({ gates }: Assessment): Html {
  const rows = gates.map(
    ({ id, title, status }) =>
      html`<tr><th scope="row">${cut(id, 100)}</th><td>${badge(status)}</td><td>${cut(title, 300)}</td></tr>`,
  );
  return section({
    id: 'gates',
    title: 'Acceptance gates',
    head: ['Gate', 'Status', 'Title'],
    rows,
    none: 'No gate is named.',
  });
}

function deltaSection({ delta }: Assessment): Html {
  const rows = (['closed', 'partial', 'new', 'reopened', 'left'] as const)
    .filter((word) => delta[word].length > 0)
    .map((word) => {
      const ids = delta[word].slice(0, 100).join(', ');
      return html`<tr><th scope="row">${deltaHeadings[word]}</th><td>${delta[word].length}</td><td>${cut(ids, 2000)}</td></tr>`;
    });
  const title = delta.since === null ? 'The first gauntlet' : `Since ${cut(delta.since, 80)}`;
  return section({ id: 'delta', title, head: ['What', 'How many', 'Which'], rows, none: 'Nothing changed.' });
}

interface Beside {
  readonly earlier: readonly EarlierAssessment[];
  /** The report of the run is beside it. */
  readonly hasReport: boolean;
}

/** An assessment as one HTML page that needs nothing else: no script, no address, all foreign text as text. */
export function assessmentPage(assessment: Assessment, { earlier, hasReport }: Beside): string {
  const { verdict, made } = assessment;
  const style = createHash('sha256').update(styleSheet).digest('base64');
  const main = [
    phaseCards(assessment, hasReport),
    scorecardSection(assessment),
    scoreChart([...earlier, { ...assessment, folder: made.gauntlet }]),
    ...[gapSection, riskSection, claimSection, gateSection, deltaSection].map((render) => render(assessment)),
  ];
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${{ html: style }}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>${verdict} · ${cut(made.gauntlet, 80)} · gauntlet</title>
<style>${{ html: styleSheet }}</style></head>
<body><a class="skip" href="#scorecard">Go to the scorecard</a>${headOf(assessment)}
<main>${main}</main>
<footer>${madeLines(assessment).map((line) => html`<p>${cut(line, 300)}</p>`)}</footer></body></html>
`.html;
}

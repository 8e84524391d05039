import { shortfalls } from '../document/coverage-gaps.ts';
import { digestIn, type ReportDocument } from '../document/document.ts';
import { cut } from '../document/escape.ts';
import { ladderPhrases } from '../document/ladder.ts';
import type { ReportSuite } from '../document/report-model.ts';
import {
  capital,
  groupMessage,
  openFindings,
  plural,
  referenceName,
  silentCount,
  silentGroups,
  statePhrase,
  unexercisedPhrase,
  unexercisedStep,
  unjudgedText,
} from '../document/wording.ts';
import { findingLink } from './parts.ts';
import { type Html, html, when } from './template.ts';

interface Answer {
  readonly short: string;
  readonly more: Html;
}

/** Nothing open was found: how far that goes. */
const soundAnswer = (report: ReportDocument): Answer => {
  const isAccepted = report.verdict === 'divergent';
  const parts = shortfalls(report);
  const whole = isAccepted ? 'Yes, apart from what was accepted.' : 'Yes, as far as these cases go.';
  const short = parts.length === 0 ? whole : `Only in part: ${parts.join(', ')}.`;
  const known = when(parts.length > 0 && isAccepted, () => html`<p>Its divergences were accepted.</p>`);
  return { short, more: html`${known}<p>Requests that are not in the library were not tested.</p>` };
};

/** Whole suites show only what refuses their requests. */
const unexercisedAnswer = (phrase: string, report: ReportDocument): Answer => ({
  short: 'This run cannot tell.',
  more: html`<p>${cut(capital(phrase), 300)}. This shows what refused the requests, but not how the services behind it behave.</p><p>${cut(capital(unexercisedStep(report)), 300)}.</p>`,
});

const safeAnswer = (report: ReportDocument): Answer => {
  if (report.run.selfCheck)
    return {
      short: 'Does not apply: one service was compared with itself.',
      more: html`<p>There is no other service to switch to.</p>`,
    };
  const breaking = openFindings(report).filter(({ severity }) => severity === 'breaking').length;
  const reference = cut(referenceName(report), 40);
  const unexercised = unexercisedPhrase(report);
  if (unexercised !== null && report.counts.divergent === 0) return unexercisedAnswer(unexercised, report);
  if (report.verdict === 'inconclusive' || (report.counts.divergent === 0 && silentCount(report) > 0))
    return { short: 'This run cannot tell.', more: html`<p>Part of it was not judged.</p>` };
  if (report.counts.divergent === 0) return soundAnswer(report);
  const more =
    breaking > 0
      ? html`<p>${plural(breaking, 'finding')} would break a client of ${reference}.</p>`
      : html`<p>No finding is certain to break a client.</p>`;
  return { short: breaking > 0 ? 'No.' : 'Not yet.', more };
};

const wholeLadder = (suites: readonly ReportSuite[]): ReportSuite => {
  const sum = (pick: (suite: ReportSuite) => number): number => suites.reduce((all, suite) => all + pick(suite), 0);
  const rung = (name: keyof ReportSuite['ladder']): number => sum(({ ladder }) => ladder[name]);
  return {
    name: '',
    candidate: '',
    cases: sum(({ cases }) => cases),
    conclusive: sum(({ conclusive }) => conclusive),
    ladder: { status: rung('status'), shape: rung('shape'), value: rung('value'), wire: rung('wire') },
    headers: sum(({ headers }) => headers),
  };
};

/** The lowest rung that is lost anywhere, in words. */
const lowestLoss = ({ conclusive: all, ladder, headers }: ReportSuite): string => {
  if (all === 0) return 'Nothing was compared.';
  if (ladder.status < all) return `${all - ladder.status}/${all} status codes differ.`;
  if (ladder.shape < all) return `${all - ladder.shape}/${all} body shapes diverge.`;
  if (ladder.value < all) return `${all - ladder.value}/${all} body values differ.`;
  if (headers < all) return `${all - headers}/${all} differ in headers.`;
  return ladder.wire < all ? 'Only the bytes of bodies that mean the same.' : 'Nothing.';
};

const differentAnswer = (report: ReportDocument): Answer => {
  const whole = wholeLadder(report.suites);
  const phrases = ladderPhrases(whole, digestIn(report).suites);
  return { short: lowestLoss(whole), more: html`<p>${phrases.map(({ text }) => text).join(' · ')}</p>` };
};

const newAnswer = (report: ReportDocument): Answer => {
  const fresh = report.findings.filter(({ state }) => state === 'new' || state === 'reopened').length;
  const states = statePhrase(report);
  const unread = report.run.finishedAt === null;
  if (unread) return { short: 'Not known.', more: html`<p>The run ended before it had findings.</p>` };
  if (report.findings.length === 0)
    return { short: 'There are no findings.', more: html`<p>There is nothing to compare with earlier runs.</p>` };
  if (report.tracker === null) return { short: 'Not known.', more: html`<p>No tracker was read.</p>` };
  const known = `Compared with ${cut(report.tracker.file, 120)}.`;
  return { short: fresh > 0 ? `Yes: ${states}.` : `No: ${states}.`, more: html`<p>${known}</p>` };
};

/** Rows that stay open though all that was compared matches. */
const settle = (rows: readonly string[]): Answer => {
  const rest = rows.length > 5 ? ` and ${rows.length - 5} more` : '';
  return {
    short: rows.length === 1 ? 'Decide about the open row.' : `Decide about ${rows.length} open rows.`,
    more: html`<p>No case shows ${rows.slice(0, 5).join(', ')}${rest}, but the run did not close ${rows.length === 1 ? 'the row' : 'the rows'}. The notes and the status of a row give the reason.</p>`,
  };
};

const todo = (report: ReportDocument): Answer => {
  const worst = openFindings(report)[0];
  if (worst !== undefined) {
    const open = openFindings(report).length;
    const first = html`<p>Start with ${findingLink(worst.id)}: ${cut(worst.title, 200)}.</p>`;
    const left = unjudgedText(report);
    const rest = when(left.length > 0, () => html`<p>Not judged yet: ${left.join(', ')}.</p>`);
    return {
      short: open === 1 ? 'Fix it, or accept it.' : `Fix or accept ${open} findings.`,
      more: html`${first}${rest}`,
    };
  }
  const silent = silentGroups(report)[0];
  if (report.verdict === 'inconclusive' || silent !== undefined) {
    const message = (silent && groupMessage(silent)) ?? report.notes[0] ?? 'Select some cases and run again.';
    return { short: 'Solve this, then run again.', more: html`<p>${cut(message, 300)}</p>` };
  }
  if (report.run.selfCheck) return { short: 'Nothing.', more: html`<p>Compare it with another service next.</p>` };
  const rows = report.tracker?.unsettled ?? [];
  const parts = shortfalls(report);
  if (parts.length === 1 && rows.length > 0) return settle(rows);
  if (parts.length > 0)
    return { short: 'Compare the rest, too.', more: html`<p>What was not compared may diverge.</p>` };
  return { short: 'Nothing.', more: html`<p>Keep this report with the decision.</p>` };
};

const card = (question: string, { short, more }: Answer): Html =>
  html`<section><h2>${question}</h2><p class="answer">${cut(short, 200)}</p>${more}</section>`;

interface Question {
  readonly question: string;
  readonly answer: Answer;
}

const questions = (report: ReportDocument): readonly Question[] => [
  { question: 'Is it safe to switch?', answer: safeAnswer(report) },
  { question: 'What is different?', answer: differentAnswer(report) },
  { question: 'Is it new?', answer: newAnswer(report) },
  { question: 'What do I do?', answer: todo(report) },
];

/** The four questions of somebody who has to decide, answered. */
export const answers = (report: ReportDocument): Html =>
  html`<div class="answers">${questions(report).map(({ question, answer }) => card(question, answer))}</div>`;

/** The same in a few words each. */
export const shortAnswers = (report: ReportDocument): readonly (readonly [question: string, answer: string])[] =>
  questions(report).map(({ question, answer }) => [question, answer.short]);

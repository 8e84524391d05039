import { createHash } from 'node:crypto';
import type { BacklogItem } from './assessment.ts';
import { commandText } from './proofs.ts';
import type { Registers } from './registers.ts';
import type { Findings, KnownGap } from './verdict.ts';

const ranks = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO'];
const severities = { breaking: 'HIGH', risky: 'MEDIUM', cosmetic: 'LOW' } as const;

/** What is open, the gravest first, with what closes it. An accepted divergence is not open. */
export function backlogOf(findings: Findings, registers: Registers): BacklogItem[] {
  const items = [
    ...findings.failedChecks.map(checkItem),
    ...gateItems(registers),
    ...findings.blocked.map(blockItem),
    ...findings.gaps.filter(({ state }) => state !== 'accepted').map(gapItem),
    ...riskItems(registers),
    ...claimItems(registers),
  ];
  return items.sort((a, b) => ranks.indexOf(a.severity) - ranks.indexOf(b.severity));
}

/** Id of a smoke check: it has a name only. */
export function checkId(name: string): string {
  return `smoke ${name}`;
}

function checkItem(name: string): BacklogItem {
  return { id: checkId(name), kind: 'smoke', severity: 'CRITICAL', title: `smoke check ${name} fails`, gate: name };
}

function blockItem(where: string): BacklogItem {
  const gate = 'change it, or dismiss it with a reason';
  return { id: where, kind: 'review', severity: 'CRITICAL', title: `reviewers say BLOCK at ${where}`, gate };
}

function gateItems({ gates }: Registers): BacklogItem[] {
  return gates
    .filter(({ result }) => !result.holds)
    .map(({ id, title, result }) => ({ id, kind: 'gate', severity: 'CRITICAL', title, gate: result.text }));
}

function gapItem({ id, title, severity }: KnownGap): BacklogItem {
  const gate = 'a whole parity run without it, or its acceptance in the tracker';
  return { id, kind: 'divergence', severity: severity === null ? 'MEDIUM' : severities[severity], title, gate };
}

function riskItems({ risks }: Registers): BacklogItem[] {
  return risks
    .filter(({ status }) => status !== 'closed')
    .map(({ risk: { id, severity, title }, closedBy }) => {
      const left = closedBy.filter(({ holds }) => !holds).map(({ text }) => text);
      return { id, kind: 'risk', severity, title, gate: left.join('; ') || 'nothing is named that closes it' };
    });
}

/** Id of a claim: it has its words only. */
export function claimId(claim: string): string {
  return `C-${createHash('sha256').update(claim).digest('hex').slice(0, 8).toUpperCase()}`;
}

function claimItems({ claims, risks }: Registers): BacklogItem[] {
  return claims
    .filter(({ status }) => status !== 'held')
    .map(({ claim: { claim, test, risk }, status }) => {
      const severity = risks.find((one) => one.risk.id === risk)?.risk.severity ?? 'LOW';
      const gate =
        test === undefined ? 'no test is named' : typeof test === 'string' ? test : commandText(test.command);
      return { id: claimId(claim), kind: 'claim', severity, title: `${claim} (${status})`, gate };
    });
}

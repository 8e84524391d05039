/** From the mildest to the worst. */
const severities = ['INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'BLOCK'] as const;
export type Severity = (typeof severities)[number];

const words: Readonly<Record<string, Severity>> = {
  ...{ BLOCK: 'BLOCK', BLOCKS: 'BLOCK', BLOCKER: 'BLOCK', BLOCKING: 'BLOCK', P0: 'BLOCK' },
  ...{ CRITICAL: 'CRITICAL', CRIT: 'CRITICAL', SEVERE: 'CRITICAL' },
  ...{ HIGH: 'HIGH', MAJOR: 'HIGH', P1: 'HIGH' },
  ...{ MEDIUM: 'MEDIUM', MED: 'MEDIUM', MODERATE: 'MEDIUM', WARNING: 'MEDIUM', WARN: 'MEDIUM', P2: 'MEDIUM' },
  ...{ LOW: 'LOW', MINOR: 'LOW', NIT: 'LOW', P3: 'LOW' },
  ...{ INFO: 'INFO', INFORMATIONAL: 'INFO', NOTE: 'INFO', NONE: 'INFO' },
};
const anyWord = new RegExp(`(?<![A-Za-z])(${Object.keys(words).join('|')})(?![A-Za-z])`, 'gi');

/** Takes what comes after SEVERITY; returns the first severity in it, `form` where it is the list of the form, null for none. */
export function readSeverity(text: string): Severity | 'form' | null {
  const found = Array.from(text.slice(0, 200).matchAll(anyWord), ([word]) => words[word.toUpperCase()]!);
  return new Set(found).size > 2 ? 'form' : (found[0] ?? null);
}

const inProse = new RegExp(
  `(?<![A-Za-z])(?:(${Object.keys(words).join('|')})(?:[ -](?:severity|priority|risk))|severity[ :-]{1,3}(?:is )?(${Object.keys(words).join('|')}))(?![A-Za-z])`,
  'i',
);
const inCapitals = /(?<![A-Za-z])(BLOCK(?:ER|ING)?|CRITICAL|HIGH|MEDIUM|LOW|P[0-3])(?![A-Za-z])/;

/** Takes prose; returns a severity that is in capitals or called so, or null. */
export function severityInProse(text: string): Severity | null {
  const found =
    inCapitals.exec(text)?.[1] ??
    inProse
      .exec(text)
      ?.slice(1)
      .find((word) => word !== undefined);
  return found === undefined ? null : words[found.toUpperCase()]!;
}

export function worse(a: Severity, b: Severity): Severity {
  return severities.indexOf(a) < severities.indexOf(b) ? b : a;
}

/** For a sort: the worst first. */
export function bySeverity(a: Severity, b: Severity): number {
  return severities.indexOf(b) - severities.indexOf(a);
}

/** Whether a severity keeps a release from happening: CRITICAL is the word for BLOCK of those who keep to no form. */
export function isBlocking(severity: Severity): boolean {
  return severity === 'BLOCK' || severity === 'CRITICAL';
}

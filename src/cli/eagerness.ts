import { setFlagsFromString } from 'node:v8';

/** What a function may run, in bytes of its code, before the engine of Node 20 looks whether to optimise it: its own measure, and ours. */
const usual = 67_584;
const patient = 270_000;
const patientWithCases = 1_000_000;

/** A command that takes so long, and a run whose cases are being sent for so long, in milliseconds, is no short one. */
const shortMs = 1000;
const shortRunMs = 2500;
/** Nor is a run of more cases. */
const shortCases = 7000;

/** So many bytes of code of other functions go into one that is optimised; the engines' own measure is 920. */
const inlined = 100;

let later: NodeJS.Timeout | undefined;

function optimiseAsUsual(): void {
  clearTimeout(later);
  setFlagsFromString(`--interrupt-budget=${usual}`);
}

function waitLonger(budget: number, ms: number): void {
  clearTimeout(later);
  setFlagsFromString(`--interrupt-budget=${budget}`);
  later = setTimeout(optimiseAsUsual, ms).unref();
}

/**
 * Has the engine of Node 20, which optimises after so little use that a third of a short run's processor time goes into code that is
 * hardly run again, wait longer at the beginning. Later versions weigh better.
 */
export function optimiseLater(version: string): void {
  if (version.startsWith('20.')) waitLonger(patient, shortMs);
}

/**
 * Where there are few cases to be sent, has it wait longer still; where there are many, their code will be run again, and it optimises
 * as usual at once. Then, Node 20 and 22 take less of other functions into one, since their only compiler that optimises is a dear one.
 */
export function optimiseFor(cases: number, version: string): void {
  const isLong = cases > shortCases;
  if (isLong && /^2[02]\./.test(version)) setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${inlined}`);
  if (!version.startsWith('20.')) return;
  if (isLong) optimiseAsUsual();
  else waitLonger(patientWithCases, shortRunMs);
}

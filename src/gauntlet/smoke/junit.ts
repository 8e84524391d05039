import { cut, xmlText } from '../../report/document/escape.ts';
import { maxShownOutput } from '../limits.ts';
import type { CheckResult } from './run-checks.ts';

/** The results of smoke checks as JUnit XML. */
export function smokeJunit(results: readonly CheckResult[]): string {
  const failures = results.filter(({ isPass }) => !isPass).length;
  const time = results.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const counts = `tests="${results.length}" failures="${failures}" errors="0" time="${seconds(time)}"`;
  const cases = results.map(testCase).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="parity smoke" ${counts}>
<testsuite name="smoke" ${counts}>
${cases}
</testsuite>
</testsuites>
`;
}

function testCase({ name, isPass, durationMs, how, output }: CheckResult): string {
  const head = `<testcase classname="smoke" name="${xmlText(name)}" time="${seconds(durationMs)}"`;
  if (isPass) return `${head}/>`;
  const body = cut(output, maxShownOutput).split('\n').map(xmlText).join('\n');
  return `${head}><failure message="${xmlText(how)}" type="smoke">${body}</failure></testcase>`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

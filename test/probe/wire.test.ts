import { expect, it } from 'vitest';
import { fillRequest } from '../../src/cases/variables.ts';
import { startRig } from '../rig/rig.ts';
import { answer } from '../rig/scenario.ts';
import { targetAt, transportTo } from '../rig/target.ts';
import { posting, probesOf } from './seeds.ts';

it('every probe goes out byte for byte as it was derived, or is listed as not sendable', async () => {
  const rig = await startRig({ answers: [[answer(200)]] });
  const transport = transportTo(targetAt(rig.url));
  const probes = [...probesOf(posting('{"kind":"é","n":[1,{"s":"x"}]}', '/v1/x/7?q=1'), '/v1/x/{id}').values()];
  const wrong: string[] = [];
  for (const { id, testCase, unsendable } of probes) {
    const request = fillRequest(testCase.steps[0]!.request, {});
    const { outcome } = await transport.send('go', request);
    const arrived = outcome.kind === 'response';
    if (arrived !== (unsendable === null)) wrong.push(`${id}: ${unsendable ?? JSON.stringify(outcome)}`);
    if (arrived && sentHead(rig.requests.at(-1)!) !== headOf(request)) wrong.push(`${id}: another head`);
    if (arrived && !rig.requests.at(-1)!.endsWith(`\r\n\r\n${bodyOf(request)}`)) wrong.push(`${id}: another body`);
  }
  await transport.close();
  await rig.close();
  expect(wrong).toEqual([]);
  expect(probes.length).toBeGreaterThan(200);
});

type Filled = ReturnType<typeof fillRequest>;

/** The head as the case gives it, without what the client adds in front of its headers and behind them. */
function headOf({ method, path, headers }: Filled): string {
  const lines = headers.map(([name, value]) => `${name}: ${Buffer.from(value, 'utf8').toString('latin1')}`);
  return [`${method} ${path} HTTP/1.1`, ...lines].join('\r\n');
}

function sentHead(bytes: string): string {
  const lines = bytes.slice(0, bytes.indexOf('\r\n\r\n')).split('\r\n');
  return lines.filter((line) => !/^(?:host|connection|content-length): /.test(line)).join('\r\n');
}

const bodyOf = ({ body }: Filled): string => Buffer.from(body ?? []).toString('latin1');

import { fileURLToPath } from 'node:url';
import { loadCases } from '../../src/cases/read/load.ts';
import { fillRequest } from '../../src/cases/variables.ts';
import { deriveProbes } from '../../src/probe/derive.ts';
import type { LibraryCase } from './library.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What `parity probe` sends to the twins, derived from the accepted case of the library: all that can be sent. */
export async function probeCases(): Promise<LibraryCase[]> {
  const { cases } = await loadCases([`${root}cases/validate`], { root, env: {} });
  const accepted = cases.find(({ id }) => id === 'validate/accepted')!;
  const { probes } = deriveProbes(accepted, { template: '/v1/validate', heavy: false });
  return probes.filter(({ unsendable }) => unsendable === null).map(({ testCase }) => libraryCase(testCase));
}

function libraryCase({ id, steps }: Awaited<ReturnType<typeof loadCases>>['cases'][number]): LibraryCase {
  const requests = steps.map((step) => fillRequest(step.request, {}));
  return {
    id,
    expected: steps.map(() => undefined),
    steps: requests.map(({ method, path, headers, body }) => ({
      request: { method, path, headers, base64: Buffer.from(body ?? []).toString('base64') },
    })),
  };
}

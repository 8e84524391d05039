import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLedger } from '../../src/live/counts/ledger.ts';
import type { LiveState } from '../../src/live/counts/live-state.ts';
import { isLiveRun, newestLiveRun, readState, storeState } from '../../src/live/counts/state-file.ts';

function someState(): LiveState {
  const ledger = openLedger();
  ledger.copy('GET /a');
  ledger.judge('GET /a', { outcome: 'divergent', signature: '__proto__' });
  ledger.skip('__proto__', 'max-pending');
  return {
    schema: 'parity-live/1',
    ...{ run: 'r', startedAt: 'a', updatedAt: 'b', reference: 'rust', candidate: 'go', routes: ledger.routes() },
  };
}

describe('the state file of a live comparison', () => {
  it('is read as it was stored, whatever the names in it', () => {
    const dir = mkdtempSync(join(tmpdir(), 'parity-live-'));
    storeState(dir, someState());
    expect(isLiveRun(dir)).toBe(true);
    expect(JSON.stringify(readState(dir))).toBe(JSON.stringify(someState()));
  });

  it('is not looked for among folders that are not run folders', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'parity-live-'));
    storeState(dir, someState());
    expect(await newestLiveRun(join(dir, '..'))).toBe(null);
    expect(await newestLiveRun(join(dir, 'missing'))).toBe(null);
  });

  it.each([
    ['nothing', null],
    ['half a file', (text: string) => text.slice(0, 40)],
    ['a negative count', (text: string) => text.replace('"copied":1', '"copied":-1')],
    ['a fraction', (text: string) => text.replace('"copied":1', '"copied":0.5')],
    ['another schema', (text: string) => text.replace('parity-live/1', 'parity-live/9')],
  ])('is refused where it is %s', (_, spoil) => {
    const dir = mkdtempSync(join(tmpdir(), 'parity-live-'));
    if (spoil !== null) writeFileSync(join(dir, 'live.json'), spoil(JSON.stringify(someState())));
    expect(() => readState(dir)).toThrowError(expect.objectContaining({ code: 'PX2506' }));
  });
});

import { describe, expect, it } from 'vitest';
import type { ReconcileInput } from '../../../src/tracker/reconcile/row-plan.ts';
import { ownTable } from '../../../src/tracker/rows/columns.ts';
import { editTracker } from '../../../src/tracker/update.ts';
import { documents } from '../documents.ts';
import { finding, run } from '../sample.ts';

function usual(text: string): ReconcileInput {
  const ids = text.includes('P-AAAAAAAA') ? ['P-AAAAAAAA', 'P-CCCCCCCC'] : ['P-CCCCCCCC'];
  return run(ids.map((id) => finding(id)));
}

function update(text: string, input = usual(text)): string {
  return editTracker(text, input, { file: 'T.md', options: ownTable }).text;
}

describe('odd documents', () => {
  it.each(documents)('$why: only our cells change', ({ text }) => {
    const before = text.replace(/⟦([^⇒]*)⇒[^⟧]*⟧/g, '$1');
    const after = text.replace(/⟦[^⇒]*⇒([^⟧]*)⟧/g, '$1');
    expect(update(before)).toBe(after);
  });

  it.each(documents)('$why: a second run changes nothing', ({ text }) => {
    const after = text.replace(/⟦[^⇒]*⇒([^⟧]*)⟧/g, '$1');
    expect(update(after)).toBe(after);
  });

  it('are many', () => {
    expect(documents.length).toBeGreaterThanOrEqual(40);
    expect(new Set(documents.map(({ why }) => why)).size).toBe(documents.length);
  });
});

describe('a table of 20,000 rows', () => {
  it('keeps every row and gets the new one in its place', () => {
    const id = (index: number): string => `P-${index.toString(16).toUpperCase().padStart(8, '0')}`;
    const rows = Array.from({ length: 20_000 }, (_, index) => `| ${id(index * 2)} | _open_ | by hand \`x\` |`);
    const text = ['<!-- parity:tracker -->', '', '| ID | Status | Note |', '|---|---|---|', ...rows, ''].join('\n');
    const changed = update(text, run([finding(id(20_001))])).split('\n');
    expect(changed[4 + 10_001]).toBe(`| ${id(20_001)} | _open_ | |`);
    expect(changed.toSpliced(4 + 10_001, 1).join('\n')).toBe(text);
  });
});

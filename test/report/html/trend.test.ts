import { describe, expect, it } from 'vitest';
import type { TrendPoint } from '../../../src/record/trend.ts';
import { trendSection } from '../../../src/report/html/trend.ts';

const point = (day: number, value: number, more: Partial<TrendPoint> = {}): TrendPoint => ({
  id: `run-${day}`,
  startedAt: `2026-11-${day}T10:00:00.000Z`,
  total: 10,
  selected: 10,
  conclusive: 10,
  ladder: { status: 10, shape: value, value, wire: 0 },
  open: 10 - value,
  accepted: 1,
  ...more,
});
const page = (points: readonly TrendPoint[]) => trendSection(points).html;

describe('the trend of a report', () => {
  it('says since when, and how far the ladder moved', () => {
    const text = page([point(18, 2), point(19, 5), point(20, 9)]);
    expect(text).toContain('over 3 runs of the whole library since 2026-11-18. Open findings: 8 → 1, accepted: 1 → 1.');
    expect(text).toContain('<li>Thick: value 20% → 90%</li>');
    expect(text).toContain('<li>Fine: wire 0% → 0%</li>');
    expect(text).toContain(
      'aria-label="Cases that hold a rung, over 3 runs; now status 100%, shape 90%, value 90%, wire 0%"',
    );
  });

  it('draws a point for each run, from left to right, more of it higher', () => {
    const [, points] = /class="trend-value"[^>]*points="([^"]*)"/.exec(
      page([point(18, 0), point(19, 5), point(20, 10)]),
    )!;
    expect(points).toBe('12.0,138.0 320.0,75.0 628.0,12.0');
  });

  it('is left out where there is nothing to compare', () => {
    expect(page([])).toBe('');
    expect(page([point(18, 2)])).toBe('');
    expect(page([point(18, 2), point(19, 3, { selected: 3 }), point(20, 3, { conclusive: 0 })])).toBe('');
  });

  it('prints no text of an earlier run raw', () => {
    const text = page([point(18, 2, { startedAt: '<script>1' }), point(19, 3)]);
    expect(text).not.toContain('<script>');
    expect(text).toContain('since &lt;script&gt;1.');
  });
});

import { expect, test } from 'vitest';
import { type ReporterEvent, sendEvents } from '../../src/report/reporter.ts';
import { divergentRun } from './records.ts';

test('a reporter is given the run, its cases, its findings and the report, in this order, one after the other', async () => {
  const events: ReporterEvent[] = [];
  let isBusy = false;
  const reporter = async (event: ReporterEvent) => {
    expect(isBusy).toBe(false);
    isBusy = true;
    await new Promise((resolve) => setImmediate(resolve));
    events.push(event);
    isBusy = false;
  };
  await sendEvents(divergentRun(), 'reports/x', { name: './mine.js', reporter });
  expect(events.map(({ type }) => type)).toEqual(['run-start', ...Array(6).fill('case'), 'finding', 'run-end']);
  const [first, second] = events;
  expect(first?.type === 'run-start' && first.counts.selected).toBe(6);
  expect(second?.type === 'case' && second.case.id).toBe('validate/bad-operation');
  const last = events.at(-1);
  expect(last?.type === 'run-end' && [last.report.verdict, last.dir, 'cases' in last.report]).toEqual([
    'divergent',
    'reports/x',
    false,
  ]);
});

test.each([
  [
    'throws',
    () => {
      throw new Error('no disk');
    },
  ],
  ['rejects', () => Promise.reject(new Error('no disk'))],
])('what a reporter %s is an error that names the reporter, the event and the run folder', async (_, reporter) => {
  const failed = sendEvents(divergentRun(), 'reports/x', { name: './mine.js', reporter });
  await expect(failed).rejects.toMatchObject({
    code: 'PX4401',
    message: 'the reporter ./mine.js failed at the event "run-start": no disk',
    hint: expect.stringContaining('reports/x'),
  });
});

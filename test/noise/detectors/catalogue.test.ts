import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { detectorSentences } from '../../../src/noise/detectors/detector.ts';

it('The table of detectors in the documentation lists each detector once', () => {
  const page = readFileSync('docs/comparing.md', 'utf8');
  const table = page.split('\n### Detectors\n')[1]!.split('\n## ')[0]!;
  const listed = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id);
  expect(listed.sort()).toEqual(Object.keys(detectorSentences).sort());
});

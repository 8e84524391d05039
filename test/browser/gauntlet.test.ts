import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, parity } from '../cli/command.ts';
import { gauntletsIn } from '../cli/gauntlet/gauntlet.ts';
import { hostileTexts } from '../report/records.ts';
import { executablePath, openBrowser, openPage, seriousProblems } from './chromium.ts';

const text = hostileTexts.join(' ').slice(0, 2000);
const gauntlet = {
  smoke: [{ name: 'd1', command: ['true'] }],
  assess: {
    scorecard: [
      {
        dimension: 'Reproducibility',
        checks: [
          { file: 'built', points: 6 },
          { command: ['true'], points: 3 },
        ],
      },
      { dimension: text, checks: [{ command: ['false', text.replaceAll('\0', '')], points: 10 }] },
    ],
    ...{ risks: 'risks.yaml', claims: 'claims.yaml' },
    gates: [{ id: 'G1', title: text, command: ['false'] }],
  },
};

describe.skipIf(executablePath === undefined)(
  executablePath === undefined ? 'skipped: Chromium is not installed' : 'the page of an assessment in Chromium',
  () => {
    let browser: Browser;
    let pages: string[];

    beforeAll(async () => {
      browser = await openBrowser();
      const cwd = await folder({
        'gauntlet.yaml': JSON.stringify(gauntlet),
        'risks.yaml': JSON.stringify([{ id: 'R-001', severity: 'HIGH', title: text, evidence: 'built:1' }]),
        'claims.yaml': JSON.stringify([{ claim: text, risk: 'R-001' }]),
        built: 'yes\n',
      });
      await parity(['smoke'], { cwd });
      await parity(['assess'], { cwd });
      rmSync(join(cwd, 'built'));
      writeFileSync(join(cwd, 'claims.yaml'), '[]');
      await parity(['assess'], { cwd });
      pages = gauntletsIn(cwd)
        .map((name) => join(cwd, 'reports/gauntlet', name, 'assessment.html'))
        .filter((path) => existsSync(path));
    });

    afterAll(() => browser?.close());

    it('shows verdict, phases, scorecard, risks and what changed, and asks for nothing', async () => {
      const { page, heard } = await openPage(browser, pages[1]!);
      const shown = await page.locator('body').innerText();
      expect(heard).toEqual([]);
      expect(shown.slice(0, 300)).toContain('hold');
      for (const word of ['1 pass, 0 fail', '3/10', 'R-001', 'G1', 'Past gauntlets']) expect(shown).toContain(word);
      expect(await page.locator('svg.trend circle').count()).toBe(2);
      await page.close();
    });

    it('is styled under its own policy: the hash of the style sheet is right', async () => {
      const { page } = await openPage(browser, pages[0]!);
      const radius = await page.evaluate("getComputedStyle(document.querySelector('.verdict')).borderRadius");
      expect(radius).toBe('14px');
      await page.close();
    });

    it('runs nothing that a person wrote', async () => {
      const { page, heard } = await openPage(browser, pages[0]!);
      await page.waitForTimeout(200);
      expect(heard).toEqual([]);
      expect(await page.locator('script, img, iframe, object, embed, form, input, style:not(head style)').count()).toBe(
        0,
      );
      expect(await page.locator('a:not([href^="#"])').count()).toBe(0);
      await page.close();
    });

    it.each(['light', 'dark'] as const)('has no serious accessibility problem in %s', async (colorScheme) => {
      expect(await seriousProblems(browser, pages[1]!, colorScheme)).toEqual([]);
    });
  },
);

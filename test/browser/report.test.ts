import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/html/page.ts';
import { folder, newestReport, parity } from '../cli/command.ts';
import { hostileRun, hostileTexts } from '../report/records.ts';
import { executablePath, openBrowser, openPage, seriousProblems } from './chromium.ts';

if (executablePath === undefined && process.env.CI === 'true')
  it('needs Chromium, which CI must have', () => {
    expect(executablePath).toBeDefined();
  });

describe.skipIf(executablePath === undefined)(
  executablePath === undefined ? 'skipped: Chromium is not installed' : 'in Chromium',
  () => {
    let browser: Browser;
    let dir: string;

    beforeAll(async () => {
      browser = await openBrowser();
      dir = await folder();
      await parity(['demo', '--no-tracker'], { cwd: dir });
      writeFileSync(join(dir, 'hostile.html'), renderHtml(hostileRun()));
      writeFileSync(join(dir, 'joined.html'), renderHtml(hostileRun([hostileTexts.join('')])));
    });

    afterAll(() => browser?.close());

    const open = (file: string) => openPage(browser, join(dir, file));

    it('the report of the demo says on its first screen what differs, and asks for nothing', async () => {
      const { page, heard } = await open('reports/latest/report.html');
      const report = newestReport(dir);
      const shown = await page.locator('body').innerText();
      expect(heard).toEqual([]);
      expect(shown.slice(0, 600).toUpperCase()).toContain('DIVERGENT');
      for (const finding of report.findings) expect(shown).toContain(finding.id);
      await page.close();
    });

    it.each(['hostile.html', 'joined.html'])(
      '%s runs nothing that a server, a case or a person wrote',
      async (file) => {
        const { page, heard } = await open(file);
        const title = await page.title();
        await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
        await page.waitForTimeout(200);
        expect(heard).toEqual([]);
        expect(await page.title()).toBe(title);
        expect(
          await page.locator('script, img, svg, iframe, object, embed, form, input, style:not(head style)').count(),
        ).toBe(0);
        expect(await page.locator('a:not([href^="#"])').count()).toBe(0);
        await page.close();
      },
    );

    it.each(['light', 'dark'] as const)('has no serious accessibility problem in %s', async (colorScheme) => {
      expect(await seriousProblems(browser, join(dir, 'reports/latest/report.html'), colorScheme)).toEqual([]);
    });
  },
);

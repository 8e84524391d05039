import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, newestReport, parity } from '../cli/command.ts';
import { divergentRun, enumFinding, footer, hostileRun, hostileTexts } from '../report/records.ts';
import { renderHtml } from '../report/renderers.ts';
import { executablePath, openBrowser, openPage, seriousProblems } from './chromium.ts';

if (executablePath === undefined && process.env.CI === 'true')
  it('needs Chromium, which CI must have', () => {
    expect(executablePath).toBeDefined();
  });

/** Four cases of one cause, one of another, and one that matches. */
function twoFindings() {
  const whole = enumFinding();
  const [last = ''] = whole.cases.slice(-1);
  const isOfLast = ([id]: readonly [string, ...unknown[]]) => id === last;
  const findings = [
    { ...whole, cases: whole.cases.slice(0, -1), divergences: whole.divergences.filter((one) => !isOfLast(one)) },
    enumFinding({
      ...{ id: 'P-OTHER', severity: 'cosmetic', class: 'unexplained', routes: ['GET /other'], cases: [last] },
      divergences: whole.divergences.filter(isOfLast),
    }),
  ];
  return { ...divergentRun(), footer: footer({ verdict: 'divergent', exitCode: 1, findings }) };
}

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

    beforeAll(() => writeFileSync(join(dir, 'filter.html'), renderHtml(twoFindings())));

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
          await page.locator('img, svg, iframe, object, embed, form, style:not(head style), search ~ search').count(),
        ).toBe(0);
        expect(await page.locator('script').count()).toBe(1);
        expect(await page.locator('input, select').count()).toBe(5);
        expect(await page.locator('a:not([href^="#"])').count()).toBe(0);
        await page.close();
      },
    );

    it('filters findings and cases by severity and by search, and says how many match', async () => {
      const { page, heard } = await open('filter.html');
      const cards = page.locator('details[data-severity]:visible');
      const rows = page.locator('tr[data-outcome]:visible');
      expect([await cards.count(), await rows.count()]).toEqual([2, 6]);
      await page.getByLabel('Severity').selectOption('cosmetic');
      expect([await cards.count(), await rows.count()]).toEqual([1, 1]);
      expect(await page.getByRole('status').innerText()).toBe('1 finding and 1 case match.');
      await page.getByRole('button', { name: 'Show all' }).click();
      await page.getByLabel('State').selectOption('match');
      expect([await cards.count(), await rows.count()]).toEqual([0, 1]);
      await page.getByLabel('State').selectOption('');
      await page.getByLabel('Class').selectOption('enum-external-vs-flat');
      expect(await rows.count()).toBe(4);
      await page.getByLabel('Class').selectOption('');
      await page.getByLabel('Route', { exact: true }).selectOption({ label: 'GET /other' });
      expect([await cards.count(), await rows.count()]).toEqual([1, 1]);
      await page.getByLabel('Route', { exact: true }).selectOption('');
      await page.keyboard.press('Escape');
      await page.getByLabel('Search').fill('MISSING-field');
      expect(await rows.allInnerTexts()).toEqual([expect.stringContaining('validate/missing-field')]);
      expect(heard).toEqual([]);
      await page.close();
    });

    it('is worked with the keys / j k n p ? and Escape', async () => {
      const { page } = await open('filter.html');
      const focused = () => page.evaluate('document.activeElement.textContent.trim().slice(0, 200)');
      await page.keyboard.press('j');
      const first = await focused();
      await page.keyboard.press('j');
      expect(await focused()).not.toBe(first);
      await page.keyboard.press('k');
      expect(await focused()).toBe(first);
      await page.keyboard.press('n');
      const at = await page.locator('tr[data-current]').innerText();
      await page.keyboard.press('Enter');
      await page.keyboard.press('/');
      await page.keyboard.type('nothing?j');
      expect(await page.getByLabel('Search').inputValue()).toBe('nothing?j');
      expect(await page.locator('tr[data-outcome]:visible').count()).toBe(0);
      await page.keyboard.press('Escape');
      expect(await page.locator('tr[data-outcome]:visible').count()).toBe(6);
      await page.keyboard.press('?');
      expect(await page.getByRole('dialog').innerText()).toContain('next and previous difference');
      expect(at).not.toBe('');
      await page.close();
    });

    it('copies a command as it is shown', async () => {
      const { page } = await open('filter.html');
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      const command = page.locator('details[open] pre.command').first();
      await page.locator('details[open] .copy').first().click();
      await page.locator('details[open] .copy', { hasText: 'Copied' }).first().waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(await command.innerText());
      await page.close();
    });

    it.each([true, false])('a link to a finding opens its card, with script %s', async (javaScriptEnabled) => {
      const page = await browser.newPage({ javaScriptEnabled });
      await page.goto(`${pathToFileURL(join(dir, 'filter.html')).href}#P-OTHER`);
      expect(await page.locator('details[open] #P-OTHER').count()).toBe(1);
      expect(await page.locator('search').count()).toBe(javaScriptEnabled ? 1 : 0);
      expect(await page.locator('tr[data-outcome]').count()).toBe(6);
      await page.close();
    });

    it('prints in a few pages, with the findings', async () => {
      const { page } = await open('reports/latest/report.html');
      const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0).toBeLessThanOrEqual(6);
      await page.close();
    });

    it.each(['light', 'dark'] as const)('has no serious accessibility problem in %s', async (colorScheme) => {
      expect(await seriousProblems(browser, join(dir, 'reports/latest/report.html'), colorScheme)).toEqual([]);
    });
  },
);

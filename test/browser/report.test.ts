import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/html/page.ts';
import { folder, newestReport, parity } from '../cli/command.ts';
import { hostileRun, hostileTexts } from '../report/records.ts';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env.PARITY_CHROMIUM ?? places.find((path) => existsSync(path));
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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
      browser = await chromium.launch({ executablePath: executablePath!, args });
      dir = await folder();
      await parity(['demo', '--no-tracker'], { cwd: dir });
      writeFileSync(join(dir, 'hostile.html'), renderHtml(hostileRun()));
      writeFileSync(join(dir, 'joined.html'), renderHtml(hostileRun([hostileTexts.join('')])));
    });

    afterAll(() => browser?.close());

    /** Opens a file as a person does, and notes everything that it asks for or says. */
    async function open(file: string): Promise<{ page: Page; heard: string[] }> {
      const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, bypassCSP: false });
      const heard: string[] = [];
      const url = pathToFileURL(join(dir, file)).href;
      page.on('request', (request) => request.url() !== url && heard.push(`request ${request.url()}`));
      page.on('dialog', (dialog) => {
        heard.push(`dialog ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('console', (message) => heard.push(`console ${message.text()}`));
      page.on('pageerror', (error) => heard.push(`error ${error.message}`));
      await page.goto(url);
      return { page, heard };
    }

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
      const page = await browser.newPage({ bypassCSP: true, colorScheme });
      await page.goto(pathToFileURL(join(dir, 'reports/latest/report.html')).href);
      await page.evaluate(axe);
      const found = await page.evaluate(
        'axe.run().then((result) => result.violations.map((one) => [one.impact, one.id, one.nodes.length, one.nodes[0].html]))',
      );
      const serious = (found as [string, string, number, string][]).filter(
        ([impact]) => impact === 'serious' || impact === 'critical',
      );
      expect(serious).toEqual([]);
      await page.close();
    });
  },
);

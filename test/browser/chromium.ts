import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Undefined where Chromium is not installed. */
export const executablePath = process.env.PARITY_CHROMIUM ?? places.find((path) => existsSync(path));
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

/** Starts Chromium, which must be there. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: executablePath!, args, timeout: 150_000 });
}

/** Opens a file as a person does, and notes everything that it asks for or says. */
export async function openPage(browser: Browser, path: string): Promise<{ page: Page; heard: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, bypassCSP: false });
  const heard: string[] = [];
  const url = pathToFileURL(path).href;
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

/** Serious accessibility problems of a page, as axe finds them. */
export async function seriousProblems(browser: Browser, path: string, colorScheme: 'light' | 'dark') {
  const page = await browser.newPage({ bypassCSP: true, colorScheme });
  await page.goto(pathToFileURL(path).href);
  await page.evaluate(axe);
  const found = await page.evaluate(
    'axe.run().then((result) => result.violations.map((one) => [one.impact, one.id, one.nodes.length, one.nodes[0].html]))',
  );
  await page.close();
  return (found as [string, string, number, string][]).filter(
    ([impact]) => impact === 'serious' || impact === 'critical',
  );
}

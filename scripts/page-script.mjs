// Writes src/report/html/page-script.ts, the script of the HTML report: src/report/page bundled and minified into one text. With --check
// it writes nothing and fails where the file is out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const root = dirname(import.meta.dirname);
const target = join(root, 'src/report/html/page-script.ts');

async function bundled() {
  const bundle = await rolldown({
    input: join(root, 'src/report/page/main.ts'),
    platform: 'browser',
    logLevel: 'warn',
  });
  const { output } = await bundle.generate({ format: 'iife', minify: true });
  await bundle.close();
  return output[0].code.trim();
}

/** The text as a string literal. What would end a script element cannot be in it. */
function moduleOf(code) {
  if (/<\/script|<!--/i.test(code)) throw new Error('the script holds what ends a script element');
  return `// Written by scripts/page-script.mjs from src/report/page: npm run page.
/** The script of the HTML report, minified. */
export const pageScript =
  ${JSON.stringify(code)};
`;
}

/** Brings the file up to date; with `check` says whether it is. */
export async function writePageScript(check = false) {
  const text = moduleOf(await bundled());
  const isCurrent = (() => {
    try {
      return readFileSync(target, 'utf8') === text;
    } catch {
      return false;
    }
  })();
  if (!isCurrent && !check) writeFileSync(target, text);
  return isCurrent;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const check = process.argv.includes('--check');
  if (!(await writePageScript(check)) && check) {
    console.error('src/report/html/page-script.ts is out of date: npm run page');
    process.exitCode = 1;
  }
}

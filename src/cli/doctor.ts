import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { loadCases } from '../cases/read/load.ts';
import { noCases } from '../cases/select.ts';
import type { Config, Target } from '../config/config.ts';
import { ParityError } from '../errors.ts';
import { addressOf } from '../http/endpoint.ts';
import { terminalText } from '../json/printable.ts';
import { logIn } from '../replay/middleware/login.ts';
import { preflight } from '../replay/services/preflight.ts';
import { plural } from '../report/document/wording.ts';
import { listTracker } from '../tracker/list.ts';
import { readPointer } from '../xml/body-pointer.ts';
import { print, secrets, short, warnOfShort } from './console.ts';
import { printProblem } from './errors.ts';
import type { Options } from './options.ts';
import { askProtected } from './protected.ts';
import { readConfig } from './session.ts';

/** What one check found: a sentence, and the exit code that its failure means (0: it passed). */
interface Check {
  readonly subject: string;
  readonly text: string;
  readonly exitCode: 0 | 2 | 3;
  /** What to do about it. */
  readonly hint?: string | null | undefined;
}

const oldestNode = [20, 18, 1] as const;

function checkNode(): Check {
  const found = process.versions.node.split('.').map(Number);
  const at = oldestNode.findIndex((part, i) => part !== found[i]);
  const old = at >= 0 && (found[at] ?? 0) < oldestNode[at]!;
  const text = old ? `${process.version}, but ${oldestNode.join('.')} is the oldest that works` : process.version;
  return { subject: 'node', text, exitCode: old ? 2 : 0 };
}

interface Configured {
  readonly config: Config;
  readonly check: Check;
}

/** Where nothing but variables of credentials is missing, the rest can be checked all the same. Throws ParityError PX2xxx. */
async function checkConfig(options: Options): Promise<Configured> {
  try {
    const config = await readConfig(options);
    return { config, check: { subject: 'config', text: config.file ?? 'from flags', exitCode: 0 } };
  } catch (error) {
    if (!(error instanceof ParityError) || error.code !== 'PX2103') throw error;
    const config = await readConfig(options, { sendsNothing: true }).catch(() => Promise.reject(error));
    printProblem(error);
    return { config: anonymous(config), check: { subject: 'config', text: error.message, exitCode: 2 } };
  }
}

/** What is sent to the targets holds nothing in the place of what is missing. */
function anonymous(config: Config): Config {
  const targets = config.targets.map(({ login: _, query: _q, ...target }) => ({ ...target, headers: [] }));
  return { ...config, targets };
}

async function checkCases(config: Config): Promise<Check> {
  try {
    const { cases } = await loadCases(config.cases, { root: config.root, env: process.env, secrets, short });
    warnOfShort();
    if (cases.length === 0) throw noCases();
    return {
      subject: 'cases',
      text: `${cases.length} in ${config.cases.map((path) => terminalText(path)).join(', ')}`,
      exitCode: 0,
    };
  } catch (error) {
    if (!(error instanceof ParityError)) throw error;
    if (error.problems.length > 0) printProblem(error);
    const exitCode = error.exitCode === 3 ? 3 : 2;
    return { subject: 'cases', text: error.message, exitCode, hint: error.hint };
  }
}

/** What coverage is counted against, where the configuration names it. */
async function checkOpenApi({ openapi }: Config): Promise<Check[]> {
  if (openapi === undefined) return [];
  const { documentedOperations } = await import('../import/documented.ts');
  try {
    const { length } = await documentedOperations(openapi);
    return [{ subject: 'openapi', text: plural(length, 'operation'), exitCode: 0 }];
  } catch (error) {
    if (!(error instanceof ParityError)) throw error;
    if (error.problems.length > 0) printProblem(error);
    return [{ subject: 'openapi', text: error.message, exitCode: 2, hint: error.hint }];
  }
}

async function checkTargets(config: Config): Promise<Check[]> {
  const timeoutMs = Math.min(config.timeoutMs, 5000);
  const found = await preflight(config.targets, { timeoutMs, waitMs: config.waitMs });
  const reached = new Set(found.flatMap(({ target, failure }) => (failure === null ? [target] : [])));
  const checks = found.map(({ target, failure, build }): Check => {
    const own: Partial<Target> = config.targets.find((one) => one.name === target) ?? {};
    const { url = '', command = null, recorded } = own;
    if (recorded !== undefined) return recordedCheck(target, recorded);
    if (command !== null) return started({ target, url, command, isTaken: failure === null });
    const shown = build === undefined ? '' : ` (${[...build.says, `fingerprint ${build.fingerprint}`].join('; ')})`;
    const text = failure === null ? `${url} answers${wayTo(own)}${shown}` : failure.message.replace(`${target}: `, '');
    return { subject: `target ${target}`, text, exitCode: failure === null ? 0 : 3, hint: failure?.hint };
  });
  const there = config.targets.filter(({ name, command }) => command === null && reached.has(name));
  return [...checks, ...(await checkCertificates(config)), ...(await checkLogins(there, timeoutMs))];
}

/** What leads to a target beside its URL. */
function wayTo({ proxy, tls }: Partial<Target>): string {
  const way = proxy === undefined ? '' : ` through the proxy ${addressOf(proxy)}`;
  return tls?.insecure === true ? `${way} (its certificate is not checked)` : way;
}

/** Certificates that are shown to targets: a server refuses one whose time is over, and may not say why. */
async function checkCertificates({ targets }: Config): Promise<Check[]> {
  const shown = targets.flatMap(({ name, tls }) => (tls?.cert === undefined ? [] : [{ name, cert: tls.cert }]));
  if (shown.length === 0) return [];
  const { X509Certificate } = await import('node:crypto');
  return shown.map(({ name, cert }): Check => {
    const subject = `certificate for ${name}`;
    const { validFrom, validTo } = new X509Certificate(cert);
    const [from, to] = [new Date(validFrom), new Date(validTo)];
    const now = new Date();
    if (from > now)
      return { subject, text: `it is not valid before ${day(from)}`, exitCode: 2, hint: 'check the clock' };
    const isOver = to < now;
    const text = isOver ? `its time was over on ${day(to)}` : `valid until ${day(to)}`;
    return { subject, text, exitCode: isOver ? 2 : 0, hint: isOver ? 'renew it' : null };
  });
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function recordedCheck(target: string, { places, recordedAt }: NonNullable<Target['recorded']>): Check {
  const text = `${places.length} recorded answers of ${recordedAt.slice(0, 10)}; nothing is sent`;
  return { subject: `target ${target}`, text, exitCode: 0 };
}

/** What a run would do before its first case, on targets that are there already. */
async function checkLogins(targets: Config['targets'], timeoutMs: number): Promise<Check[]> {
  const asked = targets.filter(({ login }) => login !== undefined);
  const { failures } = await logIn(asked, { timeoutMs, readPointer });
  return asked.map(({ name }) => {
    const failure = failures.find(({ target }) => target === name)?.failure ?? null;
    const text = failure === null ? 'hands out a credential' : failure.message.replace(`${name} `, '');
    return { subject: `login ${name}`, text, exitCode: failure === null ? 0 : 3, hint: failure?.hint };
  });
}

interface ToStart {
  readonly target: string;
  readonly url: string;
  readonly command: readonly string[];
  readonly isTaken: boolean;
}

/** What the run starts is not there yet; if something is, the run refuses to start beside it. */
function started({ target, url, command, isTaken }: ToStart): Check {
  const text = isTaken
    ? `something listens at ${url} already, where the run is to start it; stop it, or take the command out of the target`
    : `${url} is started by the run: ${command.join(' ')}`;
  return { subject: `target ${target}`, text, exitCode: isTaken ? 3 : 0 };
}

async function checkTracker(config: Config): Promise<Check> {
  if (config.tracker === null) return { subject: 'tracker', text: 'none configured', exitCode: 0 };
  try {
    const there = await stat(config.tracker).catch(() => null);
    if (there === null)
      return { subject: 'tracker', text: `${config.tracker} will be made by the first run`, exitCode: 0 };
    const rows = await listTracker(config.tracker, config.tracking);
    return { subject: 'tracker', text: `${config.tracker}: ${rows.length} rows`, exitCode: 0 };
  } catch (error) {
    if (!(error instanceof ParityError)) throw error;
    return { subject: 'tracker', text: error.message, exitCode: 2, hint: error.hint };
  }
}

/** The nearest folder upwards that is there must be writable. */
async function checkOut(config: Config): Promise<Check> {
  let dir = config.out;
  while ((await stat(dir).catch(() => null)) === null && dirname(dir) !== dir) dir = dirname(dir);
  const writable =
    (await stat(dir)).isDirectory() &&
    (await access(dir, constants.W_OK).then(
      () => true,
      () => false,
    ));
  const text = writable ? config.out : `${dir} is not a folder that can be written; choose another with --out`;
  return { subject: 'out', text, exitCode: writable ? 0 : 2 };
}

function line({ subject, text, exitCode, hint = null }: Check): string {
  const next = hint === null ? '' : `\n      try: ${terminalText(hint)}`;
  return `${exitCode === 0 ? 'ok  ' : 'FAIL'}  ${subject}: ${terminalText(text)}${next}`;
}

/** `parity doctor`: 0 if a run could start, 2 if something must be mended first, 3 if a target cannot be reached. */
export async function doctorCommand(options: Options): Promise<number> {
  await print(line(checkNode()));
  const { config, check: configured } = await checkConfig(options);
  await askProtected(config, options);
  await print(line(configured));
  const checks = [
    await checkCases(config),
    ...(await checkOpenApi(config)),
    ...(await checkTargets(config)),
    await checkTracker(config),
    await checkOut(config),
  ];
  await print(checks.map(line).join('\n'));
  const all = [checkNode(), configured, ...checks].map((check) => check.exitCode);
  return all.includes(2) ? 2 : all.includes(3) ? 3 : 0;
}

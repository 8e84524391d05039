import { resolve } from 'node:path';
import { ParityError } from '../errors.ts';
import type { Recording } from '../recorded/read-recording.ts';
import type { Auth } from './auth.ts';
import { splitCommand } from './command.ts';
import type { Target } from './config.ts';
import type { ConnectionKeys } from './config-flags.ts';
import { type Expander, expandEnvironment } from './environment.ts';
import { readHeaders } from './headers.ts';
import { namePattern } from './names.ts';
import { didYouMean, quoteForMessage } from './source/did-you-mean.ts';
import type { Complaint, Span } from './source/source.ts';
import type { SourceNode } from './source/source-node.ts';
import { entriesOf, field, itemsOf, scalarText, textOf } from './source/tree-access.ts';
import { addressKey, readTargetUrl } from './url.ts';

/** A target before it is checked: from the file (with its node), from a flag (with its URL), or from both. */
interface Draft {
  readonly name: string;
  readonly nameSpan: Span | null;
  readonly node: SourceNode | null;
  readonly flagUrl: string | null;
}

/** What the targets of a run are made of. */
export interface TargetSources {
  /** Root of the configuration file, or null. */
  readonly file: SourceNode | null;
  /** `NAME=URL`, in order. */
  readonly flags: readonly string[];
  /** `--reference`, or null. */
  readonly reference: string | null;
  readonly expander: Expander;
  /** For headers and credentials, which are of no account where nothing is sent. */
  readonly credentials: Expander;
  /** Two targets may have one address. */
  readonly selfCheck: boolean;
  /** What paths of the file are relative to. */
  readonly root: string;
  /** `tls` and `proxy` of flags, for all targets, and the folder that their paths are relative to. */
  readonly connection?: { readonly keys: ConnectionKeys; readonly cwd: string };
}

/** Takes file, flags and environment; returns at least two targets, the reference first; notes what is wrong in the file, throws PX2102 or PX2104 for what is wrong elsewhere. */
export async function readTargets(sources: TargetSources): Promise<Target[]> {
  const fromFile = entriesOf(field(sources.file, 'targets')).map(fileDraft);
  const fromFlags = sources.flags.map(flagDraft);
  const replaced =
    fromFlags.length > 0 && !fromFlags.some((flag) => fromFile.some((draft) => draft.name === flag.name));
  const drafts = replaced ? fromFlags : merge(fromFile, fromFlags);
  const note = noter(sources);
  checkNames(drafts, note);
  const reference = chooseReference(drafts, sources, note);
  const targets: Target[] = [];
  for (const draft of drafts)
    targets.push(...(await readTarget(draft, draft.name === reference, { ...sources, note })));
  if (!sources.selfCheck) checkAddresses(drafts, targets, note);
  if (drafts.length < 2) note(field(sources.file, 'targets')?.span ?? null, tooFew(drafts));
  return targets.sort((a, b) => Number(b.role === 'reference') - Number(a.role === 'reference'));
}

type Note = (span: Span | null, complaint: Complaint) => void;

/** What stands in no file cannot be pointed at: it is thrown at once. */
function noter({ file, expander }: TargetSources): Note {
  return (span, complaint) => {
    if (span !== null && file !== null) return expander.complain(span, complaint);
    throw new ParityError('PX2104', complaint.message, complaint.hint === undefined ? {} : { hint: complaint.hint });
  };
}

function fileDraft({ key, keySpan, value }: { key: string; keySpan: Span; value: SourceNode }): Draft {
  return { name: key, nameSpan: keySpan, node: value, flagUrl: null };
}

function flagDraft(flag: string): Draft {
  const at = flag.indexOf('=');
  if (at > 0) return { name: flag.slice(0, at), nameSpan: null, node: null, flagUrl: flag.slice(at + 1) };
  throw new ParityError('PX2102', '--target is not of the form NAME=URL', {
    hint: '--target go=http://127.0.0.1:4110',
  });
}

function merge(fromFile: readonly Draft[], fromFlags: readonly Draft[]): Draft[] {
  const overridden = fromFile.map((draft) => {
    const flag = fromFlags.find(({ name }) => name === draft.name);
    return flag === undefined ? draft : { ...draft, flagUrl: flag.flagUrl };
  });
  return [...overridden, ...fromFlags.filter(({ name }) => !fromFile.some((draft) => draft.name === name))];
}

function checkNames(drafts: readonly Draft[], note: Note): void {
  const seen = new Map<string, string>();
  for (const { name, nameSpan } of drafts) {
    const twin = seen.get(name.toLowerCase());
    if (!namePattern.test(name)) {
      note(nameSpan, {
        message: `${quoteForMessage(name)} cannot name a target`,
        hint: 'use letters, digits, `.`, `_` and `-`',
      });
    } else if (twin !== undefined) {
      note(nameSpan, {
        message: `two targets are called ${quoteForMessage(twin)} and ${quoteForMessage(name)}`,
        hint: 'rename one of them',
      });
    }
    seen.set(name.toLowerCase(), name);
  }
}

function chooseReference(drafts: readonly Draft[], sources: TargetSources, note: Note): string | null {
  const names = drafts.map(({ name }) => name);
  const node = field(sources.file, 'reference');
  const ofFile =
    drafts.some((draft) => draft.node !== null) || names.includes(textOf(node) ?? '') ? textOf(node) : null;
  const wanted = sources.reference ?? ofFile;
  if (wanted === null || names.includes(wanted)) return wanted ?? names[0] ?? null;
  const hint = didYouMean(wanted, names) ?? `targets: ${names.join(', ') || 'none'}`;
  const span = sources.reference === null ? (node?.span ?? null) : null;
  note(span, { message: `the reference ${quoteForMessage(wanted)} is not a target`, hint });
  return null;
}

interface Context extends Pick<TargetSources, 'root' | 'expander' | 'credentials' | 'connection'> {
  readonly note: Note;
}

const noAuth: Auth = { headers: [], query: [], login: null };

async function readTarget(draft: Draft, isReference: boolean, context: Context): Promise<Target[]> {
  const { node } = draft;
  const authNode = field(node, 'auth');
  const auth = authNode === null ? noAuth : (await import('./auth.ts')).readAuth(authNode, context.credentials);
  const plainHeaders = readHeaders(field(node, 'headers'), context.credentials).pairs;
  const headers = [...plainHeaders, ...auth.headers];
  const command = readCommand(field(node, 'command'), context.note);
  const recorded = await readRecorded(draft, context);
  const url = recorded === null ? readUrl(draft, context) : urlOf(recorded);
  if (url === null) return [];
  const role = isReference ? 'reference' : 'candidate';
  const build = { ...readBuild('version', node, context), ...readBuild('commit', node, context) };
  const own = {
    ...(authNode === null ? {} : { plainHeaders }),
    ...(auth.query.length === 0 ? {} : { query: auth.query }),
    ...(auth.login === null ? {} : { login: auth.login }),
    ...(textOf(field(node, 'connection')) === 'fresh' ? { fresh: true } : {}),
    ...(recorded === null ? {} : { recorded }),
    ...readStack(node),
    ...(isTrue(field(node, 'isolated')) ? { isolated: true } : {}),
    ...(await readConnection(draft, url, context)),
  };
  return [{ name: draft.name, url, role, headers, command, ready: textOf(field(node, 'ready')), ...own, ...build }];
}

/** `tls` and `proxy`, which few targets have. */
async function readConnection({ node }: Draft, url: string, context: Context): Promise<Partial<Target>> {
  const { connection, root, credentials } = context;
  if (connection === undefined && field(node, 'tls') === null && field(node, 'proxy') === null) return {};
  const { flagConnection, fileConnection } = await import('./connection.ts');
  return connection === undefined
    ? fileConnection(node, { url, root, expander: credentials })
    : flagConnection(connection.keys, { url, root: connection.cwd, expander: credentials });
}

/** The recorded answers that a target consists of; null for a service. Throws PX2014. */
async function readRecorded({ node, flagUrl }: Draft, { root, expander }: Context): Promise<Recording | null> {
  const file = flagUrl === null && node?.kind === 'map' ? textOf(field(node, 'recorded')) : null;
  if (file === null) return null;
  const { openRecording } = await import('../recorded/read-recording.ts');
  return openRecording(resolve(root, file), expander.env);
}

/** Where the answers were recorded; a reserved address where that is not known (RFC 2606). */
function urlOf({ target }: Recording): string {
  const known = readTargetUrl(target);
  return 'url' in known ? known.url : 'http://recorded.invalid';
}

function readStack(target: SourceNode | null): Pick<Target, 'stack'> {
  const word = textOf(field(target, 'stack'));
  return word === null ? {} : { stack: word.toLowerCase() };
}

function isTrue(node: SourceNode | null): boolean {
  return node !== null && scalarText(node) === 'true';
}

/** Shown in public, so what the environment says here is not a secret. */
function readBuild(key: 'version' | 'commit', target: SourceNode | null, { expander }: Context): Partial<Target> {
  const node = field(target, key);
  const text = node?.kind === 'text' ? expandEnvironment(node, { ...expander, secrets: new Set() }) : null;
  return text === null || text.trim() === '' ? {} : { [key]: text.trim() };
}

function readUrl({ name, node, flagUrl }: Draft, { expander, note }: Context): string | null {
  const written = node?.kind === 'map' ? field(node, 'url') : node;
  const text = flagUrl ?? (written?.kind === 'text' ? expandEnvironment(written, expander) : null);
  if (text === null) return null;
  const result = readTargetUrl(text);
  if ('url' in result) return result.url;
  const span = flagUrl === null ? (written?.span ?? null) : null;
  note(span, {
    message: `the url of target ${quoteForMessage(name)} ${result.fault}`,
    hint: result.hint,
    private: true,
  });
  return null;
}

function readCommand(node: SourceNode | null, note: Note): readonly string[] | null {
  if (node === null) return null;
  if (node.kind !== 'text') return itemsOf(node).map((word) => textOf(word) ?? '');
  const words = splitCommand(node.value);
  if (!('fault' in words)) return words;
  note(node.span, { message: words.fault, hint: 'write a list of words, or put the line into a script' });
  return null;
}

function checkAddresses(drafts: readonly Draft[], targets: readonly Target[], note: Note): void {
  const seen = new Map<string, string>();
  for (const target of targets.filter(({ recorded }) => recorded === undefined)) {
    // One address may be another service behind another proxy, or under another name.
    const { proxy, tls } = target;
    const key = JSON.stringify([addressKey(target.url), proxy?.host, proxy?.port, tls?.serverName]);
    const twin = seen.get(key);
    const span = drafts.find((draft) => draft.name === target.name && draft.flagUrl === null)?.node?.span ?? null;
    const hint =
      'a target compared with itself proves nothing about another; give one of them its own address, or say --self-check';
    if (twin !== undefined && twin !== target.name) {
      note(span, {
        message: `targets ${quoteForMessage(twin)} and ${quoteForMessage(target.name)} have the same address`,
        hint,
        private: true,
      });
    }
    seen.set(key, target.name);
  }
}

function tooFew(drafts: readonly Draft[]): Complaint {
  const names = drafts.map(({ name }) => name).join(', ') || 'none';
  return {
    message: `a comparison needs two targets or more; defined: ${names}`,
    hint: 'add one under `targets:` in parity.yaml, or with --target NAME=URL',
  };
}

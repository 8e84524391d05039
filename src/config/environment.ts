import { minSecretLength } from './limits.ts';
import { isSecretMember, isSecretName } from './secret-name.ts';
import { quoteForMessage } from './source/did-you-mean.ts';
import type { Complain } from './source/source.ts';
import type { SourceNode } from './source/source-node.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What `${NAME}` is filled from, and where the values are kept that must never be shown. */
export interface Expander {
  readonly env: Environment;
  readonly secrets: Set<string>;
  /** Where the names of variables go whose values are credentials too short to be told from other text. */
  readonly short?: Set<string> | undefined;
  /** What is filled in is a credential, whatever its variable is called. */
  readonly isCredential?: boolean;
  /** A variable may hold several lines, as a PEM text does. */
  readonly takesLines?: boolean;
  /** Stands for a variable that is not set; without it, one is noted as missing. */
  readonly standIn?: string;
  readonly complain: Complain;
  /** For texts that are templates: what is filled in is none, and none comes of it with what stands around it. */
  readonly template?: { readonly value: (text: string) => string; readonly around: (text: string) => string };
}

const reference = /\$\{([^}]{0,4096})\}/g;
/** In a template `{{'{'}}` stands for a brace that refers to nothing. */
const referenceInTemplate = /\$(?!\{\{'\{'\}\})\{([^}]{0,4096})\}/g;
const referenceBody = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s;

/** Takes a text node; returns it with `${NAME}` and `${NAME:-default}` filled in once (never again inside a value), or null after noting what is missing. */
export function expandEnvironment(node: SourceNode & { kind: 'text' }, expander: Expander): string | null {
  const { around = asIs } = expander.template ?? {};
  const pieces: string[] = [];
  let whole = true;
  let end = 0;
  for (const match of node.value.matchAll(expander.template === undefined ? reference : referenceInTemplate)) {
    const value = fillOne(match[1]!, expander, node);
    if (value === null) whole = false;
    pieces.push(around(node.value.slice(end, match.index)), value ?? '');
    end = match.index + match[0].length;
  }
  if (end === 0) return node.value;
  return whole ? `${pieces.join('')}${around(node.value.slice(end))}` : null;
}

function asIs(text: string): string {
  return text;
}

function fillOne(body: string, expander: Expander, node: SourceNode): string | null {
  const [, name, fallback] = referenceBody.exec(body) ?? [];
  if (name === undefined) {
    const hint = `write \${NAME} or \${NAME:-default}`;
    expander.complain(node.span, { message: `${quoteForMessage(`\${${body}}`)} names no environment variable`, hint });
    return null;
  }
  const set = Object.hasOwn(expander.env, name) ? expander.env[name] : undefined;
  if (set === undefined || set === '') return fallback ?? expander.standIn ?? missing(name, expander, node);
  if (expander.takesLines === true ? set.includes('\0') : /[\r\n\0]/.test(set)) {
    const message = `the environment variable ${name} holds a line break or NUL`;
    expander.complain(node.span, { message, hint: 'set it to a single line' });
    return null;
  }
  if (set.length >= minSecretLength) expander.secrets.add(set);
  else if (expander.isCredential === true || isSecretMember(name) || isSecretName(name)) expander.short?.add(name);
  return expander.template === undefined ? set : expander.template.value(set);
}

function missing(name: string, expander: Expander, node: SourceNode): null {
  expander.complain(node.span, {
    message: `the environment variable ${name} is not set or is empty`,
    hint: `set ${name}, or give a default: \${${name}:-default}`,
    code: 'PX2103',
  });
  return null;
}

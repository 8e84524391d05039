import type { ConnectionSettings, WrittenPem } from '../../config/config.ts';
import { isPlain, quote } from './shell-quote.ts';

const variable = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

const inDoubleQuotes = (text: string): string => text.replaceAll(/[\\$"`]/g, '\\$&');

/** A reference to a variable as sh has it. */
const shellVariable = (name: string, fallback: string | undefined): string => {
  if (fallback === undefined) return `"$${name}"`;
  return isPlain(fallback) ? `"\${${name}:-${inDoubleQuotes(fallback)}}"` : quote('***');
};

/** A word of the shell that has the text, `${NAME}` being a variable of it; `spell` is for what stands between them. */
const shellWord = (written: string, spell: (text: string) => string): string => {
  const words: string[] = [];
  let end = 0;
  for (const match of written.matchAll(variable)) {
    if (match.index > end) words.push(quote(spell(written.slice(end, match.index))));
    words.push(shellVariable(match[1] ?? '', match[2]));
    end = match.index + match[0].length;
  }
  if (end < written.length) words.push(quote(spell(written.slice(end))));
  return words.join('');
};

const asIs = (text: string): string => text;
/** curl reads a password behind the first colon of `--cert`. */
const withoutPassword = (text: string): string => text.replaceAll(/[\\:]/g, '\\$&');

/** A file, or for what is in a variable a file that bash and zsh make of it. */
const pemWord = ({ written, isText }: WrittenPem, spell: (text: string) => string): string => {
  if (written === '') return quote('***');
  return isText === true ? `<(printf '%s\\n' ${shellWord(written, asIs)})` : shellWord(written, spell);
};

const tlsArguments = ({ ca, cert, key, insecure }: ConnectionSettings): readonly string[] => [
  ...(insecure === true ? ['--insecure'] : []),
  ...(ca === undefined ? [] : [`--cacert ${pemWord(ca, asIs)}`]),
  ...(cert === undefined ? [] : [`--cert ${pemWord(cert, withoutPassword)}`]),
  ...(key === undefined ? [] : [`--key ${pemWord(key, asIs)}`]),
];

const proxyArguments = ({ proxy, proxyCredentials }: ConnectionSettings): readonly string[] => [
  ...(proxy === undefined ? [] : [`--proxy ${quote(proxy)} --proxytunnel`]),
  ...(proxyCredentials === true ? [`--proxy-user ${quote('***:***')}`] : []),
];

/** The URL with the name that the server is asked for (SNI) as its host. */
export const hostAskedFor = (url: string, { serverName }: ConnectionSettings): string => {
  if (serverName === undefined || !URL.canParse(url)) return url;
  const { protocol, host, port } = new URL(url);
  return `${protocol}//${serverName}${port === '' ? '' : `:${port}`}${url.slice(url.indexOf(host) + host.length)}`;
};

const nameArguments = (url: string, { serverName }: ConnectionSettings): readonly string[] => {
  if (serverName === undefined || !URL.canParse(url)) return [];
  const { host, hostname, port } = new URL(url);
  return [`--connect-to ${quote(`::${hostname}:${port === '' ? '443' : port}`)}`, `-H ${quote(`host: ${host}`)}`];
};

/** How curl connects to a target as a run does: over HTTP/1.1, with its certificates, its name and its proxy. */
export const connectionArguments = (url: string, connection: ConnectionSettings): readonly string[] => [
  ...(/^https:/i.test(url) ? ['--http1.1'] : []),
  ...tlsArguments(connection),
  ...nameArguments(url, connection),
  ...proxyArguments(connection),
];

/** Whether a command names files that are relative to the configuration. */
export const namesRelativeFiles = ({ ca, cert, key }: ConnectionSettings): boolean =>
  [ca, cert, key].some(
    (pem) => pem !== undefined && pem.isText !== true && !/^(?:[/\\]|[A-Za-z]:|\$)/.test(pem.written),
  );

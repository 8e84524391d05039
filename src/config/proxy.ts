import type { TargetProxy } from './config.ts';
import { type Expander, expandEnvironment } from './environment.ts';
import { minSecretLength } from './limits.ts';
import type { SourceNode } from './source/source-node.ts';

const example = `http://127.0.0.1:3128, or http://USER:\${PASSWORD}@127.0.0.1:3128`;

/** Takes a `proxy` node; returns the proxy, its credentials noted as secrets, or null after noting what is wrong. */
export function readProxy(node: SourceNode, expander: Expander): TargetProxy | null {
  if (node.kind !== 'text') return null;
  const text = expandedUrl(node, expander);
  if (text === null || (expander.standIn !== undefined && text.includes(expander.standIn))) return null;
  const found = proxyOf(text, expander);
  if (!('fault' in found)) return found;
  expander.complain(node.span, { message: `the proxy ${found.fault}`, hint: found.hint, private: true });
  return null;
}

/** A variable before the last `@` is a user or a password: whatever it holds, it ends neither of them. */
function expandedUrl(node: SourceNode & { kind: 'text' }, expander: Expander): string | null {
  const at = node.value.lastIndexOf('@') + 1;
  const [before, after] = [node.value.slice(0, at), node.value.slice(at)];
  const template = { value: encodeURIComponent, around: (text: string) => text };
  const own = { ...expander, isCredential: true, template };
  const credentials = before === '' ? '' : expandEnvironment({ ...node, value: before }, own);
  const address = expandEnvironment({ ...node, value: after }, expander);
  return credentials === null || address === null ? null : credentials + address;
}

function proxyOf(text: string, expander: Expander): TargetProxy | { readonly fault: string; readonly hint: string } {
  if (/^socks/i.test(text))
    return { fault: 'is a SOCKS proxy', hint: `only HTTP proxies can be used (CONNECT): write it as ${example}` };
  const url = /^https?:\/\/[^\s\\]+$/i.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (url === null) return { fault: 'is not an http:// or https:// address', hint: `write it as ${example}` };
  if (url.pathname !== '/' || /[?#]/.test(text))
    return { fault: 'has a path, query or fragment', hint: `write it as ${example}` };
  const secure = url.protocol === 'https:';
  const [user, password] = [decoded(url.username), decoded(url.password)];
  if (user === null || password === null || user.includes(':'))
    return { fault: 'has a user or a password that cannot be decoded', hint: 'percent-encode it: % is %25, : is %3A' };
  return {
    secure,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    ...(user === '' && password === '' ? {} : { authorization: basic(user, password, expander) }),
  };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** RFC 7617. */
function basic(user: string, password: string, { secrets }: Expander): string {
  const both = Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
  for (const secret of [password, both]) if (secret.length >= minSecretLength) secrets.add(secret);
  return `Basic ${both}`;
}

/** Takes a base URL; returns origin and path prefix without a trailing slash, or what is wrong with it (which never repeats the URL: it may hold a password). */
export function readTargetUrl(
  text: string,
): { readonly url: string } | { readonly fault: string; readonly hint: string } {
  const url = /^https?:\/\/[^\s\\\x00-\x1f\x7f]+$/i.test(text) ? parse(text) : null;
  if (url === null) {
    if (/^https?:\/\/[^/?#\s]*:\d{5,}(?:[/?#]|$)/i.test(text))
      return { fault: 'names a port that there is none of', hint: 'ports go from 1 to 65535' };
    return { fault: 'is not an http:// or https:// address', hint: 'write it as http://127.0.0.1:3100' };
  }
  if (url.username !== '' || url.password !== '' || /^https?:\/\/[^/?#]*@/i.test(text)) {
    const hint = `send credentials as a header: headers: { authorization: "Bearer \${TOKEN}" }`;
    return { fault: 'holds a user name or password', hint };
  }
  if (/[?#]/.test(text)) return { fault: 'holds a query or fragment', hint: 'the paths come from the cases' };
  return { url: url.origin + withoutEndSlashes(url.pathname) };
}

/** Takes a base URL as `readTargetUrl` gives it; returns a key that is equal for two spellings of one address: `localhost` and 0.0.0.0 are 127.0.0.1, which may be mapped into IPv6, and a default port is as good as none. */
export function addressKey(url: string): string {
  const { protocol, hostname, port, pathname } = new URL(url);
  const mapped = /^\[::ffff:([0-9a-f]+):([0-9a-f]+)\]$/.exec(hostname);
  const name = mapped === null ? hostname.replace(/\.$/, '') : dotted(mapped[1]!, mapped[2]!);
  const host = /^(?:localhost|0\.0\.0\.0)$/.test(name) ? '127.0.0.1' : name === '[::]' ? '[::1]' : name;
  return `${protocol}//${host}:${port || (protocol === 'https:' ? '443' : '80')}${withoutEndSlashes(pathname)}`;
}

/** An IPv4 address of the two halves in which IPv6 has it (RFC 4291, 2.5.5.2). */
function dotted(high: string, low: string): string {
  return [high, low].flatMap((half) => [Number.parseInt(half, 16) >> 8, Number.parseInt(half, 16) & 255]).join('.');
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function withoutEndSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

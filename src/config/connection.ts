import { ParityError } from '../errors.ts';
import type { ConnectionSettings, Target, TargetProxy } from './config.ts';
import type { ConnectionKeys } from './config-flags.ts';
import type { Expander } from './environment.ts';
import { readProxy } from './proxy.ts';
import type { Complaint, Span } from './source/source.ts';
import type { Entry, SourceNode } from './source/source-node.ts';
import { entryOf, field } from './source/tree-access.ts';
import { readTls } from './tls.ts';

/** What the keys of one target are read with. */
interface Reading {
  readonly url: string;
  /** What paths are relative to. */
  readonly root: string;
  readonly expander: Expander;
}

type Connection = Pick<Target, 'tls' | 'proxy' | 'connectionSettings'>;
type ReadTls = ReturnType<typeof readTls>;

/** Takes the node of a target that fits its schema; returns its `tls` and `proxy`, and how they are written; notes what is wrong with them. */
export function fileConnection(node: SourceNode | null, { url, root, expander }: Reading): Connection {
  const [tls, proxy] = [entryOf(node, 'tls'), field(node, 'proxy')];
  if (tls !== null && !isSecure(url))
    expander.complain(tls.keySpan, {
      message: '`tls` has no meaning for a target whose url begins with http://',
      hint: 'write its url with https://, or take `tls` away',
    });
  return connectionOf(tls === null ? null : readTls(tls.value, root, expander), proxy, expander);
}

/** Takes `tls` and `proxy` of flags; returns what they are to a target of that URL. Throws PX2102 for what is wrong with them. */
export function flagConnection(keys: ConnectionKeys, { url, root, expander }: Reading): Connection {
  const { proxy, insecure, ...files } = keys;
  const complain = (_: Span, { message, hint }: Complaint) => {
    throw new ParityError('PX2102', message, hint === undefined ? {} : { hint });
  };
  const own = { ...expander, complain };
  const entries = Object.entries(files).map(([key, value]) => entry(key, { kind: 'text', span: nowhere, value }));
  if (insecure === true) entries.push(entry('insecure', { kind: 'boolean', span: nowhere, value: true }));
  const tls = entries.length === 0 ? null : readTls({ kind: 'map', span: nowhere, entries }, root, own);
  const proxyNode = proxy === undefined ? null : ({ kind: 'text', span: nowhere, value: proxy } as const);
  return connectionOf(isSecure(url) ? tls : null, proxyNode, own);
}

const nowhere: Span = { start: 0, end: 0 };

function entry(key: string, value: SourceNode): Entry {
  return { key, keySpan: nowhere, value };
}

function isSecure(url: string): boolean {
  return url.startsWith('https:');
}

function connectionOf(read: ReadTls | null, proxyNode: SourceNode | null, expander: Expander): Connection {
  const proxy = proxyNode === null ? null : readProxy(proxyNode, expander);
  const connectionSettings = settingsOf(read, proxy);
  return {
    ...(read === null ? {} : { tls: read.tls }),
    ...(proxy === null ? {} : { proxy }),
    ...(Object.keys(connectionSettings).length === 0 ? {} : { connectionSettings }),
  };
}

function settingsOf(read: ReadTls | null, proxy: TargetProxy | null): ConnectionSettings {
  const { serverName, insecure } = read?.tls ?? {};
  const through = (of: TargetProxy): ConnectionSettings => ({
    proxy: `http${of.secure ? 's' : ''}://${of.host.includes(':') ? `[${of.host}]` : of.host}:${of.port}`,
    ...(of.authorization === undefined ? {} : { proxyCredentials: true }),
  });
  return {
    ...read?.files,
    ...(serverName === undefined ? {} : { serverName }),
    ...(insecure === undefined ? {} : { insecure }),
    ...(proxy === null ? {} : through(proxy)),
  };
}

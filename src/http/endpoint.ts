import { isIP } from 'node:net';
import type { Config, Target, TargetProxy, TargetTls } from '../config/config.ts';
import { ParityError } from '../errors.ts';

/** A target as the transport needs it: where to connect, and what each request carries. */
export interface Endpoint {
  readonly name: string;
  readonly secure: boolean;
  /** Name or address to connect to, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** Scheme, host and port, as in RFC 6454. */
  readonly origin: string;
  /** Host and port as the `host` header has them: the port only where it is not the scheme's own (RFC 9110, 7.2). */
  readonly authority: string;
  /** What comes before every path: the raw path of the target's URL, without a trailing slash. */
  readonly prefix: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** What follows the query of every path, encoded: `key=v`, or nothing. */
  readonly query: string;
  /** Every request goes out on a connection of its own. */
  readonly fresh: boolean;
  readonly tls?: TargetTls;
  readonly proxy?: TargetProxy;
}

/** What a connection is opened by. */
export type Hop = Pick<Endpoint, 'secure' | 'host' | 'port' | 'tls' | 'proxy'>;

const shape = /^https?:\/\/[^/?#]+/i;

/** A target's endpoint. The prefix is cut from the URL as written, never normalised. Throws PX2011 for a URL that is not http(s). */
export function endpointOf(target: Target): Endpoint {
  const authority = shape.exec(target.url)?.[0];
  const url = authority === undefined || !URL.canParse(authority) ? null : new URL(authority);
  if (authority === undefined || url === null) {
    throw new ParityError('PX2011', `target ${target.name} has no http or https URL`, {
      hint: 'write it like http://127.0.0.1:3100',
    });
  }
  const secure = url.protocol === 'https:';
  return {
    name: target.name,
    secure,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    origin: url.origin,
    authority: url.host,
    prefix: target.url
      .slice(authority.length)
      .replace(/[?#].*$/s, '')
      .replace(/\/$/, ''),
    headers: target.headers,
    query: (target.query ?? []).map((pair) => pair.map(encodeURIComponent).join('=')).join('&'),
    fresh: target.fresh === true,
    ...(target.tls === undefined ? {} : { tls: target.tls }),
    ...(target.proxy === undefined ? {} : { proxy: target.proxy }),
  };
}

/** The same without what the `auth` of the target puts into each request. */
export function withoutAuth(endpoint: Endpoint, { plainHeaders }: Target): Endpoint {
  return plainHeaders === undefined ? endpoint : { ...endpoint, headers: plainHeaders, query: '' };
}

/** `127.0.0.1:4110`, `[::1]:4110` or `name:80`, for messages. */
export function addressOf({ host, port }: Pick<Endpoint, 'host' | 'port'>): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

const knownEndpoints = new WeakMap<Config, ReadonlyMap<string, Endpoint>>();

/** Where requests to a target of the configuration go; undefined for one that is not known. */
export function endpointFor(name: string, config: Config): Endpoint | undefined {
  const endpoints = knownEndpoints.get(config) ?? new Map(config.targets.map((one) => [one.name, endpointOf(one)]));
  knownEndpoints.set(config, endpoints);
  return endpoints.get(name);
}

/** Scheme, host and port of a target; an empty text for one that is not known. */
export function originOf(name: string, config: Config): string {
  return endpointFor(name, config)?.origin ?? '';
}

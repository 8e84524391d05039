import { addressOf, type Hop } from '../endpoint.ts';
import type { Failure } from '../exchange.ts';
import { codeOf, down } from '../failure.ts';

const certificates: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'is signed by an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'is signed by an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'is signed by an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'is signed by an authority that is not trusted here',
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is made out to another name',
};

/** A reason why no connection came about that is a sentence already. */
export class Unreached extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, cause?: Error) {
    super(failure.message, { cause });
    this.failure = failure;
  }
}

/** Why no connection came about: the error of a socket, in one sentence that names the address. The codes are Node's and OpenSSL's. */
export function connectFailure(error: unknown, endpoint: Hop): Failure {
  if (error instanceof Unreached) return error.failure;
  const address = addressOf(endpoint);
  const code = codeOf(error) || codeOf(attempts(error)[0]);
  if (certificates[code] !== undefined) {
    return down(
      'tls',
      `the certificate of ${address} ${certificates[code]} (${code})`,
      certificateHint(code, endpoint),
    );
  }
  if (/^ERR_(SSL|TLS)_|^EPROTO$/.test(code)) return notTls(address, code, endpoint);
  return socketFailure(code, { address, tried: triedAddresses(error), endpoint });
}

interface Place {
  readonly address: string;
  readonly tried: string;
  readonly endpoint: Hop;
}

function socketFailure(code: string, { address, tried, endpoint }: Place): Failure {
  const hint = 'start it, or check its URL';
  switch (code) {
    case 'ECONNREFUSED':
      return down('connection-refused', `nothing listens on ${address} (ECONNREFUSED${tried})`, hint);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return down('dns', `the name ${endpoint.host} does not resolve (${code})`, 'check the host in its URL');
    case 'ETIMEDOUT':
      return down('connect-timeout', `${address} did not accept a connection (ETIMEDOUT${tried})`, hint);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return down('unreachable', `no route leads to ${address} (${code}${tried})`, 'check the network and its URL');
    case 'EMFILE':
    case 'ENFILE':
    case 'EADDRNOTAVAIL':
      return down('no-socket', `this machine has no socket left to reach ${address} (${code})`, 'lower --concurrency');
    default:
      return endpoint.secure
        ? down(
            'tls',
            `${address} ended the connection during the TLS handshake${inBrackets(code)}`,
            'does it speak TLS?',
          )
        : down('connect-failed', `${address} did not take the connection${inBrackets(code)}`, hint);
  }
}

/** The failure of a connection that was still not there at the deadline. */
export function connectTimeout(endpoint: Hop, timeoutMs: number): Failure {
  const what = endpoint.secure ? 'a TLS connection' : 'a connection';
  const way = endpoint.proxy === undefined ? '' : ` through the proxy ${addressOf(endpoint.proxy)}`;
  const message = `${addressOf(endpoint)} did not accept ${what}${way} within ${timeoutMs} ms`;
  return down('connect-timeout', message, 'start it, check its URL, or raise --timeout');
}

function notTls(address: string, code: string, { tls }: Hop): Failure {
  const plain = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL|HTTP_REQUEST/.test(code);
  if (plain) return down('tls', `${address} does not speak TLS (${code})`, 'use http:// in its URL');
  if (/NO_APPLICATION_PROTOCOL/.test(code)) return onlyHttp2(address, code);
  if (/_ALERT_/.test(code)) return refusedHandshake(address, code, tls?.cert !== undefined);
  return down('tls', `the TLS handshake with ${address} failed (${code})`, 'check the TLS settings of the server');
}

function onlyHttp2(address: string, code: string): Failure {
  return down(
    'tls',
    `${address} does not speak HTTP/1.1 over TLS (${code}); it may speak HTTP/2 alone, which is not sent`,
    'let it offer http/1.1 beside h2 (ALPN), or put a proxy in front of it that does, such as nginx, and give its URL',
  );
}

/** RFC 8446, 6.2: the server says why in one word, which may be about the certificate of the client. */
function refusedHandshake(address: string, code: string, hasCertificate: boolean): Failure {
  const message = `${address} ended the TLS handshake with an alert (${code})`;
  if (/UNRECOGNIZED_NAME/.test(code))
    return down(
      'tls',
      message,
      'it does not know the name that it was asked for: tls: { serverName: NAME } of the target',
    );
  if (!/CERTIFICATE|HANDSHAKE_FAILURE|UNKNOWN_CA|ACCESS_DENIED/.test(code))
    return down('tls', message, 'check the TLS settings of the server');
  const given = 'see that it trusts the authority of `tls: { cert }` of the target, and that the certificate is valid';
  const absent = 'if it wants a certificate of its client: tls: { cert: FILE, key: FILE } of the target in parity.yaml';
  return down('tls', message, hasCertificate ? given : absent);
}

function certificateHint(code: string, { tls }: Hop): string {
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return 'renew the certificate, or check the clock';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return 'use the name of the certificate in the URL of the target, or tls: { serverName: NAME } of the target in parity.yaml';
  if (tls?.ca !== undefined)
    return 'the authority that signed it is not in `tls: { ca }` of the target: name its certificate there';
  return 'set tls: { ca: FILE } of the target in parity.yaml to the certificate of its authority, or NODE_EXTRA_CA_CERTS for all targets';
}

/** One error for each address that was tried, where Node tried several. */
function attempts(error: unknown): readonly unknown[] {
  return error instanceof AggregateError ? error.errors : [];
}

function triedAddresses(error: unknown): string {
  const addresses = attempts(error).flatMap((attempt) =>
    attempt instanceof Error && 'address' in attempt && typeof attempt.address === 'string' ? [attempt.address] : [],
  );
  return addresses.length === 0 ? '' : ` at ${addresses.join(', ')}`;
}

function inBrackets(code: string): string {
  return code === '' ? '' : ` (${code})`;
}

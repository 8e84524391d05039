import { addressOf, type Endpoint } from '../endpoint.ts';
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

/** Why no connection came about: the error of a socket, in one sentence that names the address. The codes are Node's and OpenSSL's. */
export function connectFailure(error: unknown, endpoint: Endpoint): Failure {
  const address = addressOf(endpoint);
  const code = codeOf(error) || codeOf(attempts(error)[0]);
  if (certificates[code] !== undefined) {
    return down('tls', `the certificate of ${address} ${certificates[code]} (${code})`, certificateHint(code));
  }
  if (/^ERR_(SSL|TLS)_|^EPROTO$/.test(code)) return notTls(address, code);
  return socketFailure(code, { address, tried: triedAddresses(error), endpoint });
}

interface Place {
  readonly address: string;
  readonly tried: string;
  readonly endpoint: Endpoint;
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
export function connectTimeout(endpoint: Endpoint, timeoutMs: number): Failure {
  const what = endpoint.secure ? 'a TLS connection' : 'a connection';
  const message = `${addressOf(endpoint)} did not accept ${what} within ${timeoutMs} ms`;
  return down('connect-timeout', message, 'start it, check its URL, or raise --timeout');
}

function notTls(address: string, code: string): Failure {
  const plain = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL|HTTP_REQUEST/.test(code);
  if (plain) return down('tls', `${address} does not speak TLS (${code})`, 'use http:// in its URL');
  if (/NO_APPLICATION_PROTOCOL/.test(code))
    return down('tls', `${address} does not speak HTTP/1.1 over TLS (${code})`, 'let it offer http/1.1 beside h2');
  return down('tls', `the TLS handshake with ${address} failed (${code})`, 'check the TLS settings of the server');
}

function certificateHint(code: string): string {
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return 'renew the certificate, or check the clock';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'use the name of the certificate in the URL of the target';
  return 'set NODE_EXTRA_CA_CERTS to a file that holds the certificate of its authority';
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

import { maxRefusalPage } from '../limits.ts';
import type { Warning } from './warning.ts';

/** nginx answers over HTTP where a client shows no certificate, or one that it does not trust. */
const page = /<center>(No required SSL certificate was sent|The SSL certificate error)<\/center>/;

const wishes: Readonly<Record<string, string>> = {
  'No required SSL certificate was sent':
    'wants a certificate of its client: set tls: { cert: FILE, key: FILE } of the target in parity.yaml',
  'The SSL certificate error':
    'does not accept the certificate of its client: see that it trusts the authority of `tls: { cert }` of the target, and that the certificate is valid',
};

/** Targets whose web server refuses the certificate of the client with a page of its own. */
export function clientCertificate(): Warning {
  const found = new Map<string, string>();
  return {
    onCase({ replays }) {
      for (const { target, exchanges } of replays)
        for (const { outcome } of exchanges) {
          if (outcome.kind === 'failure' || outcome.status !== 400 || outcome.body.length > maxRefusalPage) continue;
          const words = page.exec(Buffer.from(outcome.body).toString('latin1'))?.[1];
          if (words !== undefined) found.set(target, words);
        }
    },
    sentences: () => Array.from(found, ([target, words]) => `${target} ${wishes[words]}`),
  };
}

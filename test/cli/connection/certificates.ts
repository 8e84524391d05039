import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whom a certificate is made out to, by whom, and for how many days from now. */
interface Wanted {
  readonly name: string;
  readonly authority: string;
  /** As openssl writes them: `DNS:localhost,IP:127.0.0.1`; none for a client. */
  readonly names?: string;
  readonly days?: number;
}

/** Real certificates of openssl in a folder: `NAME.pem` and `NAME.key`. */
export function certificatesIn(dir: string) {
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  return {
    authority(name: string): void {
      openssl(
        'req',
        '-x509',
        ...newKey,
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.pem`,
        '-subj',
        `/CN=${name}`,
        '-days',
        '2',
      );
    },
    issue({ name, authority, names, days = 2 }: Wanted): void {
      writeFileSync(
        join(dir, `${name}.ext`),
        names === undefined ? 'basicConstraints=CA:FALSE\n' : `subjectAltName=${names}\n`,
      );
      openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
      const by = ['-CA', `${authority}.pem`, '-CAkey', `${authority}.key`, '-CAcreateserial'];
      openssl(
        'x509',
        '-req',
        '-in',
        `${name}.csr`,
        ...by,
        '-out',
        `${name}.pem`,
        '-days',
        `${days}`,
        '-extfile',
        `${name}.ext`,
      );
    },
    /** The key of a certificate again, behind a passphrase. */
    encrypt(name: string): void {
      openssl('pkcs8', '-topk8', '-in', `${name}.key`, '-out', `${name}.locked.key`, '-passout', 'pass:geheim');
    },
    text: (file: string) => readFileSync(join(dir, file), 'utf8'),
  };
}

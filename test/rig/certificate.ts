import { generateKeyPairSync, sign } from 'node:crypto';

export interface CertificateOptions {
  /** DNS names of the certificate, the first one being its subject. */
  readonly names: readonly string[];
  /** Who it says has signed it; itself if absent. */
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const dayMs = 86_400_000;

/** A new self-signed certificate (RFC 5280, DER written by hand) and its key, as PEM. Valid for a day around now by default. */
export function selfSigned(options: Partial<CertificateOptions> = {}): { readonly key: string; readonly cert: string } {
  const {
    names = ['localhost'],
    issuer,
    notBefore = new Date(Date.now() - dayMs),
    notAfter = new Date(Date.now() + dayMs),
  } = options;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = name(names[0] ?? 'localhost');
  const ecdsaWithSha256 = sequence(Buffer.from('06082a8648ce3d040302', 'hex'));
  const body = sequence(
    tagged(0xa0, integer(2)),
    integer(1),
    ecdsaWithSha256,
    issuer === undefined ? subject : name(issuer),
    sequence(time(notBefore), time(notAfter)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(alternativeNames(names))),
  );
  const der = sequence(body, ecdsaWithSha256, tagged(0x03, Buffer.from([0]), sign('sha256', body, privateKey)));
  const base64 = der.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
  };
}

function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: readonly Uint8Array[]) => tagged(0x30, ...parts);
const integer = (value: number) => tagged(0x02, Buffer.from([value]));
const time = (date: Date) => tagged(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]|\..*/g, '')}Z`));

function name(common: string): Buffer {
  const commonName = Buffer.from('0603550403', 'hex');
  return sequence(tagged(0x31, sequence(commonName, tagged(0x0c, Buffer.from(common)))));
}

function alternativeNames(names: readonly string[]): Buffer {
  const subjectAltName = Buffer.from('0603551d11', 'hex');
  const list = sequence(...names.map((it) => tagged(0x82, Buffer.from(it))));
  return sequence(subjectAltName, tagged(0x04, list));
}

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import type { TargetTls, WrittenPem } from './config.ts';
import { type Expander, expandEnvironment } from './environment.ts';
import { maxPemBytes } from './limits.ts';
import { quoteForMessage } from './source/did-you-mean.ts';
import type { Complaint } from './source/source.ts';
import type { SourceNode } from './source/source-node.ts';
import { field, scalarText, textOf } from './source/tree-access.ts';

/** A PEM text of `tls`, and the node that it comes from. */
interface Pem {
  readonly text: string;
  readonly node: SourceNode;
  /** What it is called in messages. */
  readonly name: string;
  readonly source: WrittenPem;
}

/** What `tls` says, and where its texts come from. */
interface ReadTls {
  readonly tls: TargetTls;
  readonly files: Partial<Record<'ca' | 'cert' | 'key', WrittenPem>>;
}

/** Takes a `tls` node that fits its schema and the folder of its paths; returns what it says, its files read, and where they are; notes files that cannot be read or used, and a certificate and a key that do not belong together. */
export function readTls(node: SourceNode, root: string, expander: Expander): ReadTls {
  const read = (key: 'ca' | 'cert' | 'key') => readPem(field(node, key), { key, root, expander });
  const [ca, cert, key] = [read('ca'), read('cert'), read('key')];
  const serverName = textOf(field(node, 'serverName'));
  const insecure = field(node, 'insecure');
  const note = (pem: Pem, complaint: Complaint) => expander.complain(pem.node.span, complaint);
  if (ca !== null) certificates(ca, note);
  checkClient(field(node, 'cert'), field(node, 'key'), expander);
  if (cert !== null && key !== null) checkPair(cert, key, note);
  const tls: TargetTls = {
    ...(ca === null ? {} : { ca: ca.text }),
    ...(cert === null || key === null ? {} : { cert: cert.text, key: key.text }),
    ...(serverName === null ? {} : { serverName }),
    ...(insecure !== null && scalarText(insecure) === 'true' ? { insecure: true } : {}),
  };
  const files = Object.entries({ ca, cert, key }).flatMap(([name, pem]) => (pem === null ? [] : [[name, pem.source]]));
  return { tls, files: Object.fromEntries(files) };
}

type Note = (pem: Pem, complaint: Complaint) => void;

interface PemKey {
  readonly key: 'ca' | 'cert' | 'key';
  readonly root: string;
  readonly expander: Expander;
}

const begins = /-----BEGIN [A-Z0-9 ]+-----/;

/** The text that a key names or holds; null if it is absent, or after noting why it cannot be had. */
function readPem(node: SourceNode | null, { key, root, expander }: PemKey): Pem | null {
  if (node?.kind !== 'text') return null;
  if (key === 'key' && begins.test(node.value)) {
    const hint = `name its file, or put it into the environment and write \${NAME}`;
    expander.complain(node.span, { message: 'a secret is written out', hint, private: true });
    return null;
  }
  const value = expandEnvironment(node, { ...expander, isCredential: key === 'key', takesLines: true });
  if (value === null || (expander.standIn !== undefined && value.includes(expander.standIn))) return null;
  const { value: written } = node;
  if (begins.test(value)) {
    const source: WrittenPem = { written: begins.test(written) ? '' : written, isText: true };
    return { text: value, node, name: `the text of \`${key}\``, source };
  }
  const name = `the file ${quoteForMessage(value)} of \`${key}\``;
  const text = readFile(resolve(root, value));
  if (typeof text !== 'string') return { text: text.toString('latin1'), node, name, source: { written } };
  // Where nothing is sent, nothing is read from it.
  if (expander.standIn === undefined)
    expander.complain(node.span, {
      message: `${name} cannot be read: ${text}`,
      hint: 'check its path and who may read it',
    });
  return null;
}

/** The bytes of a file, or why they cannot be had. */
function readFile(path: string): Buffer | string {
  try {
    const info = statSync(path);
    if (!info.isFile()) return 'it is not a regular file';
    return info.size > maxPemBytes ? `it has ${info.size} bytes; the limit is ${maxPemBytes}` : readFileSync(path);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
  }
}

function checkClient(cert: SourceNode | null, key: SourceNode | null, { complain }: Expander): void {
  if ((cert === null) === (key === null)) return;
  const [there, absent] = cert === null ? ['key', 'cert'] : ['cert', 'key'];
  complain((cert ?? key)!.span, {
    message: `\`${there}\` stands without \`${absent}\``,
    hint: 'name both: the certificate of the client and its private key; they may be in one file',
  });
}

const certificate = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[^-]*-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

/** The certificates of a text; null after noting that it has none, or one that cannot be used. */
function certificates(pem: Pem, note: Note): X509Certificate[] | null {
  const texts = pem.text.match(certificate) ?? [];
  try {
    if (texts.length > 0) return texts.map((text) => new X509Certificate(text));
    const hint =
      'name a file that holds BEGIN CERTIFICATE; a DER file becomes one with: openssl x509 -inform der -in FILE';
    note(pem, { message: `${pem.name} has no certificate (PEM)`, hint });
  } catch (error) {
    note(pem, {
      message: `${pem.name} has a certificate that cannot be read (${codeOf(error)})`,
      hint: 'issue it again, or copy it whole',
    });
  }
  return null;
}

function checkPair(cert: Pem, key: Pem, note: Note): void {
  const [first] = certificates(cert, note) ?? [];
  const privateKey = keyOf(key, note);
  if (first === undefined || privateKey === null) return;
  if (!first.checkPrivateKey(privateKey)) {
    const message = `${key.name} is not the private key of ${cert.name}`;
    note(key, {
      message,
      hint: 'name the key that the certificate was requested with; the certificate of the client comes first in `cert`',
    });
    return;
  }
  try {
    createSecureContext({ cert: cert.text, key: key.text });
  } catch (error) {
    note(cert, {
      message: `${cert.name} cannot be used (${codeOf(error)})`,
      hint: 'issue it again with a longer key or a newer digest',
    });
  }
}

function keyOf(pem: Pem, note: Note): KeyObject | null {
  try {
    return createPrivateKey(pem.text);
  } catch (error) {
    const isEncrypted = /-----BEGIN ENCRYPTED |^Proc-Type: 4,ENCRYPTED/m.test(pem.text);
    const message = isEncrypted
      ? `${pem.name} is encrypted with a passphrase`
      : `${pem.name} has no private key that can be read (${codeOf(error)})`;
    const hint = isEncrypted
      ? 'write it without one for the run: openssl pkey -in FILE -out PLAIN'
      : 'name a file that holds BEGIN PRIVATE KEY; a DER file becomes one with: openssl pkey -inform der -in FILE';
    note(pem, { message, hint });
    return null;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown reason';
}

import type { Config } from '../../config/config.ts';
import type { Warning } from './warning.ts';

/** Targets that may be somebody else. */
export function uncheckedCertificate({ targets }: Config): Warning {
  const names = targets.flatMap(({ name, tls }) => (tls?.insecure === true ? [name] : []));
  return { sentences: () => names.map(uncheckedText) };
}

/** What is said of such a target. */
export function uncheckedText(name: string): string {
  return `the certificate of ${name} was not checked (tls: { insecure: true }): anybody on the way could answer in its place; set tls: { ca: FILE } to check it`;
}

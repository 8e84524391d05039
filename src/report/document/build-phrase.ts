import type { ReportTarget } from './document.ts';

/** The day of a time in ISO 8601. */
export const dayOf = (time: string): string => time.slice(0, 10);

/** `version: 1.4; server: nginx/1.25; fingerprint 3f2a9c1d`: what is known of the build that ran at a target, by people or by its answers; null if nothing. */
export const buildPhrase = ({ recordedAt, version, commit, says = [], fingerprint }: ReportTarget): string | null => {
  const parts = [
    ...(recordedAt === undefined ? [] : [`a recording of ${dayOf(recordedAt)}`]),
    ...(version === undefined ? [] : [`version: ${version}`]),
    ...(commit === undefined ? [] : [`commit: ${commit}`]),
    ...says.filter((one) => version === undefined || !one.startsWith('version: ')),
    ...(fingerprint === undefined ? [] : [`fingerprint ${fingerprint}`]),
  ];
  return parts.length === 0 ? null : parts.join('; ');
};

import type { ReportTarget } from './document.ts';

/** `version: 1.4; server: nginx/1.25; fingerprint 3f2a9c1d`: what is known of the build that ran at a target, by people or by its answers; null if nothing. */
export const buildPhrase = ({ version, commit, says = [], fingerprint }: ReportTarget): string | null => {
  const parts = [
    ...(version === undefined ? [] : [`version: ${version}`]),
    ...(commit === undefined ? [] : [`commit: ${commit}`]),
    ...says.filter((one) => version === undefined || !one.startsWith('version: ')),
    ...(fingerprint === undefined ? [] : [`fingerprint ${fingerprint}`]),
  ];
  return parts.length === 0 ? null : parts.join('; ');
};

import type { Finding } from '../../findings/finding.ts';
import { encodeCell } from './cell.ts';
import type { SeenCells } from './row.ts';

/** What a run can say of when and where it saw a finding. */
export interface Sighting {
  /** YYYY-MM-DD. */
  readonly today: string;
  /** What is known of the version of each target, by name: `1.4.2, a1b2c3d`. */
  readonly versions: ReadonlyMap<string, string>;
  /** Where the finding stands in the newest report: a path from the tracker's folder or an address, `{id}` being its id; or null. */
  readonly report: string | null;
}

/** A sighting and a finding in, its cells First seen and Last seen out, as Markdown source. */
export function seenCells({ today, versions, report }: Sighting, finding: Finding): SeenCells {
  const version = versions.get(finding.candidate);
  const suffix = version === undefined ? '' : ` (${encodeCell(version)})`;
  const linked = report === null ? today : `[${today}](${destination(report, finding.id)})`;
  return { first: `${today}${suffix}`, last: `${linked}${suffix}` };
}

/** A link destination of CommonMark (6.3) that nothing in it can end: what is not plain is percent-encoded. */
function destination(report: string, id: string): string {
  return report
    .replaceAll('{id}', id)
    .replace(/[^A-Za-z0-9\-._~:/?#@!$&'*+,;=%]/gu, (character) => encodeURIComponent(Buffer.from(character).toString()))
    .replace(/[()]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

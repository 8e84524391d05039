/** A known cause of divergence between runtimes: what `parity explain` shows, and what a finding takes its words from. */
export interface DriftClass {
  readonly id: string;
  /** One sentence, without a full stop. */
  readonly title: string;
  readonly severity: 'breaking' | 'risky' | 'cosmetic';
  readonly what: string;
  /** Bytes as two runtimes send them; a final newline is written as ␊. */
  readonly example: readonly (readonly [runtime: string, bytes: string])[];
  readonly why: readonly (readonly [runtime: string, text: string])[];
  readonly breaks: string;
  readonly fix: readonly (readonly [runtime: string, text: string])[];
  /** What must hold before the class is claimed. */
  readonly proof: string;
  readonly sources: readonly string[];
}

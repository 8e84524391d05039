/** A known cause of divergence between runtimes: what `parity explain` shows, and what a finding takes its words from. */
export interface DriftClass {
  readonly id: string;
  /** One sentence, without a full stop. */
  readonly title: string;
  readonly severity: 'breaking' | 'risky' | 'cosmetic';
  /** `api`: a setting of the whole server, so that all routes are one finding. Of one place where absent. */
  readonly reach?: 'api' | 'route';
  /** `observed`: seen between two real services; `documented`: taken from the sources that the page names. */
  readonly evidence: 'observed' | 'documented';
  /** Of an observed class: two services that showed it. */
  readonly observedBetween?: string;
  readonly what: string;
  /** Of a class of behaviour: the request that shows it; ␊ ends a line. */
  readonly request?: string;
  /** Bytes as two runtimes send them; a newline is written as ␊. */
  readonly example: readonly (readonly [runtime: string, bytes: string])[];
  readonly why: readonly (readonly [runtime: string, text: string])[];
  readonly breaks: string;
  readonly fix: readonly (readonly [runtime: string, text: string])[];
  /** What must hold before the class is claimed. */
  readonly proof: string;
  /** What is lost, where one side loses information: the rewrite gives the other side, never the other way round. */
  readonly lossy?: string;
  /** Versions that change what a runtime does. */
  readonly flips?: readonly string[];
  readonly sources: readonly string[];
}

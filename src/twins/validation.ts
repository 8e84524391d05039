import type { Submission } from './submission.ts';

/** What both services answer to an artifact that may be used; key order is theirs. */
export interface Accepted {
  readonly accepted: true;
  readonly kind: string;
  readonly name: string;
  readonly items: number;
  readonly environment: string;
}

/** Why an artifact is refused: the variant in lower case, and a field for `schema` alone. */
export interface Refusal {
  readonly variant: 'schema' | 'completeness' | 'consistency' | 'policy';
  readonly field: string;
  readonly reason: string;
}

interface Rules {
  readonly texts: readonly string[];
  readonly list: string;
  readonly count: string;
  readonly policy: (submission: Submission, list: readonly unknown[]) => string | null;
}

const rules = new Map<string, Rules>([
  ['playbook', { texts: ['fingerprint', 'operation'], list: 'steps', count: 'step_count', policy: purgePolicy }],
  ['fill', { texts: ['form'], list: 'fields', count: 'field_count', policy: passwordPolicy }],
  ['email', { texts: ['subject'], list: 'recipients', count: 'recipient_count', policy: recipientPolicy }],
]);

/** Judges one submission as both services do. */
export function validate(submission: Submission): Accepted | Refusal {
  const { kind, artifact } = submission;
  const rule = rules.get(kind);
  if (rule === undefined) return schema('kind', 'must be playbook, fill or email');
  for (const field of rule.texts) {
    const value = artifact[field];
    if (typeof value !== 'string' || value === '') return schema(field, 'must be a non-empty string');
  }
  const list = artifact[rule.list];
  if (!Array.isArray(list)) return schema(rule.list, 'must be a list');
  if (list.length === 0) return refusal('completeness', `${rule.list} must not be empty`);
  const miscount = checkCount(artifact[rule.count], rule.count, list.length);
  if (miscount !== null) return miscount;
  const forbidden = rule.policy(submission, list);
  if (forbidden !== null) return refusal('policy', forbidden);
  const environment = submission.environment ?? 'default';
  return { accepted: true, kind, name: artifact[rule.texts[0]!] as string, items: list.length, environment };
}

function checkCount(declared: unknown, field: string, found: number): Refusal | null {
  if (declared === undefined || declared === found) return null;
  const isCount = typeof declared === 'number' && Number.isInteger(declared) && declared >= 0;
  if (!isCount) return schema(field, 'must be a whole number');
  return refusal('consistency', `${field} is ${declared} but there are ${found}`);
}

function purgePolicy({ artifact, environment }: Submission): string | null {
  const purges = artifact.operation === 'purge' && environment === 'production';
  return purges ? 'operation purge is not allowed in production' : null;
}

function passwordPolicy(_: Submission, fields: readonly unknown[]): string | null {
  return fields.includes('password') ? 'field password must not be filled' : null;
}

function recipientPolicy({ environment }: Submission, recipients: readonly unknown[]): string | null {
  return environment === 'test' && recipients.length > 1 ? 'only one recipient is allowed in test' : null;
}

/** A refusal as serde's derive prints the enum: the variant is the key. */
export function serdeTagged({ variant, field, reason }: Refusal): Readonly<Record<string, unknown>> {
  const name = variant.charAt(0).toUpperCase() + variant.slice(1);
  return { [name]: field === '' ? { reason } : { field, reason } };
}

function schema(field: string, reason: string): Refusal {
  return { variant: 'schema', field, reason };
}

function refusal(variant: Refusal['variant'], reason: string): Refusal {
  return { variant, field: '', reason };
}

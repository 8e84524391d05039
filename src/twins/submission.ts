/** What `POST /v1/validate` is given, once it is read. */
export interface Submission {
  readonly kind: string;
  readonly artifact: Readonly<Record<string, unknown>>;
  readonly environment: string | null;
}

/** Why a body is not a submission: it is not JSON (`syntax`), or JSON of another type (`type`). */
export class SubmissionError extends Error {
  readonly fault: 'syntax' | 'type';

  constructor(fault: 'syntax' | 'type', message: string) {
    super(message);
    this.fault = fault;
  }
}

/** Reads a body that no real service was recorded for. Throws SubmissionError. */
export function readSubmission(body: Buffer): Submission {
  const root = parse(body);
  if (!isObject(root)) throw new SubmissionError('type', 'the body must be an object');
  const { kind, artifact, context = null } = root;
  if (typeof kind !== 'string') throw new SubmissionError('type', 'kind must be a string');
  if (!isObject(artifact)) throw new SubmissionError('type', 'artifact must be an object');
  if (context !== null && !isObject(context)) throw new SubmissionError('type', 'context must be an object');
  const environment = context?.environment ?? null;
  if (environment !== null && typeof environment !== 'string') {
    throw new SubmissionError('type', 'environment must be a string');
  }
  return { kind, artifact, environment };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body));
  } catch {
    throw new SubmissionError('syntax', 'the body is not JSON');
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON number that keeps its spelling: both services read numbers in ways of their own. */
export interface NumberText {
  readonly number: string;
}

/** An object as its pairs, in order, duplicates kept. */
export interface JsonObject {
  readonly pairs: (readonly [key: string, value: JsonValue])[];
}

/** One JSON value as a request body holds it. */
export type JsonValue = null | boolean | string | NumberText | JsonObject | JsonValue[];

/** What `POST /v1/validate` is given, once it is read. */
export interface Submission {
  readonly kind: string;
  readonly artifact: ReadonlyMap<string, JsonValue>;
  readonly environment: string | null;
}

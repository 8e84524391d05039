/** What a reviewer answered. */
export interface Answer {
  /** Verbatim; may be empty. */
  readonly text: string;
  /** The name that the model answers under; null if it names none. */
  readonly model: string | null;
  /** As the answer counts them; null where it does not. */
  readonly tokensIn: number | null;
  readonly tokensOut: number | null;
  /** The answer says that it was cut at a limit. */
  readonly isCut: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/** Takes the body of an answer, as gateways and chat-completions write it or as plain text; returns what it says. */
export function readAnswer(body: string): Answer {
  const json = parsed(body);
  if (json === null) {
    return { text: textInHalf(body) ?? body, model: null, tokensIn: null, tokensOut: null, isCut: false };
  }
  const usage = asObject(json.usage);
  const choice = asObject(Array.isArray(json.choices) ? json.choices[0] : null);
  const reason = choice.finish_reason ?? json.finish_reason ?? json.stop_reason;
  return {
    text: textOf(json, choice),
    model: typeof json.model === 'string' ? json.model : null,
    tokensIn: numberAt(usage, ['prompt_tokens', 'input_tokens', 'promptTokens', 'inputTokens']),
    tokensOut: numberAt(usage, ['completion_tokens', 'output_tokens', 'completionTokens', 'outputTokens']),
    isCut: reason === 'length' || reason === 'max_tokens',
  };
}

function parsed(body: string): Json | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

const textKeys = ['content', 'text', 'answer', 'response', 'output', 'output_text', 'completion', 'result', 'reply'];

/** The first text that is not empty, of where the two forms have it. */
function textOf(json: Json, choice: Json): string {
  const messages = [asObject(choice.message), choice, asObject(json.message), json, asObject(json.data)];
  const texts = messages.flatMap((of) => textKeys.map((key) => flatText(of[key])));
  if (typeof json.message === 'string') texts.push(json.message);
  const isAnswer = json.choices !== undefined || json.error !== undefined || texts.some((text) => text !== null);
  const found = texts.find((text) => text !== null && text.trim() !== '') ?? '';
  // JSON of none of these forms may be the review itself.
  return isAnswer ? found : JSON.stringify(json, null, 2);
}

/** A text, or the texts of its parts. */
function flatText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return value === null ? '' : null;
  const texts = value.flatMap((part) => (typeof part === 'string' ? [part] : [asObject(part).text]));
  return texts.filter((text) => typeof text === 'string').join('');
}

function numberAt(of: Json, keys: readonly string[]): number | null {
  const found = keys.map((key) => of[key]).find((value) => Number.isSafeInteger(value) && (value as number) >= 0);
  return found === undefined ? null : (found as number);
}

/** The text of an answer whose JSON breaks off. */
function textInHalf(body: string): string | null {
  if (!body.trimStart().startsWith('{')) return null;
  const written = new RegExp(`"(?:${textKeys.join('|')})"\\s{0,8}:\\s{0,8}"([^"\\\\]*(?:\\\\.[^"\\\\]*)*)`, 's').exec(
    body,
  );
  if (written === null) return null;
  try {
    return JSON.parse(`"${written[1]!.replace(/\\(?:u[\da-f]{0,3})?$/i, '')}"`) as string;
  } catch {
    return written[1]!;
  }
}

import { htmlText } from '../document/escape.ts';

/** HTML that is safe to insert as it stands. A text of the run never becomes one but through `html`. */
export interface Html {
  readonly html: string;
}

type Inserted = Html | string | number | null | readonly Html[];

const inserted = (value: Inserted): string => {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return htmlText(String(value));
  return 'html' in value ? value.html : value.map((each) => each.html).join('');
};

/** A piece of HTML. Inserted strings become text (or quoted attribute values); pieces and lists of pieces stay as they are. */
export const html = (parts: TemplateStringsArray, ...values: readonly Inserted[]): Html => {
  let text = parts[0] ?? '';
  for (let at = 0; at < values.length; at += 1) text += `${inserted(values[at] ?? null)}${parts[at + 1]}`;
  return { html: text };
};

/** Nothing. */
export const nothing: Html = { html: '' };

/** `piece` if `condition` holds, else nothing. */
export const when = (condition: boolean, piece: () => Html): Html => (condition ? piece() : nothing);

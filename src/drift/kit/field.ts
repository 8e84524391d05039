import { pointerTokens } from '../../json/pointer.ts';
import { styles, words } from './key-case.ts';

/** How each runtime declares the member that a fix is about. */
export interface Field {
  /** Go: `CreatedAt time.Time `json:"created_at"``, with an option as in `,string`. */
  go(type: string, option?: string): string;
  /** Rust: `#[serde(with = "…")] created_at: T`, the attribute where there is one. */
  rust(type: string, attribute?: string): string;
}

const fitting = /^[A-Za-z_][\w.-]{0,59}$/;

/** The declarations of a field with this key; where there is none, or it is not a name, of its type alone. */
export function fieldOf(key: string | null): Field {
  const list = key === null || !fitting.test(key) ? [] : words(key);
  const serde = (attribute: string) => (attribute === '' ? '' : `#[serde(${attribute})] `);
  if (key === null || list.length === 0 || /^\d/.test(list[0]!))
    return {
      go: (type, option = '') => `${type}${option === '' ? '' : ` \`json:"${option}"\``}`,
      rust: (type, attribute = '') => `${serde(attribute)}${type}`,
    };
  return {
    go: (type, option = '') => `${styles.PascalCase!(list)} ${type} \`json:"${key}${option}"\``,
    rust: (type, attribute = '') => `${serde(attribute)}${styles.snake_case!(list)}: ${type}`,
  };
}

/** The key nearest to a place, given the shape of its pointer; null where there is none. */
export function nearestKey(shape: string): string | null {
  return pointerTokens(shape)?.findLast((token) => token !== '*') ?? null;
}

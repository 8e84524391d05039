import {
  type Cursor,
  peekToken,
  readIdent,
  readNumber,
  readString,
  type SerdeError,
  serdeError,
  takeChar,
} from './serde-cursor.ts';

const idents: Readonly<Record<string, string>> = { n: 'null', t: 'true', f: 'false' };

/** Skips one value of any depth, in a loop as serde_json's `ignore_value`; throws SerdeError where it is not JSON. */
export function ignoreValue(cursor: Cursor): void {
  const open: string[] = [];
  for (;;) {
    const opened = skipScalarOrOpen(cursor);
    if (opened !== null) {
      open.push(opened);
      if (peekToken(cursor) !== closing(opened)) {
        if (opened === '{') skipKey(cursor);
        continue;
      }
    }
    if (!skipToNext(cursor, open)) return;
  }
}

/** Takes a scalar whole, or the opening of a container, which it gives. */
function skipScalarOrOpen(cursor: Cursor): string | null {
  const next = peekToken(cursor);
  if (next === '{' || next === '[') return takeChar(cursor);
  const word = Object.hasOwn(idents, next) ? idents[next] : undefined;
  if (next === '"') readString(cursor);
  else if (word !== undefined) readIdent(cursor, word);
  else if (/^[-\d]$/.test(next)) readNumber(cursor);
  else throw serdeError(cursor, next === '' ? 'EOF while parsing a value' : 'expected value', { peek: true });
  return null;
}

/** After a value: closes what ends here; true if another value follows, false if the outermost one is done. */
function skipToNext(cursor: Cursor, open: string[]): boolean {
  for (;;) {
    const frame = open.at(-1);
    if (frame === undefined) return false;
    const next = peekToken(cursor);
    if (next === ',') {
      takeChar(cursor);
      if (frame === '{') skipKey(cursor);
      return true;
    }
    if (next !== closing(frame)) throw unfinished(cursor, frame);
    takeChar(cursor);
    open.pop();
  }
}

function skipKey(cursor: Cursor): void {
  const next = peekToken(cursor);
  if (next === '') throw unfinished(cursor, '{');
  if (next !== '"') throw serdeError(cursor, 'key must be a string', { peek: true });
  readString(cursor);
  const colon = peekToken(cursor);
  if (colon === '') throw unfinished(cursor, '{');
  if (colon !== ':') throw serdeError(cursor, 'expected `:`', { peek: true });
  takeChar(cursor);
}

function closing(frame: string): string {
  return frame === '{' ? '}' : ']';
}

function unfinished(cursor: Cursor, frame: string): SerdeError {
  const ended = peekToken(cursor) === '';
  const name = frame === '{' ? 'an object' : 'a list';
  const text = ended ? `EOF while parsing ${name}` : `expected \`,\` or \`${closing(frame)}\``;
  return serdeError(cursor, text, { peek: true });
}

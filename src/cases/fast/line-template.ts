import { hasAt } from '../../structures/has-at.ts';

/** What hardly any two lines of one source share; null where a line has none. */
export interface Filling {
  readonly id: string | null;
  readonly title: string | null;
  readonly path: string | null;
  /** The JSON text of the body, not looked into. */
  readonly json: string | null;
}

type Place = keyof Filling;

/** The text of a line without its filling: lines that a program wrote are alike but for that. */
export interface Frame {
  /** Takes a line; returns what fills this frame, or null where it has another one. The strings hold nothing that JSON writes as an escape. */
  fillingOf(line: string): Filling | null;
}

type Members = Readonly<Record<string, unknown>>;

const isUnescaped = (text: string): boolean => !/["\\\u0000-\u001f\p{Surrogate}]/u.test(text);

/** Pieces of text that stand around places; one more of these than of those. */
interface Pieces {
  readonly texts: string[];
  readonly places: Place[];
}

/**
 * The frame of a line, from the value that `JSON.stringify` would write as it. Behind the body there are no places, for only the end
 * of the line tells where the body ends; and none for a string that has escapes.
 */
export function frameOf(value: Members): Frame {
  const { texts, places } = piecesOf(value);
  const [first, last] = [texts[0]!, texts.at(-1)!];
  return {
    fillingOf(line) {
      if (!hasAt(line, first, 0) || !hasAt(line, last, line.length - last.length)) return null;
      const filling: Record<Place, string | null> = { id: null, title: null, path: null, json: null };
      let start = first.length;
      for (let at = 0; at < places.length; at += 1) {
        const place = places[at]!;
        const next = texts[at + 1]!;
        const end = at === places.length - 1 ? line.length - last.length : line.indexOf('"', start);
        if (end < start || !hasAt(line, next, end)) return null;
        const text = line.slice(start, end);
        if (place !== 'json' && !isUnescaped(text)) return null;
        filling[place] = text;
        start = end + next.length;
      }
      return filling;
    },
  };
}

function piecesOf(value: Members): Pieces {
  const pieces: Pieces = { texts: [''], places: [] };
  const write = (text: string) => {
    pieces.texts.push(`${pieces.texts.pop()}${text}`);
  };
  const leaveOut = (place: Place) => {
    pieces.places.push(place);
    pieces.texts.push('');
  };
  const writeMembers = (members: Members, inRequest: boolean) => {
    let before = '{';
    for (const [key, member] of Object.entries(members)) {
      write(`${before}${JSON.stringify(key)}:`);
      before = ',';
      if (key === 'request' && !inRequest) writeMembers(member as Members, true);
      else if (pieces.places.includes('json') || !isPlace(key, inRequest)) write(JSON.stringify(member));
      else if (key === 'json') leaveOut(key);
      else if (typeof member !== 'string' || JSON.stringify(member) !== `"${member}"`) write(JSON.stringify(member));
      else {
        write('"');
        leaveOut(key);
        write('"');
      }
    }
    write('}');
  };
  writeMembers(value, false);
  return pieces;
}

function isPlace(key: string, inRequest: boolean): key is Place {
  return inRequest ? key === 'path' || key === 'json' : key === 'id' || key === 'title';
}

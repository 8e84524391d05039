import { styleText } from 'node:util';
import { terminalText } from '../../json/printable.ts';
import { cut, guardLine } from '../document/escape.ts';
import { maxShownLength } from '../limits.ts';

export interface PenOptions {
  readonly colour: boolean;
  /** Columns of the terminal; at least 40 are used. */
  readonly width: number;
  /** False for ASCII alone. */
  readonly unicode: boolean;
}

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** How text goes on one terminal: its width, its characters, its colours. */
export interface Pen {
  readonly width: number;
  readonly dot: string;
  readonly good: string;
  readonly bad: string;
  readonly unsure: string;
  paint(style: Style, text: string): string;
  /** Untrusted text on one line, cut to `columns`. */
  show(text: string, columns: number): string;
  /** Untrusted prose broken at blanks into lines of at most `columns`. */
  wrap(text: string, columns: number): readonly string[];
}

const spellAscii = (text: string): string =>
  text.replace(/[^\n -~]/gu, (char) => {
    const hex = (char.codePointAt(0) ?? 0).toString(16);
    return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
  });

const breakLines = (text: string, columns: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
};

/** A pen for one terminal. */
export const penFor = ({ colour, width, unicode }: PenOptions): Pen => {
  const mark = unicode ? '…' : '...';
  const plain = (text: string): string => {
    const line = terminalText(cut(text, maxShownLength, mark));
    return unicode ? line : spellAscii(line);
  };
  return {
    width: Math.max(40, width),
    dot: unicode ? ' · ' : ' | ',
    good: unicode ? '✓' : '+',
    bad: unicode ? '✗' : 'x',
    unsure: unicode ? '○' : '?',
    paint: (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text),
    show: (text, columns) => cut(plain(text), Math.max(8, columns), mark),
    wrap: (text, columns) => breakLines(plain(text), Math.max(20, columns)).map((line) => cut(line, columns, mark)),
  };
};

/** Finished lines as one text ending in a line feed, none of which a CI runner takes for a command. */
export const finishLines = (lines: readonly string[]): string => `${lines.map(guardLine).join('\n')}\n`;

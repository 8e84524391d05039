import { closestWord, quoteForMessage } from '../../config/source/did-you-mean.ts';
import { longOption, optionNames, shortOption } from './options.ts';

/** Why a curl command cannot become a case, and what to do. */
export interface CurlFault {
  readonly fault: string;
  readonly hint?: string;
}

/** The options and addresses of one curl command, up to `--next`. */
export interface CurlArguments {
  readonly options: readonly (readonly [name: string, value: string])[];
  readonly urls: readonly string[];
}

interface Reading {
  readonly words: readonly string[];
  at: number;
  options: (readonly [string, string])[];
  urls: string[];
}

/** Takes the words behind `curl`; returns its options, a list for each part that `--next` divides it into. */
export function readArguments(words: readonly string[]): CurlArguments[] | CurlFault {
  const reading: Reading = { words, at: 0, options: [], urls: [] };
  const parts: CurlArguments[] = [];
  let isOver = false;
  while (reading.at < words.length) {
    const word = words[reading.at]!;
    reading.at += 1;
    if (isOver || word === '-' || !word.startsWith('-')) reading.urls.push(word);
    else if (word === '--') isOver = true;
    else {
      const fault = word.startsWith('--') ? readLong(word.slice(2), reading) : readShort(word.slice(1), reading);
      if (fault !== null) return fault;
      if (reading.options.at(-1)?.[0] === 'next') parts.push(endPart(reading));
    }
  }
  return [...parts, endPart(reading)];
}

function endPart(reading: Reading): CurlArguments {
  const part = { options: reading.options, urls: reading.urls };
  reading.options = [];
  reading.urls = [];
  return part;
}

function readLong(written: string, reading: Reading): CurlFault | null {
  const option = longOption(written);
  if (option === null) return unknown(`--${written}`, closestWord(written, optionNames));
  if (!option.takesValue) return take(reading, option.name, '');
  return takeNext(reading, option.name, `--${written}`);
}

/** `-sSXPOST` is `-s -S -X POST`. */
function readShort(letters: string, reading: Reading): CurlFault | null {
  for (let at = 0; at < letters.length; at += 1) {
    const option = shortOption(letters[at]!);
    if (option === null) return unknown(`-${letters[at]}`, null);
    const rest = letters.slice(at + 1);
    if (option.takesValue)
      return rest === '' ? takeNext(reading, option.name, `-${letters[at]}`) : take(reading, option.name, rest);
    take(reading, option.name, '');
  }
  return null;
}

function take(reading: Reading, name: string, value: string): null {
  if (name === 'url') reading.urls.push(value);
  else reading.options.push([name, value]);
  return null;
}

function takeNext(reading: Reading, name: string, written: string): CurlFault | null {
  const value = reading.words[reading.at];
  if (value === undefined) return { fault: `the option ${written} has no value` };
  reading.at += 1;
  return take(reading, name, value);
}

function unknown(written: string, closest: string | null): CurlFault {
  const fault = `curl has no option ${quoteForMessage(written)}`;
  return closest === null ? { fault } : { fault, hint: `did you mean --${closest}?` };
}

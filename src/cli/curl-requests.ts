import { ParityError } from '../errors.ts';
import { readCurlText, readCurlWords } from '../import/curl/read-curl.ts';
import type { CurlRequest } from '../import/curl/request.ts';

/** Takes a curl command line, as one text or divided into words; returns its requests. Throws PX2904 where it cannot be read. */
export function requestsOf(words: readonly string[]): CurlRequest[] {
  const [first, ...rest] = words;
  const isText = rest.length === 0 && /\s/.test(first ?? '');
  const lines = isText
    ? readCurlText(first!)
    : [{ line: 1, read: readCurlWords(/^(?:.*\/)?curl$/.test(first ?? '') ? rest : words) }];
  if (lines.length === 0) throw new ParityError('PX2904', 'there is no curl command', { hint: example });
  return lines.flatMap(({ line, read }) => {
    if (!('fault' in read)) return read;
    const where = lines.length > 1 ? ` in line ${line}` : '';
    throw new ParityError('PX2904', `the curl command${where} cannot be read: ${read.fault}`, {
      hint: read.hint ?? example,
    });
  });
}

const example = "give it behind --, as in: parity add -- curl 'http://127.0.0.1:3100/v1/items'";

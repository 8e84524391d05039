import { describe, expect, it } from 'vitest';
import {
  charsetOf,
  isFormType,
  isJsonType,
  isLinesType,
  isTextType,
  isXmlType,
  mediaType,
  neverJson,
  parameterOf,
  splitUnquoted,
} from '../../../src/compare/headers/media-type.ts';

describe('a content type', () => {
  it.each<readonly [string, string | null, essence: string, parameters: readonly (readonly [string, string])[]]>([
    ['none', null, '', []],
    ['in any case', ' Text/HTML ', 'text/html', []],
    [
      'parameters by name, whatever their order',
      'a/b; y=1; x=2; z=3',
      'a/b',
      [
        ['x', '2'],
        ['y', '1'],
        ['z', '3'],
      ],
    ],
    [
      'one name twice, in its order',
      'a/b; x=2; x=1',
      'a/b',
      [
        ['x', '2'],
        ['x', '1'],
      ],
    ],
    ['a parameter without a value is none', 'a/b; x; y=1', 'a/b', [['y', '1']]],
    ['quotes go, escapes too', 'a/b; x="a\\"b;c"', 'a/b', [['x', 'a"b;c']]],
    ['half a slash', 'a', '', []],
    ['nothing behind the slash', 'a/', '', []],
    ['nothing before it', '/b', '', []],
    ['a slash too many', 'a/b/c', '', []],
    ['a blank in it', 'a b/c', '', []],
  ])('%s', (_, value, essence, parameters) => {
    expect(mediaType(value)).toEqual({ essence, parameters });
  });

  it.each<readonly [string, (type: ReturnType<typeof mediaType>) => boolean, yes: string[], no: string[]]>([
    [
      'JSON',
      isJsonType,
      ['application/json', 'text/json', 'application/problem+json', 'image/x+json'],
      ['application/jsonx', 'x-application/json', 'application/x+jsonx', 'application/json-seq', 'text/plain'],
    ],
    [
      'XML',
      isXmlType,
      ['application/xml', 'text/xml', 'image/svg+xml'],
      ['application/xmlx', 'x-text/xml', 'image/svg+xmlx', 'application/json'],
    ],
    [
      'lines of JSON',
      isLinesType,
      [
        'application/ndjson',
        'application/x-ndjson',
        'application/jsonl',
        'application/x-jsonl',
        'application/jsonlines',
        'application/json-lines',
        'application/x-json-lines',
        'application/x-json-stream',
        'application/stream+json',
      ],
      ['application/ndjsonx', 'x-application/ndjson', 'application/json', 'text/ndjson'],
    ],
    [
      'text',
      isTextType,
      [
        'text/plain',
        'application/xml',
        'image/svg+xml',
        'application/javascript',
        'application/yaml',
        'application/ndjson',
      ],
      ['application/xmlx', 'image/png', 'x-text/plain', 'application/x-yamlx'],
    ],
    [
      'never JSON',
      neverJson,
      ['image/png', 'audio/x', 'text/html', 'text/csv', 'application/pdf', 'application/xml', 'multipart/mixed'],
      [
        'text/plain',
        'text/htmlx',
        'x-text/html',
        'x-image/png',
        'application/pdfx',
        'x-application/pdf',
        'application/x',
      ],
    ],
    ['never JSON, by its own grammar', neverJson, ['text/event-stream', 'application/x-www-form-urlencoded'], ['a/b']],
    ['a form', isFormType, ['application/x-www-form-urlencoded'], ['application/x-www-form-urlencodedx']],
  ])('is %s', (_, is, yes, no) => {
    expect(yes.filter((name) => !is(mediaType(name)))).toEqual([]);
    expect(no.filter((name) => is(mediaType(name)))).toEqual([]);
  });

  it('names its charset, whatever is beside it', () => {
    expect(charsetOf(mediaType('text/plain; a=b; Charset="UTF-8"; z=y'))).toBe('utf-8');
    expect(charsetOf(mediaType('text/plain; a=b'))).toBeNull();
  });
});

describe('a parameter', () => {
  it.each<readonly [string, string, readonly [string, string | null]]>([
    ['without a value', ' Name ', ['name', null]],
    ['with an empty one', 'name=', ['name', '']],
    ['with blanks around', ' Name = Value ', ['name', 'Value']],
    ['without a name', '=x', ['', 'x']],
    ['one quote is its value', 'a="', ['a', '"']],
    ['quotes on one side only', 'a="b', ['a', '"b']],
    ['and on the other', 'a=b"', ['a', 'b"']],
    ['empty quotes', 'a=""', ['a', '']],
  ])('%s', (_, text, expected) => {
    expect(parameterOf(text)).toEqual(expected);
  });
});

describe('separators', () => {
  it.each<readonly [string, string, readonly string[]]>([
    ['split', 'a,b', ['a', 'b']],
    ['do so at the ends', ',a,', ['', 'a', '']],
    ['not in quotes', 'a="x,y",b', ['a="x,y"', 'b']],
    ['not behind an escaped quote', '"x\\",y",b', ['"x\\",y"', 'b']],
    ['behind an escaped backslash and a quote', '"x\\\\",y', ['"x\\\\"', 'y']],
    ['behind a backslash outside quotes', 'x\\,y', ['x\\', 'y']],
    ['not where quotes have no end', '"x,y', ['"x,y']],
  ])('%s', (_, text, parts) => {
    expect(splitUnquoted(text, ',')).toEqual(parts);
  });
});

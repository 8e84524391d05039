import { describe, expect, it } from 'vitest';
import { type Row, rowsOf, type Sent, sidesOf } from '../bodies.ts';

const lines = (text: string): Sent => ['application/x-ndjson', text];
const events = (text: string): Sent => ['text/event-stream', text];
const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('newline-delimited JSON is compared line by line', () => {
  it.each<readonly [string, Sent, Sent, readonly Row[]]>([
    ['one value', lines('{"a":1}\n{"a":2}\n'), lines('{"a":1}\n{"a":3}\n'), ['value /1/a value']],
    ['a line inserted', lines('{"a":1}\n{"a":2}\n'), lines('{"a":1}\n{"a":9}\n{"a":2}\n'), ['extra /1 value']],
    ['a line inserted at the front', lines('1\n2\n3'), lines('0\n1\n2\n3'), ['extra /0 value']],
    ['a line missing at the end', lines('{"a":1}\n{"a":2}\n'), lines('{"a":1}\n'), ['missing /1 value']],
    ['a line of another shape', lines('{"a":1}\n{"b":2}\n'), lines('{"a":1}\n'), ['missing /1 shape']],
    ['two lines swapped', lines('{"a":1}\n{"a":2}\n'), lines('{"a":2}\n{"a":1}\n'), ['order  value']],
    ['another kind of value', lines('{"a":1}\n'), lines('{"a":"1"}\n'), ['type /0/a shape']],
    ['Windows line ends', lines('{"a":1}\r\n2\r\n'), lines('{"a":1}\n2\n'), ['bytes  wire']],
    ['blank lines', lines('1\n\n2\n'), lines('1\n2'), ['bytes  wire']],
    ['spelling of a number', lines('1\n1.0\n'), lines('1\n1\n'), ['spelling /1 wire']],
    ['a big integer', lines('1\n9007199254740993'), lines('1\n9007199254740992'), ['value /1 value']],
    ['a duplicate key', lines('1\n{"a":1,"a":1}'), lines('1\n{"a":1}'), ['duplicate /1/a value']],
    [
      'invalid bytes',
      ['application/x-ndjson', latin1('1\n"\xff"')],
      ['application/x-ndjson', latin1('1\n"\xfe"')],
      ['encoding /1 value'],
    ],
    ['a byte-order mark', lines('\ufeff1\n2\n'), lines('1\n2\n'), ['encoding  value']],
    ['a byte-order mark further on is not JSON', lines('1\n\ufeff2\n'), lines('1\n2\n'), ['type  shape']],
    ['one side has a line that is not JSON', lines('1\n2\n'), lines('1\noops\n'), ['type  shape']],
    ['a line that would close a list is not JSON', lines('1\n2],[3\n'), lines('1\n2\n'), ['type  shape']],
    ['both have one: text', lines('1\noops\n2'), lines('1\noops\n3'), ['value  value']],
    [
      'lines that say nothing of themselves, and numbers',
      ['text/plain', '1\n2'],
      ['text/plain', '{"a":1}\n2'],
      ['type /0 shape'],
    ],
    ['numbers that say JSON', ['application/json', '1\n2'], ['application/json', '1\n3'], ['value /1 value']],
    ['two lines, and one that says nothing', lines('1\n2\n'), ['text/plain', '1'], ['missing /1 value']],
    [
      'two objects, and one that says nothing',
      lines('{"a":1}\n{"a":2}\n'),
      ['text/plain', '{"a":1}'],
      ['missing /1 value'],
    ],
    ['blank on one side', lines('\n'), lines('1\n'), ['type  shape']],
    ['one line on each side', lines('{"a":1}\n'), lines('{"a":2}\n'), ['value /0/a value']],
    ['one line, and a document', lines('{"a":1}\n'), ['application/json', '{"a":2}'], ['value /a value']],
    ['two lines, and a document', lines('1\n2\n'), ['application/json', '1'], ['type  shape']],
    ['two lines, and a list', lines('1\n2\n'), ['application/json', '[1,2]'], ['type  shape']],
    [
      'lines that call themselves JSON',
      ['application/json', '{"a":1}\n{"a":2}'],
      ['application/json', '{"a":1}\n{"a":3}'],
      ['value /1/a value'],
    ],
    [
      'JSON, and lines that call themselves so',
      ['application/json', '{"a":1}'],
      ['application/json', '{"a":1}\n{"a":3}'],
      ['type  shape'],
    ],
    ['other names', ['application/jsonl', '1\n2'], ['application/stream+json', '1\n3'], ['value /1 value']],
    [
      'keys of every object',
      lines('1\n{"__proto__":1}'),
      lines('1\n{"constructor":1}'),
      ['missing /1/__proto__ shape', 'extra /1/constructor shape'],
    ],
  ])('%s', (_, a, b, expected) => {
    expect(rowsOf(a, b)).toEqual(expected);
  });

  it('rules find their places', () => {
    const ignore = [{ pointer: '/*/at', keep: 'type', reason: null }] as const;
    const [a, b] = [lines('{"at":1,"a":1}\n{"at":2,"a":2}'), lines('{"at":3,"a":1}\n{"at":4,"a":5}')];
    expect(rowsOf(a, b, { ignore })).toEqual(['value /1/a value']);
    expect(
      rowsOf(lines('1\n2\n3'), lines('3\n1\n2'), { unordered: [{ pointer: '', key: null, reason: null }] }),
    ).toEqual(['bytes  wire']);
  });

  it('a line that is not JSON is shown', () => {
    expect(sidesOf(lines('1\n\n2\n'), lines('1\n\n{"a":\n'))).toEqual([['1\\n\\n2\\n', 'line 3 is not JSON: {"a":']]);
  });

  it('a line that is not JSON is shown in its letters, and a page as what it is', () => {
    expect(sidesOf(lines('1\n2\n'), lines('1\né {\n'))).toEqual([['1\\n2\\n', 'line 2 is not JSON: é {']]);
    const [sides] = sidesOf(lines('1\n2\n'), ['text/html', '<p>é']);
    expect(sides![1]).toMatch(/<p>é$/);
    expect(sides![1]).not.toContain('line 1');
  });

  it('what comes after the most lines is shown from where it differs, and a rule may forgive it', () => {
    const [a, b] = ['one', 'two'].map((word) => lines(`${'1\n'.repeat(10_000)}é ${word}\n`));
    expect(rowsOf(a!, b!)).toEqual(['bytes /10000 value']);
    expect(sidesOf(a!, b!)).toEqual([['7 bytes from here on: …é one\\n', '7 bytes from here on: …é two\\n']]);
    const ignore = [{ pointer: '/10000', keep: 'type', reason: null }] as const;
    expect(rowsOf(a!, b!, { ignore })).toEqual(['bytes  wire']);
    const other = [{ pointer: '/9999', keep: 'type', reason: null }] as const;
    expect(rowsOf(a!, b!, { ignore: other })).toEqual(['bytes /10000 value']);
  });

  it('the lines beyond ten thousand are compared as bytes', () => {
    const text = Array.from({ length: 12_000 }, (_, i) => `{"n":${i}}\n`).join('');
    expect(rowsOf(lines(text), lines(text.replace('{"n":11000}', '{"n":-1}')))).toEqual(['bytes /10000 value']);
    expect(rowsOf(lines(text), lines(text.replace('{"n":7}', '{"n":-1}')))).toEqual(['value /7/n value']);
    expect(rowsOf(lines(text), lines(text.replace('{"n":7}', '{ "n":7}')))).toEqual(['bytes  wire']);
  });
});

describe('server-sent events are compared one by one', () => {
  it.each<readonly [string, string, string, readonly Row[]]>([
    ['data that is JSON', 'data: {"x":1}\n\n', 'data: {"x":2}\n\n', ['value /0/data/x value']],
    ['data that is text', 'data: a\n\n', 'data: b\n\n', ['value /0/data value']],
    ['JSON on one side', 'data: {"x":1}\n\n', 'data: {x\n\n', ['type /0/data shape']],
    ['an event inserted', 'data: 1\n\ndata: 2\n\n', 'data: 1\n\ndata: 9\n\ndata: 2\n\n', ['extra /1 value']],
    ['an event missing', 'data: a\n\ndata: b\n\n', 'data: a\n\n', ['missing /1 value']],
    ['the name of an event', 'event: a\ndata: 1\n\n', 'event: b\ndata: 1\n\n', ['value /0/event value']],
    ['a name on one side', 'event: a\ndata: 1\n\n', 'data: 1\n\n', ['missing /0/event shape']],
    ['its id', 'id: 1\ndata: x\n\n', 'id: 2\ndata: x\n\n', ['value /0/id value']],
    ['the time to wait', 'retry: 100\n\n', 'retry: 200\n\n', ['value /0/retry value']],
    ['zeros before it', 'retry: 0100\n\n', 'retry: 100\n\n', ['bytes  wire']],
    ['comments mean nothing', ': ping\n\ndata: 1\n\n', 'data: 1\n\n', ['bytes  wire']],
    ['nor do unknown fields', 'x: 1\ndata: 1\n\n', 'data: 1\n\n', ['bytes  wire']],
    ['nor the first space', 'data:1\n\n', 'data: 1\n\n', ['bytes  wire']],
    ['the second space does', 'data:  a\n\n', 'data: a\n\n', ['value /0/data value']],
    ['nor the kind of line end', 'data: 1\r\n\r\n', 'data: 1\r\r', ['bytes  wire']],
    ['nor the order of fields', 'id: 1\ndata: x\n\n', 'data: x\nid: 1\n\n', ['bytes  wire']],
    ['nor the order of keys', 'data: {"a":1,"b":2}\n\n', 'data: {"b":2,"a":1}\n\n', ['order /0/data wire']],
    ['data on two lines', 'data: a\ndata: b\n\n', 'data: a\n\ndata: b\n\n', ['extra /1 value', 'value /0/data value']],
    ['JSON on two lines', 'data: {"a":\ndata: 1}\n\n', 'data: {"a":1}\n\n', ['bytes  wire']],
    ['an event without an end is none', 'data: 1\n\ndata: 2\n', 'data: 1\n\ndata: 2\n\n', ['extra /unfinished value']],
    ['numbers by value, where all data is JSON', 'data: 1.0\n\n', 'data: 1\n\n', ['spelling /0/data wire']],
    [
      'as text, where some is not',
      'data: 1.0\n\ndata: [DONE]\n\n',
      'data: 1\n\ndata: [DONE]\n\n',
      ['value /0/data value'],
    ],
    [
      'a JSON string and the text that it says',
      'data: "a"\n\ndata: z\n\n',
      'data: a\n\ndata: z\n\n',
      ['value /0/data value'],
    ],
    ['a byte-order mark', '\ufeffdata: 1\n\n', 'data: 1\n\n', ['encoding  value']],
    ['data without a colon is empty', 'data\n\n', 'data:\n\n', ['bytes  wire']],
    ['an event without data has none', 'id: 1\n\n', 'id: 1\ndata\n\n', ['extra /0/data shape']],
    ['an id without a colon is empty', 'id\ndata: x\n\n', 'data: x\n\n', ['missing /0/id shape']],
    [
      'line ends of each kind within an event',
      'data: a\rid: 1\r\ndata: b\n\n',
      'data: a\nid: 1\ndata: b\n\n',
      ['bytes  wire'],
    ],
    ['data on two lines is not one', 'data: a\ndata: b\n\n', 'data: ab\n\n', ['value /0/data value']],
    ['a space further on is kept', 'data:a b\n\n', 'data:ab\n\n', ['value /0/data value']],
    ['a time to wait that is not a number means nothing', 'retry: 1s\ndata: x\n\n', 'data: x\n\n', ['bytes  wire']],
    ['nor does one behind other letters', 'retry: s1\ndata: x\n\n', 'data: x\n\n', ['bytes  wire']],
    ['nor an id with a zero byte', 'id: a\0b\ndata: x\n\n', 'data: x\n\n', ['bytes  wire']],
    ['in data it is text', 'data: a\0b\n\n', 'data: ab\n\n', ['value /0/data value']],
    ['letters are no time to wait, but an id', 'id: a\ndata: x\n\n', 'id: b\ndata: x\n\n', ['value /0/id value']],
    ['two zeros before a time to wait', 'retry: 00100\n\n', 'retry: 100\n\n', ['bytes  wire']],
    ['zero is a time to wait', 'retry: 0\n\n', 'retry: 00\n\n', ['bytes  wire']],
    [
      'a field of an event is none of the next',
      'id: 1\ndata: a\n\ndata: b\n\n',
      'id: 1\ndata: a\n\nid: 1\ndata: b\n\n',
      ['extra /1/id shape'],
    ],
    [
      'an object in an event, beside text in another',
      'data: {"a":1}\n\ndata: z\n\n',
      'data: {"a": 1}\n\ndata: z\n\n',
      ['bytes  wire'],
    ],
    ['an object behind a blank', 'data:  {"a":1}\n\ndata: z\n\n', 'data: {"a":1}\n\ndata: z\n\n', ['bytes  wire']],
    ['no field at all on either side: text', 'hello', 'world', ['value  value']],
    [
      'text that only ends like one',
      'data: x {"a":1}\n\ndata: z\n\n',
      'data: x {"a": 1}\n\ndata: z\n\n',
      ['value /0/data value'],
    ],
  ])('%s', (_, a, b, expected) => {
    expect(rowsOf(events(a), events(b))).toEqual(expected);
  });

  it.each<readonly [string, Sent, Sent]>([
    ['a document in their stead', events('data: 1\n\n'), ['application/json', '{"error":1}']],
    ['a document under their name', events('data: 1\n\n'), events('{"error":1}')],
    ['a page in their stead', events('data: 1\n\n'), ['text/html', '<html>']],
    ['bytes in their stead', events('data: 1\n\n'), ['image/png', Buffer.from([0x89, 0])]],
  ])('%s is another kind of body', (_, a, b) => {
    expect(rowsOf(a, b)).toEqual(['type  shape']);
  });

  it('events under another name on one side are still events', () => {
    expect(rowsOf(events('data: 1\n\n'), ['text/plain', 'data: 2\n\n'])).toEqual(['value /0/data value']);
  });

  it('what says so on neither side is text', () => {
    expect(rowsOf(['text/plain', 'data: 1\n\n'], ['text/plain', 'data: 2\n\n'])).toEqual(['value  value']);
  });

  it('invalid bytes are never taken for each other', () => {
    const [a, b] = ['\xff', '\xfe'].map((byte): Sent => ['text/event-stream', latin1(`data: ${byte}\n\n`)]);
    expect(rowsOf(a!, b!)).toEqual(['encoding /0/data value']);
  });

  it('shows no control character raw', () => {
    expect(sidesOf(events('data: \u001b[31m\n\n'), events('data: \u202e\n\n'))).toEqual([
      ['"\\u001b[31m"', '"\\u{202e}"'],
    ]);
  });

  it('is bounded on hostile streams', () => {
    const text = 'data: x\n\n'.repeat(200_000);
    expect(rowsOf(events(text), events(`${text}data: y\n\n`))).toEqual(['bytes /10000 value']);
    expect(rowsOf(events(':\n'.repeat(300_000)), events(':\n'.repeat(300_001)))).toEqual(['bytes  wire']);
    expect(rowsOf(events('data: x\n'.repeat(200_000)), events('data: x\n'))).toEqual(['value /unfinished value']);
    const blanks = ' '.repeat(2_000_000);
    expect(rowsOf(events(`data: x${blanks}`), events(`data: x${blanks} `))).toEqual(['bytes  wire']);
  });
});

describe('an event that no blank line ends is never dispatched', () => {
  it.each<readonly [string, string, string, readonly Row[]]>([
    ['at the end of the candidate', 'data: a\n\ndata: b\n\n', 'data: a\n\ndata: b\n', ['missing /unfinished value']],
    ['with no line end at all', 'data: a\n\ndata: b\n\n', 'data: a\n\ndata: b', ['missing /unfinished value']],
    ['at the end of the reference', 'data: a\n\ndata: b\n', 'data: a\n\ndata: b\n\n', ['extra /unfinished value']],
    [
      'in CRLF',
      'data: a\r\n\r\nid: 7\r\ndata: b\r\n\r\n',
      'data: a\r\n\r\nid: 7\r\ndata: b\r\n',
      ['missing /unfinished value'],
    ],
    ['the only event', 'data: a\n\n', 'data: a\n', ['missing /unfinished value']],
    [
      'with other data, which is a difference too',
      'data: a\n\ndata: b\n\n',
      'data: a\n\ndata: c\n',
      ['missing /1 value', 'value /unfinished value'],
    ],
  ])('%s', (_, a, b, expected) => {
    expect(rowsOf(events(a), events(b))).toEqual(expected);
  });
});

describe('what no blank line ends is compared as text', () => {
  const unfinished = ['value /unfinished value'];
  const spelling = ['bytes  wire'];

  it.each<readonly [string, string, string, readonly Row[]]>([
    ['an event alone', 'data: {"total":5}\n', 'data: {"total":6}\n', unfinished],
    ['one that is there on one side', 'data: a\n\ndata: [DONE]', 'data: a\n\n', unfinished],
    ['one that is cut off in the middle', 'data: a\n\ndata: b', 'data: a\n\nda', unfinished],
    ['a line that is not a field', 'data: a\n\n{"error":"x"}\n', 'data: a\n\n', unfinished],
    [
      'beside an event that differs',
      'data: 1\n\ndata: a',
      'data: 2\n\ndata: b',
      ['value /0/data value', ...unfinished],
    ],
    ['the name of an event', 'event: a\ndata: x\n', 'event: b\ndata: x\n', unfinished],
    ['the end of a line means nothing', 'data: a\n\ndata: b', 'data: a\n\ndata: b\n', spelling],
    ['nor its kind', 'data: a\r\ndata: b\r\n', 'data: a\ndata: b\r', spelling],
    ['nor the space behind a colon', 'data:a\n', 'data: a\n', spelling],
    ['nor white space in JSON', 'data: {"a": [1, 2]}\n', 'data: {"a":[1,2]} \n', spelling],
    ['nor how much there is between words', 'data: a b\n', 'data: a  b\n', spelling],
    ['but words stay words', 'data: a b\n', 'data: ab\n', unfinished],
    ['nor comments', 'data: a\n\n: ping\n', 'data: a\n\n: pong', spelling],
    ['nor comments within it', 'id: 1\n:ping\ndata: a\n', 'id: 1\ndata: a\n', spelling],
  ])('%s', (_, a, b, expected) => {
    expect(rowsOf(events(a), events(b))).toEqual(expected);
  });

  it('shows the first line that differs, in its letters', () => {
    const sides = sidesOf(events('data: a\n\nid: 1\ndata: é'), events('data: a\n\nid: 1\ndata: è'));
    expect(sides).toEqual([['line 2: data: é', 'line 2: data: è']]);
  });

  it('the invalid bytes are never taken for each other', () => {
    const [a, b, c] = ['\xff', '\xfe', '\xc3\xbf'].map((byte): Sent => ['text/event-stream', latin1(`data: ${byte}`)]);
    expect(rowsOf(a!, b!)).toEqual(unfinished);
    expect(rowsOf(a!, c!)).toEqual(unfinished);
  });

  it('rules for its place and for the whole body are heeded', () => {
    const [a, b] = [events('data: a\n\ndata: at 1'), events('data: a\n\ndata: at 2')];
    for (const pointer of ['', '/unfinished', '/*', '/**'])
      for (const keep of ['type', 'nothing'] as const)
        expect(rowsOf(a, b, { ignore: [{ pointer, keep, reason: null }] })).toEqual(spelling);
    expect(rowsOf(a, b, { ignore: [{ pointer: '/0', keep: 'nothing', reason: null }] })).toEqual(unfinished);
  });

  it('a rule for the whole body is heeded behind ten thousand lines, too', () => {
    const [a, b] = ['1', '2'].map((last) => lines(`${'1\n'.repeat(10_000)}${last}\n`));
    expect(rowsOf(a!, b!, { ignore: [{ pointer: '', keep: 'type', reason: null }] })).toEqual(spelling);
  });
});

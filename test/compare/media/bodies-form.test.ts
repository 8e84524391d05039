import { describe, expect, it } from 'vitest';
import { type Row, rowsOf, type Sent } from '../bodies.ts';

const form = (text: string): Sent => ['application/x-www-form-urlencoded', text];

describe('form fields are compared by name', () => {
  it.each<readonly [string, Sent, Sent, readonly Row[]]>([
    ['one value', form('a=1&b=2'), form('a=1&b=3'), ['value /b value']],
    ['a field missing', form('a=1&b=2'), form('a=1'), ['missing /b shape']],
    ['a field repeated', form('a=1&a=2'), form('a=1'), ['duplicate /a value', 'value /a value']],
    ['repeated fields in another order', form('a=1&a=2'), form('a=2&a=1'), ['value /a value', 'value /a value']],
    ['fields in another order', form('a=1&b=2'), form('b=2&a=1'), ['order  wire']],
    ['a space in two spellings', form('a=x+y'), form('a=x%20y'), ['bytes  wire']],
    ['the case of hex digits', form('a=%2f'), form('a=%2F'), ['bytes  wire']],
    ['a plus that is meant', form('a=1%2B1'), form('a=1+1'), ['value /a value']],
    ['names are decoded too', form('%61=1'), form('a=2'), ['value /a value']],
    ['a percent sign alone', form('a=%zz'), form('a=%25zz'), ['bytes  wire']],
    ['an empty value and none', form('a=&b=1'), form('a&b=1'), ['bytes  wire']],
    ['empty fields mean nothing', form('&a=1&&'), form('a=1'), ['bytes  wire']],
    ['invalid bytes', form('a=%ff'), form('a=%fe'), ['encoding /a value']],
    ['letters in UTF-8', form('a=%C3%A9'), form('a=é'), ['bytes  wire']],
    ['quotes and controls', form('a=%22%00'), form('a=%22%01'), ['value /a value']],
    ['a name with a slash', form('a/b=1'), form('a/b=2'), ['value /a~1b value']],
    [
      'a name of every object',
      form('__proto__=1&x=1'),
      form('constructor=1&x=1'),
      ['missing /__proto__ shape', 'extra /constructor shape'],
    ],
    ['a form under another name', form('a=1'), ['text/plain', 'a=2'], ['value /a value']],
    ['no form by name on either side: text', ['text/plain', 'a=1'], ['text/plain', 'a=2'], ['value  value']],
    ['a word under another name', form('a=1'), ['text/plain', 'prose'], ['type  shape']],
    ['brackets in a value', form('a={1}&b=2'), form('a={1}&b=3'), ['value /b value']],
    ['a name in front of brackets', form('a[0]=1'), form('a[0]=2'), ['value /a[0] value']],
    ['a value without a name', form('=1'), form('=2'), ['value / value']],
    ['prose under another name', form('a=1'), ['text/plain', 'a = 2'], ['type  shape']],
    ['JSON under its own name', form('a=1'), ['application/json', '{"a":1}'], ['type  shape']],
    ['JSON under the name of a form', form('a=1'), form('{"a":1}'), ['type  shape']],
  ])('%s', (_, a, b, expected) => {
    expect(rowsOf(a, b)).toEqual(expected);
  });

  it('rules find their places', () => {
    const ignore = [{ pointer: '/t', keep: 'type', reason: null }] as const;
    expect(rowsOf(form('t=1&a=1'), form('t=2&a=2'), { ignore })).toEqual(['value /a value']);
  });

  it('many fields are no trouble', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `f${i}=${i}`).join('&');
    expect(rowsOf(form(text), form(`${text}&x=1`))).toEqual(['extra /x shape']);
  });
});

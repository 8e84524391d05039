import { describe, expect, it } from 'vitest';
import { readPointer } from '../../src/xml/body-pointer.ts';

describe('what a body holds at a pointer', () => {
  it.each([
    ['the text of a string', '{"a":"x\\u00e9\\n"}', '/a', 'xé\n'],
    ['a number as it is spelled', '{"a":1.50}', '/a', '1.50'],
    ['a big number without loss', '{"a":9007199254740993}', '/a', '9007199254740993'],
    ['a literal', '{"a":null}', '/a', 'null'],
    ['an object as its source, in UTF-8', '{"a":{"é":"ü"}}', '/a', '{"é":"ü"}'],
    ['nothing where nothing is', '{"a":1}', '/b', null],
    ['nothing of an invalid pointer', '{"a":1}', 'a', null],
    ['nothing of a body that is neither JSON nor XML', '<html>', '', null],
    ['the text of an element', '<Error><Code>NoSuchKey</Code></Error>', '/Error/Code', 'NoSuchKey'],
    ['the text of an element with attributes', '<r><a b="1">x</a></r>', '/r/a', 'x'],
    ['its text by name', '<r><a>x</a></r>', '/r/a/#text', 'x'],
    ['an attribute', '<r><a b="1">x</a></r>', '/r/a/@b', '1'],
    ['an item of a list of elements', '<r><a>x</a><a>y</a></r>', '/r/a/1', 'y'],
    ['an element that is there once, as a list of one', '<r><a><b>x</b></a></r>', '/r/a/0/b', 'x'],
    ['nothing of an element with elements in it', '<r><a><b>x</b></a></r>', '/r/a', null],
    ['nothing of a list of elements', '<r><a>x</a><a>y</a></r>', '/r/a', null],
    ['nothing beyond a list of one', '<r><a>x</a></r>', '/r/a/1', null],
    ['a text without references and CDATA', '<r>&#65;<![CDATA[<&]]></r>', '/r', 'A<&'],
    [
      'the text of XML that names its charset',
      '<?xml version="1.0" encoding="iso-8859-1"?><r>\u00a9</r>',
      '/r',
      '\u00c2\u00a9',
    ],
    ['nothing of XML that declares entities', '<!DOCTYPE r [<!ENTITY x "y">]><r>&x;</r>', '/r', null],
    ['nothing of no body', '', '', null],
  ])('is %s', (_, body, pointer, text) => {
    expect(readPointer(Buffer.from(body), pointer)?.text ?? null).toBe(text);
  });

  it('tells a string from what looks like its text', () => {
    expect(readPointer(Buffer.from('{"a":"1","b":1}'), '/a')).toEqual({ text: '1', isString: true });
    expect(readPointer(Buffer.from('{"a":"1","b":1}'), '/b')).toEqual({ text: '1', isString: false });
  });
});

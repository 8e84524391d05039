import { describe, expect, it } from 'vitest';
import { readXml, xmlNames } from '../../../src/compare/media/xml.ts';
import { compareSent, type Row, rowsOf, type Sent, sidesOf } from '../bodies.ts';

const xml = (text: string): Sent => ['application/xml', text];

describe('XML is read by its names', () => {
  // Read, it lacks an element on the other side; as mere text it has another value.
  it.each<readonly [string, string]>([
    ['behind a byte-order mark', '\ufeff<a><b/></a>'],
    ['behind a declaration', '<?xml version="1.0"?><a><b/></a>'],
    ['behind an instruction that looks like a tag', '<?x ><a> ?><a><b/></a>'],
    ['behind a comment that looks like a tag', '<!-- <a> --><a><b/></a>'],
    ['behind an empty comment', '<!----><a><b/></a>'],
    ['behind a comment that begins as it ends', '<!--> --><a><b/></a>'],
    ['behind a document type', '<!DOCTYPE a><a><b/></a>'],
    ['behind one with an end in quotes', '<!DOCTYPE a SYSTEM "x>y"><a><b/></a>'],
    ['behind one with an end in other quotes', "<!DOCTYPE a SYSTEM 'x>y'><a><b/></a>"],
    ['behind one with one kind of quotes in the other', `<!DOCTYPE a SYSTEM "'>" '">'><a><b/></a>`],
    ['behind one with declarations', '<!DOCTYPE a [<!ELEMENT a ANY>]><a><b/></a>'],
    ['behind one with sections in brackets', '<!DOCTYPE a [<![INCLUDE[<!ELEMENT a ANY>]]>]><a><b/></a>'],
    ['behind one with an end in an entity', '<!DOCTYPE a [<!ENTITY e "]>">]><a><b/></a>'],
    ['behind one with an end and quotes in a comment', `<!DOCTYPE a [<!-- ]> ' " -->]><a><b/></a>`],
    ['behind one with a comment that begins as it ends', '<!DOCTYPE a [<!--> ]> " -->]><a><b/></a>'],
    ['behind one with an end and quotes in an instruction', `<!DOCTYPE a [<?p ]> ' " ?>]><a><b/></a>`],
    ['around what is quoted', '<a><![CDATA[</a>]]><b/></a>'],
    ['around nothing that is quoted', '<a><![CDATA[]]><b/></a>'],
    ['around a comment', '<a><!-- </a> --><b/></a>'],
    ['around an instruction', '<a><?p </a> ?><b/></a>'],
    ['around an instruction behind its own end', '<a>?><?p </a> ?><b/></a>'],
    ['around what is quoted, behind its own end', '<a>]]><![CDATA[</a>]]><b/></a>'],
    ['around text', '<a>x<b/>y</a>'],
    ['in front of blanks and a comment', '<a><b/></a> <!-- c -->\n'],
  ])('%s', (_, text) => {
    expect(rowsOf(xml(text), xml('<a/>'))).toEqual(['missing /a/b shape']);
  });

  it.each<readonly [string, string]>([
    ['two roots', '<a><b/></a><c/>'],
    ['one root twice', '<a><b/></a><a/>'],
    ['text before the root', 'x<a><b/></a>'],
    ['text behind the root', '<a><b/></a>x'],
    ['quoted text before the root', '<![CDATA[x]]><a><b/></a>'],
    ['quoted text behind the root', '<a><b/></a><![CDATA[x]]>'],
    ['a document type behind the root', '<a><b/></a><!DOCTYPE a>'],
    ['an element without an end', '<a><b/>'],
    ['an element that ends another', '<a><b></a></b>'],
    ['an end without a name', '<a><b/></></a>'],
    ['an end that is empty', '<a><b/></a/>'],
    ['an end too many', '<a><b/></a></a>'],
    ['an attribute twice', '<a b="1" b="2"><b/></a>'],
    ['an attribute without a value', '<a b><b/></a>'],
    ['a blank before a name', '< a><b/></a>'],
    ['a comment without an end', '<a><b/></a><!-- '],
    ['an instruction without an end', '<a><b/></a><?p '],
    ['quoted text without an end', '<a><b/><![CDATA[</a>'],
    ['a document type without an end', '<!DOCTYPE a [<a><b/></a>'],
    ['quotes without an end', '<!DOCTYPE a "><a><b/></a>'],
    ['a comment in a document type without an end', '<!DOCTYPE a [<!-- ]><a><b/></a>'],
    ['an instruction in one without an end', '<!DOCTYPE a [<?p ]><a><b/></a>'],
    ['nothing but a comment', '<!-- <a><b/></a> -->'],
  ])('but for %s, which is text', (_, text) => {
    expect(rowsOf(xml(text), xml('<a/>'))).toEqual(['value  value']);
  });
});

describe('XML is compared by its names at shape, as text at value', () => {
  it.each<readonly [string, Sent, Sent, readonly Row[]]>([
    ['the same', xml('<a/>'), xml('<a/>'), []],
    ['another text', xml('<a><b>1</b></a>'), xml('<a><b>2</b></a>'), ['value  value']],
    ['another value of an attribute', xml('<a b="1"/>'), xml('<a b="2"/>'), ['value  value']],
    ['the order of attributes is text', xml('<a b="1" c="2"/>'), xml('<a c="2" b="1"/>'), ['value  value']],
    ['the way an empty element is written is text', xml('<a/>'), xml('<a></a>'), ['value  value']],
    ['one more of the same elements', xml('<a><b/></a>'), xml('<a><b/><b/></a>'), ['value  value']],
    ['elements in another order', xml('<a><b/><c/></a>'), xml('<a><c/><b/></a>'), ['value  value']],
    ['an element missing', xml('<a><b/><c/></a>'), xml('<a><b/></a>'), ['missing /a/c shape']],
    ['a whole branch missing is told once', xml('<a><b><c d="1"/></b></a>'), xml('<a></a>'), ['missing /a/b shape']],
    ['an attribute missing', xml('<a><b c="1"/></a>'), xml('<a><b/></a>'), ['missing /a/b/@c shape']],
    [
      'an element with another name',
      xml('<a><b/></a>'),
      xml('<a><c/></a>'),
      ['missing /a/b shape', 'extra /a/c shape'],
    ],
    ['another root', xml('<a><b/></a>'), xml('<z><b/></z>'), ['missing /a shape', 'extra /z shape']],
    [
      'an attribute where an element was',
      xml('<a><b/></a>'),
      xml('<a b=""/>'),
      ['missing /a/b shape', 'extra /a/@b shape'],
    ],
    [
      'the same names, composed otherwise',
      xml('<l><i><a/></i><i><b/></i></l>'),
      xml('<l><i><a/><b/></i></l>'),
      ['type  shape'],
    ],
    [
      'comments, declarations and the document type are text',
      xml('<a/>'),
      xml('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "x>y"><!-- don\'t -->]><!-- c --><a/>'),
      ['value  value'],
    ],
    [
      'tags in CDATA and comments are none',
      xml('<a><![CDATA[<b>]]><!-- <c> --></a>'),
      xml('<a>x</a>'),
      ['value  value'],
    ],
    ['other names of XML', ['application/atom+xml', '<a><b/></a>'], ['image/svg+xml', '<a/>'], ['missing /a/b shape']],
    [
      'the name of an element is not run together with that of an attribute',
      xml('<r><a b=""/></r>'),
      xml('<r><ab/></r>'),
      ['missing /r/a shape', 'extra /r/ab shape'],
    ],
    ['XML that says so on one side', xml('<a><b/></a>'), ['text/plain', '<a/>'], ['missing /a/b shape']],
    ['XML that says so on neither side: text', ['text/plain', '<a><b/></a>'], ['text/plain', '<a/>'], ['value  value']],
    [
      'a charset that text of another type names itself means nothing',
      ['text/plain', '<?xml version="1.0" encoding="ISO-8859-1"?><é/>'],
      ['text/plain', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><é/>', 'latin1')],
      ['type  shape'],
    ],
    [
      'nor one that is named further on',
      xml('<a/><?xml version="1.0" encoding="ISO-8859-1"?>é'),
      ['text/xml', Buffer.from('<a/><?xml version="1.0" encoding="ISO-8859-1"?>é', 'latin1')],
      ['type  shape'],
    ],
    [
      'a charset with blanks around it',
      xml('<?xml version="1.0" encoding = "utf-8"?><é/>'),
      ['text/xml', Buffer.from('<?xml version="1.0" encoding = "ISO-8859-1"?><é/>', 'latin1')],
      ['value  value'],
    ],
    [
      'a zero byte is no text, in whatever case the charset is named',
      xml('<?xml version="1.0" encoding="UTF-8"?><a>\0</a>'),
      xml('<?xml version="1.0" encoding="UTF-8"?><b>\0</b>'),
      ['bytes  value'],
    ],
    ['malformed on one side: text', xml('<a><b></a>'), xml('<a></a>'), ['value  value']],
    ['malformed on both sides: text', xml('<a'), xml('<b'), ['value  value']],
    ['JSON in its stead', xml('<a/>'), xml('{"a":1}'), ['type  shape']],
    [
      'two charsets',
      ['application/xml; charset=iso-8859-1', Buffer.from('<a>é</a>', 'latin1')],
      xml('<a>é</a>'),
      ['bytes  wire'],
    ],
    [
      'a charset that it names itself',
      xml('<?xml version="1.0" encoding="utf-8"?><é/>'),
      ['text/xml', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><é/>', 'latin1')],
      ['value  value'],
    ],
    ['HTML is text', ['text/html', '<p><b>1</b>'], ['text/html', '<p><i>1</i>'], ['value  value']],
  ])('%s', (_, a, b, expected) => {
    expect(rowsOf(a, b)).toEqual(expected);
  });

  it('lists as many names of one side as of the other, and counts the rest', () => {
    const wide = (letter: string) =>
      xml(`<r>${Array.from({ length: 600 }, (_, i) => `<${letter}${i}/>`).join('')}</r>`);
    const found = compareSent(wide('a'), wide('b'));
    expect(found.divergences.filter(({ kind }) => kind === 'missing')).toHaveLength(500);
    expect(found.divergences.filter(({ kind }) => kind === 'extra')).toHaveLength(500);
    expect(found).toMatchObject({ omitted: 200, lowest: 'shape' });
  });

  it('shows that names are composed in another way', () => {
    const told = 'the same names, composed in another way';
    expect(sidesOf(xml('<l><i><a/></i><i><b/></i></l>'), xml('<l><i><a/><b/></i></l>'))).toEqual([[told, told]]);
  });

  it('shows what is missing', () => {
    expect(sidesOf(xml('<a><b/></a>'), xml('<a c="1"/>'))).toEqual([
      ['<b>', null],
      [null, 'c="…"'],
    ]);
  });

  it('rules find their places', () => {
    const ignore = [{ pointer: '/a/b', keep: 'nothing', reason: null }] as const;
    expect(rowsOf(xml('<a><b/><c/></a>'), xml('<a/>'), { ignore })).toEqual(['missing /a/c shape']);
    expect(rowsOf(xml('<a><b/></a>'), xml('<a/>'), { ignore })).toEqual(['value  value']);
  });

  const order = (at: string, n: string, more = '') =>
    xml(`<order at="${at}">\n  <ts zone="${at}">${at}</ts>\n  <n>${n}</n>${more}\n</order>`);
  const [here, there] = [order('1', '5'), order('2', '5')];

  it.each<readonly [string, readonly string[], 'type' | 'nothing', Sent, Sent, readonly string[]]>([
    ['no rule', [], 'type', here, there, ['value  value']],
    ['all that differs', ['/order/@at', '/order/ts'], 'type', here, there, ['bytes  wire']],
    ['an element, but not an attribute around it', ['/order/ts'], 'type', here, there, ['value  value']],
    [
      'an attribute, but not the text beside it',
      ['/order/@at', '/order/ts/@zone'],
      'type',
      here,
      there,
      ['value  value'],
    ],
    ['everything', ['/order'], 'type', here, order('2', '6'), ['bytes  wire']],
    ['places by pattern', ['/**/ts', '/*/@at'], 'type', here, there, ['bytes  wire']],
    ['all but a number', ['/order/@at', '/order/ts'], 'type', here, order('2', '6'), ['value  value']],
    ['values, but not a name below', ['/order'], 'type', here, order('1', '5', '<x/>'), ['extra /order/x shape']],
    ['an element that one side lacks', ['/order/x'], 'nothing', here, order('1', '5', '\n  <x/>'), ['bytes  wire']],
    [
      'what is in one',
      ['/order/x'],
      'nothing',
      order('1', '5', '<x a="1"><y/></x>'),
      order('1', '5', '<x>z</x>'),
      ['bytes  wire'],
    ],
    ['an attribute that one side lacks', ['/a/@b'], 'nothing', xml('<a b="1"/>'), xml('<a/>'), ['bytes  wire']],
    ['one below', ['/a'], 'nothing', xml('<a b="1"/>'), xml('<a/>'), ['bytes  wire']],
    ['what is quoted', ['/a/b'], 'type', xml('<a><b><![CDATA[<1>]]></b></a>'), xml('<a><b>2</b></a>'), ['bytes  wire']],
    [
      'an element beside one of that name',
      ['/a/b'],
      'type',
      xml('<a><b>1</b><c><b>1</b></c></a>'),
      xml('<a><b>2</b><c><b>2</b></c></a>'),
      ['value  value'],
    ],
  ])('a rule ignores %s', (_, pointers, keep, a, b, expected) => {
    const ignore = pointers.map((pointer) => ({ pointer, keep, reason: null }));
    expect(rowsOf(a, b, { ignore })).toEqual(expected);
    const twisted: Record<string, string> = { extra: 'missing', missing: 'extra' };
    expect(rowsOf(b, a, { ignore })).toEqual(
      expected.map((row) => row.replace(/^\w+/, (kind) => twisted[kind] ?? kind)),
    );
  });

  it('is bounded on hostile documents', () => {
    const deep = (name: string, levels: number) => `<${name}>`.repeat(levels) + `</${name}>`.repeat(levels);
    expect(rowsOf(xml(deep('a', 50_000)), xml(deep('a', 49_999)))).toEqual([
      expect.stringMatching(/^missing (?:\/a)+ shape$/),
    ]);
    expect(rowsOf(xml(deep('a', 100_001)), xml(deep('a', 100_000)))).toEqual(['value  value']);
    const wide = (from: number) => `<r>${Array.from({ length: 3000 }, (_, i) => `<e${i + from}/>`).join('')}</r>`;
    expect(rowsOf(xml(wide(0)), xml(wide(3000)))).toHaveLength(1000);
    const bomb = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;&y;</a>';
    expect(rowsOf(xml(bomb), xml('<a/>'))).toEqual(['value  value']);
  });
});

describe('what is well-formed', () => {
  it.each<readonly [string, boolean]>([
    ['<a/>', true],
    [' <a b = "1" c=\'>\' />\n', true],
    ['\ufeff<?xml version="1.0"?>\n<a></a >', true],
    ['<ns:a xmlns:ns="u"><ns:b/></ns:a>', true],
    ['', false],
    ['text', false],
    ['<a/><b/>', false],
    ['<a/>text', false],
    ['<a></b>', false],
    ['<a', false],
    ['<a b></a>', false],
    ['<a b=1/>', false],
    ['<a b="1" b="2"/>', false],
    ['<a b="1"c="2"/>', false],
    ['<a b="<"/>', false],
    ['<a><!-- </a>', false],
    ['<a><![CDATA[ </a>', false],
    ['<!DOCTYPE a [ <a/>', false],
    ['<a/><!DOCTYPE a>', false],
    ['</a>', false],
    ['<a></a/>', false],
    ['< a/>', false],
    [`<a${' '.repeat(100_000)}`, false],
    [`<a ${'b'.repeat(100_000)}`, false],
    ['<'.repeat(100_000), false],
  ])('%.40s', (text, expected) => {
    expect(
      readXml(
        text,
        xmlNames(() => null),
      ) !== null,
    ).toBe(expected);
  });
});

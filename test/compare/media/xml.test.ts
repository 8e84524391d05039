import { describe, expect, it } from 'vitest';
import { compareSent, type Row, rowsOf, type Sent, sidesOf } from '../bodies.ts';

const xml = (text: string): Sent => ['application/xml', text];
const bytes = ['bytes  wire'];

describe('two spellings of one XML document are equal at value and differ at wire', () => {
  it.each<readonly [string, string, string]>([
    ['quotes of attributes', '<a b="1"/>', "<a b='1'/>"],
    ['the order of attributes', '<a b="1" c="2"/>', '<a c="2" b="1"/>'],
    ['white space in a tag', '<a b="1"></a>', '<a  b = "1" ></a >'],
    ['an empty-element tag', '<a/>', '<a></a>'],
    ['CDATA', '<a>x &amp; y</a>', '<a><![CDATA[x & y]]></a>'],
    ['CDATA in a part of a text', '<a>x &lt; y</a>', '<a>x <![CDATA[<]]> y</a>'],
    ['a character reference', '<a>A</a>', '<a>&#65;</a>'],
    ['a hexadecimal character reference in an attribute', '<a b="A"/>', '<a b="&#x41;"/>'],
    ['a predefined entity', '<a>\'"</a>', '<a>&apos;&quot;</a>'],
    ['the XML declaration', '<a/>', '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<a/>'],
    ['indentation', '<r><a>1</a><b><c/></b></r>', '<r>\n  <a>1</a>\n  <b>\n\t<c/>\n  </b>\n</r>\n'],
    ['a line feed at the end', '<a/>', '<a/>\n'],
    ['line ends in a text', '<a>1\n2</a>', '<a>1\r\n2</a>'],
    ['a prefix', '<p:a xmlns:p="u"><p:b/></p:a>', '<q:a xmlns:q="u"><q:b/></q:a>'],
    ['a prefix for the default namespace', '<a xmlns="u"><b/></a>', '<p:a xmlns:p="u"><p:b/></p:a>'],
    ['the prefix of an attribute', '<a xmlns:x="u" x:b="1"/>', '<a xmlns:y="u" y:b="1"/>'],
    ['the place of a declaration', '<p:a xmlns:p="u"><p:b/></p:a>', '<a xmlns="u"><b xmlns="u"/></a>'],
    ['a declaration that nothing uses', '<a/>', '<a xmlns:p="u"/>'],
    ['comments', '<a>x<b/></a>', '<!-- 1 --><a>x<!-- 2 --><b/></a>'],
  ])('%s', (_, a, b) => {
    expect(rowsOf(xml(a), xml(b))).toEqual(bytes);
  });
});

describe('every place of an XML document is compared for itself', () => {
  it.each<readonly [string, string, string, readonly Row[]]>([
    ['a text', '<r><a>1</a></r>', '<r><a>2</a></r>', ['value /r/a value']],
    [
      'an element and a text',
      '<r><own/><total>5</total></r>',
      '<r><total>6</total></r>',
      ['missing /r/own shape', 'value /r/total value'],
    ],
    ['numbers are texts', '<a>5</a>', '<a>5.0</a>', ['value /a value']],
    ['white space in a text', '<a>x y</a>', '<a>x  y</a>', ['value /a value']],
    ['white space alone is a text', '<r><a> </a></r>', '<r><a/></r>', ['value /r/a value']],
    [
      'white space between elements that xml:space preserves',
      '<a xml:space="preserve"> <b/></a>',
      '<a xml:space="preserve"><b/></a>',
      ['missing /a/#text shape'],
    ],
    ['an attribute', '<a b="1"/>', '<a b="2"/>', ['value /a/@b value']],
    ['an attribute missing', '<a><b c="1">x</b></a>', '<a><b>x</b></a>', ['missing /a/b/@c shape']],
    [
      'an attribute and the text beside it',
      '<a b="1">x</a>',
      '<a b="2">y</a>',
      ['value /a/@b value', 'value /a/#text value'],
    ],
    ['an element without text beside one with text', '<a b="1"/>', '<a b="1">x</a>', ['value /a/#text value']],
    ['an element missing', '<a><b/><c/></a>', '<a><b/></a>', ['missing /a/c shape']],
    ['a whole branch missing is one divergence', '<a><b><c d="1"/></b></a>', '<a></a>', ['missing /a/b shape']],
    ['another name', '<a><b/></a>', '<a><c/></a>', ['missing /a/b shape', 'extra /a/c shape']],
    ['another root', '<a><b/></a>', '<z><b/></z>', ['missing /a shape', 'extra /z shape']],
    ['an attribute where an element was', '<a><b/></a>', '<a b=""/>', ['missing /a/b shape', 'extra /a/@b shape']],
    ['an item more is no other type', '<r><i/></r>', '<r><i/><i/></r>', ['extra /r/i/1 value']],
    ['an item less', '<r><i>1</i><i>2</i><i>3</i></r>', '<r><i>1</i><i>3</i></r>', ['missing /r/i/1 value']],
    [
      'a value in an item',
      '<r><i><n>1</n></i><i><n>2</n></i></r>',
      '<r><i><n>1</n></i><i><n>3</n></i></r>',
      ['value /r/i/1/n value'],
    ],
    ['items in another order', '<r><i>1</i><i>2</i></r>', '<r><i>2</i><i>1</i></r>', ['order /r/i value']],
    ['children in another order', '<r><a/><b/></r>', '<r><b/><a/></r>', ['order /r value']],
    [
      'children in another order, deep in an item',
      '<r><i><a/><b/></i><i/></r>',
      '<r><i><b/><a/></i><i/></r>',
      ['order /r/i/0 value'],
    ],
    ['children of one name apart', '<r><a/><b/><a/></r>', '<r><a/><a/><b/></r>', ['order /r/#order value']],
    ['a text between elements', '<p>x<b/>y</p>', '<p>x<b/>z</p>', ['value /p/#text/1 value']],
    ['a text on the other side of an element', '<p>x<b/></p>', '<p><b/>x</p>', ['order /p value']],
    ['another namespace', '<a xmlns="u"><b/></a>', '<a xmlns="v"><b/></a>', ['value /a/@xmlns value']],
    ['no namespace', '<a xmlns="u"><b>1</b></a>', '<a><b>2</b></a>', ['missing /a/@xmlns shape', 'value /a/b value']],
    ['another namespace for one prefix', '<p:a xmlns:p="u"/>', '<p:a xmlns:p="v"/>', ['value /a/@xmlns value']],
    [
      'another namespace of an attribute',
      '<a xmlns:p="u" p:b="1"/>',
      '<a b="1"/>',
      ['missing /a/@{u}b shape', 'extra /a/@b shape'],
    ],
    [
      'a processing instruction',
      '<?x 1?><a><?y 2?></a>',
      '<?x 2?><a><?y 3?></a>',
      ['value /?x value', 'value /a/?y value'],
    ],
    ['the document type', '<!DOCTYPE a><a/>', '<a/>', ['missing /!DOCTYPE shape']],
    ['a byte-order mark', '\ufeff<a/>', '<a/>', ['encoding  value']],
  ])('%s', (_, a, b, expected) => {
    expect(rowsOf(xml(a), xml(b))).toEqual(expected);
  });

  it('shows the text of an element and the element that one side lacks', () => {
    const [a, b] = [xml('<r><a>1</a><b c="2"><d>3</d></b></r>'), xml('<r><a>x &lt; y</a></r>')];
    expect(sidesOf(a, b)).toEqual([
      ['{"@c":"2","d":"3"}', null],
      ['"1"', '"x < y"'],
    ]);
  });
});

describe('which bodies are XML', () => {
  const broken = '<a><b></a>';
  it.each<readonly [string, Sent, Sent, readonly Row[]]>([
    ['other names of XML', ['application/atom+xml', '<a><b/></a>'], ['image/svg+xml', '<a/>'], ['missing /a/b shape']],
    ['XML that one side names', xml('<a><b/></a>'), ['text/plain', '<a/>'], ['missing /a/b shape']],
    ['XML that neither side names is text', ['text/plain', '<a><b/></a>'], ['text/plain', '<a/>'], ['value  value']],
    ['HTML is text', ['text/html', '<p><b>1</b>'], ['text/html', '<p><i>1</i>'], ['value  value']],
    ['malformed on one side fails the shape', xml(broken), xml('<a></a>'), ['type  shape']],
    ['malformed on both sides is text', xml(broken), xml('<b'), ['value  value']],
    ['JSON on one side fails the shape', xml('<a/>'), xml('{"a":""}'), ['type  shape']],
    ['two charsets', ['text/xml; charset=iso-8859-1', Buffer.from('<a>é</a>', 'latin1')], xml('<a>é</a>'), bytes],
    [
      'a charset that it names itself',
      xml('<?xml version="1.0" encoding = "utf-8"?><é/>'),
      ['text/xml', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><é/>', 'latin1')],
      bytes,
    ],
    ['a zero byte is not text', xml('<a>\0</a>'), xml('<b>\0</b>'), ['bytes  value']],
  ])('%s', (_, a, b, expected) => {
    expect(rowsOf(a, b)).toEqual(expected);
  });

  it('says that a body is not well-formed', () => {
    expect(sidesOf(xml('<a/>'), xml(broken))).toEqual([
      ['<a/>', 'the content type says application/xml, the body is not well-formed XML: <a><b></a>'],
    ]);
  });
});

describe('rules reach into XML', () => {
  const order = (at: string, n: string, more = '') =>
    xml(`<order at="${at}">\n  <ts zone="${at}">${at}</ts>\n  <n>${n}</n>${more}\n</order>`);
  const [here, there] = [order('1', '5'), order('2', '5')];

  it.each<readonly [string, readonly string[], 'type' | 'nothing', Sent, Sent, readonly string[]]>([
    ['all that differs', ['/order/@at', '/order/ts'], 'type', here, there, bytes],
    ['an element, but not an attribute around it', ['/order/ts'], 'type', here, there, ['value /order/@at value']],
    [
      'an attribute, but not the text beside it',
      ['/order/@at', '/order/ts/@zone'],
      'type',
      here,
      there,
      ['value /order/ts/#text value'],
    ],
    ['everything', ['/order'], 'type', here, order('2', '6'), bytes],
    ['places by pattern', ['/**/ts', '/*/@at'], 'type', here, there, bytes],
    ['all but a number', ['/order/@at', '/order/ts'], 'type', here, order('2', '6'), ['value /order/n value']],
    ['values, but not a name below', ['/order'], 'type', here, order('1', '5', '<x/>'), ['extra /order/x shape']],
    ['an element that one side lacks', ['/order/x'], 'nothing', here, order('1', '5', '<x/>'), bytes],
    ['an attribute that one side lacks', ['/a/@b'], 'nothing', xml('<a b="1"/>'), xml('<a/>'), bytes],
    [
      'the place of an ignored element',
      ['/a/b'],
      'nothing',
      xml('<a><b/><c/><d/></a>'),
      xml('<a><c/><d/><b/></a>'),
      bytes,
    ],
    [
      'an item of a list',
      ['/r/i/*/t'],
      'type',
      xml('<r><i><t>1</t></i><i/></r>'),
      xml('<r><i><t>2</t></i><i/></r>'),
      bytes,
    ],
    [
      'an item of a list of one',
      ['/r/i/*/t'],
      'type',
      xml('<r><i><t>1</t></i></r>'),
      xml('<r><i><t>2</t></i></r>'),
      bytes,
    ],
    [
      'that item, but not the element around it',
      ['/r/i/*/t'],
      'type',
      xml('<r><i u="1"><t>1</t></i></r>'),
      xml('<r><i u="2"><t>2</t></i></r>'),
      ['value /r/i/@u value'],
    ],
  ])('a rule ignores %s', (_, pointers, keep, a, b, expected) => {
    const ignore = pointers.map((pointer) => ({ pointer, keep, reason: null }));
    expect(rowsOf(a, b, { ignore })).toEqual(expected);
  });

  const [forth, back] = [xml('<r><i>1</i><i>2</i></r>'), xml('<r><i>2</i><i>1</i></r>')];
  it('a list may be unordered, and so may the children of an element', () => {
    const unordered = (pointer: string) => ({ unordered: [{ pointer, key: null, reason: null }] });
    expect(rowsOf(forth, back, unordered('/r/i'))).toEqual(bytes);
    expect(rowsOf(xml('<r><a/><b/></r>'), xml('<r><b/><a/></r>'), unordered('/r'))).toEqual(bytes);
  });

  it('an attribute may say which items of an unordered list belong together', () => {
    const items = (...all: [string, string][]) =>
      xml(`<r>${all.map(([id, n]) => `<i id="${id}">${n}</i>`).join('')}</r>`);
    const unordered = [{ pointer: '/r/i', key: '@id', reason: null }];
    expect(rowsOf(items(['a', '1'], ['b', '2']), items(['c', '3'], ['a', '1']), { unordered })).toEqual([
      'missing /r/i/1 value',
      'extra /r/i/0 value',
    ]);
  });

  it('a part of a text is replaced', () => {
    const replace = [{ pointer: '/r/t', pattern: '\\d+', with: 'N', reason: null }];
    expect(rowsOf(xml('<r><t>id 1</t></r>'), xml('<r><t>id 2</t></r>'), { replace })).toEqual(bytes);
  });

  it('a tolerance is for numbers, and texts of XML are none', () => {
    const tolerance = [{ pointer: '/r/t', absolute: 1, relative: null, reason: null }];
    expect(rowsOf(xml('<r><t>1</t></r>'), xml('<r><t>2</t></r>'), { tolerance })).toEqual(['value /r/t value']);
  });
});

describe('real documents', () => {
  const fault = (prefix: string, code: string) =>
    xml(`<?xml version="1.0"?><${prefix}:Envelope xmlns:${prefix}="http://schemas.xmlsoap.org/soap/envelope/">
  <${prefix}:Body><${prefix}:Fault><faultcode>Server</faultcode><faultstring>no</faultstring>
  <detail><e:code xmlns:e="urn:e">${code}</e:code></detail></${prefix}:Fault></${prefix}:Body></${prefix}:Envelope>`);
  const status = (prefix: string, href: string) =>
    `<${prefix}:response><${prefix}:href>${href}</${prefix}:href><${prefix}:propstat><${prefix}:prop><${prefix}:getetag>"1"</${prefix}:getetag></${prefix}:prop><${prefix}:status>HTTP/1.1 200 OK</${prefix}:status></${prefix}:propstat></${prefix}:response>`;
  const multistatus = (prefix: string, ...hrefs: string[]) =>
    xml(
      `<${prefix}:multistatus xmlns:${prefix}="DAV:">${hrefs.map((href) => status(prefix, href)).join('\n')}</${prefix}:multistatus>`,
    );
  const noSuchKey = (more: string) => xml(`<Error><Code>NoSuchKey</Code><Key>a</Key>${more}</Error>`);

  it.each<readonly [string, Sent, Sent, readonly Row[]]>([
    ['a SOAP fault with another prefix', fault('soap', '1'), fault('SOAP-ENV', '1'), bytes],
    [
      'a SOAP fault with another code',
      fault('soap', '1'),
      fault('S', '2'),
      ['value /Envelope/Body/Fault/detail/code value'],
    ],
    ['a WebDAV multistatus with another prefix', multistatus('D', '/a', '/b'), multistatus('d', '/a', '/b'), bytes],
    [
      'another href in it',
      multistatus('D', '/a', '/b'),
      multistatus('d', '/a', '/c'),
      ['value /multistatus/response/1/href value'],
    ],
    [
      'one response less',
      multistatus('D', '/a', '/b'),
      multistatus('D', '/a'),
      ['missing /multistatus/response/1 value'],
    ],
    [
      'an S3 error with another member',
      noSuchKey('<HostId>x</HostId>'),
      noSuchKey(''),
      ['missing /Error/HostId shape'],
    ],
    [
      'an S3 error of another namespace',
      noSuchKey(''),
      xml('<Error xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Code>NoSuchKey</Code><Key>b</Key></Error>'),
      ['extra /Error/@xmlns shape', 'value /Error/Key value'],
    ],
  ])('%s', (_, a, b, expected) => {
    expect(rowsOf(a, b)).toEqual(expected);
  });
});

describe('hostile XML is bounded', () => {
  const deep = (name: string, levels: number) => `<${name}>`.repeat(levels) + `</${name}>`.repeat(levels);
  const bomb = (n: number) =>
    `<!DOCTYPE a [<!ENTITY x0 "x">${Array.from({ length: n }, (_, i) => `<!ENTITY x${i + 1} "&x${i};&x${i};">`).join('')}]><a>&x${n};</a>`;

  it('a document nests 100,000 levels and no more', () => {
    expect(rowsOf(xml(deep('a', 50_000)), xml(deep('a', 49_999)))).toEqual([
      expect.stringMatching(/^missing (?:\/a)+ shape$/),
    ]);
    expect(rowsOf(xml(deep('a', 100_001)), xml(deep('a', 100_002)))).toEqual(['value  value']);
  });

  it('if one document has more than 4 Mi characters, both are compared as text', () => {
    const long = (length: number) => xml(`<a>${'x'.repeat(length - 7)}</a>`);
    const most = 4 * 1024 * 1024;
    expect(rowsOf(long(most), long(most - 1))).toEqual(['value /a value']);
    expect(rowsOf(long(most + 1), long(most))).toEqual(['value  value']);
  });

  it('200,000 empty elements are compared one by one', () => {
    const many = (end: string) => xml(`<r>${'<a/>'.repeat(200_000)}${end}</r>`);
    expect(rowsOf(many('<a></a>'), many('<a/>'))).toEqual(bytes);
    expect(rowsOf(many('<a/>'), many('<a>x</a>'))).toEqual(['value /r/a/200000 value']);
  });

  it('divergences are listed up to a limit, and counted beyond it', () => {
    const wide = (letter: string) =>
      xml(`<r>${Array.from({ length: 3000 }, (_, i) => `<${letter}${i}/>`).join('')}</r>`);
    const found = compareSent(wide('a'), wide('b'));
    expect(found.divergences).toHaveLength(2000);
    expect(found).toMatchObject({ omitted: 4000, lowest: 'shape' });
  });

  it('declarations of entities are not read: such a document is text', () => {
    expect(rowsOf(xml(bomb(60)), xml(bomb(61)))).toEqual(['value  value']);
    const external = (file: string) => `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///${file}">]><a>&x;</a>`;
    expect(rowsOf(xml(external('a')), xml(external('b')))).toEqual(['value  value']);
  });

  it('a document that declares entities on one side is not of one kind with one that is read', () => {
    expect(sidesOf(xml('<a/>'), xml(bomb(1)))[0]?.[1]).toContain(
      'the body is XML with declarations in its document type, which are not read: <!DOCTYPE a',
    );
  });

  it.each([
    ['an entity that nobody declares', '<a>&x;</a>'],
    ['a prefix that nobody declares', '<p:a/>'],
    ['an attribute twice under two prefixes', '<a xmlns:p="u" xmlns:q="u" p:b="" q:b=""/>'],
    ['many blanks in a tag without an end', `<a${' '.repeat(100_000)}`],
    ['a long name without an end', `<a ${'b'.repeat(100_000)}`],
    ['many begins of tags', '<'.repeat(100_000)],
    ['two roots', '<a/><b/>'],
    ['text behind the root', '<a/>x'],
    ['a document type behind the root', '<a/><!DOCTYPE a>'],
    ['a comment without an end', '<a/><!-- '],
    ['CDATA without an end', '<a><![CDATA[</a>'],
    ['a control character', '<a>\u0001</a>'],
  ])('%s is not well-formed', (_, text) => {
    expect(rowsOf(xml('<a/>'), xml(text))).toEqual(['type  shape']);
  });
});

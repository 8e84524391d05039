import { expect, test } from 'vitest';
import { answerParts } from '../../src/assurance/answer-parts.ts';
import { bodyPlaces } from '../../src/assurance/body-places.ts';
import { heldShapes } from '../../src/assurance/shape-coverage.ts';
import { anyBody, headerShape, markupShape, nullMark, shapeHash } from '../../src/findings/within.ts';

const bodies: readonly (readonly [route: string, body: string | null])[] = [
  ['GET /items', '{"items":[{"name":"a","tags":[]}]}'],
  ['GET /empty', '{"items":[],"user":null}'],
  ['GET /text', 'up'],
  ['GET /nothing', ''],
  ['GET /a\nb', '{"a/b":{"7":{"x":1}}}'],
];

function held(more: typeof bodies = []) {
  const places = bodyPlaces();
  for (const [route, body] of [...bodies, ...more]) places.add(route, 3, body === null ? null : Buffer.from(body));
  const parts = answerParts();
  parts.add('GET /text', ['x/y'], 2);
  parts.add('GET /nothing', [], 0);
  const markup = bodyPlaces();
  markup.add('GET /xml', 3, Buffer.from('{"r":{"i":[{"t":"1"},{"#text":"x","@id":"2"}]}}'));
  const holds = heldShapes({ places: places.seen, markup: markup.seen, parts: parts.seen });
  const word = (shape: string) =>
    shape.endsWith(nullMark) ? `${shapeHash(shape.slice(0, -1))}${nullMark}` : shapeHash(shape);
  return (route: string, ...shapes: string[]) => holds(route, shapes.map(word));
}

test.each([
  ['an item', 'GET /items', ['', '/items', '/items/*', '/items/*/tags'], true],
  ['an item of an empty list', 'GET /items', ['/items/*/tags/*'], false],
  ['one that is there and one that is not', 'GET /items', ['/items', '/users'], false],
  ['an empty list', 'GET /empty', ['/items'], true],
  ['an item of a list that is empty there', 'GET /empty', ['/items/*'], false],
  ['an object that is null', 'GET /empty', ['/user'], false],
  ['null, where null will do', 'GET /empty', ['/user-'], true],
  ['a value, where null will do', 'GET /items', ['/items/*/name-'], true],
  ['a member that is not there, where null will do', 'GET /empty', ['/name-'], false],
  ['null on one route, of any', '*', ['/user-'], true],
  ['a body of any kind', 'GET /text', [anyBody], true],
  ['a body of any kind, where all are empty', 'GET /nothing', [anyBody], false],
  ['a header', 'GET /text', [headerShape('x~1y')], true],
  ['a header that another route has', 'GET /nothing', [headerShape('x~1y')], false],
  ['a header of any route', '*', [headerShape('x~1y')], true],
  [
    'an element, alone or in a list',
    'GET /xml',
    ['/r/i/t', '/r/i/1/t', '/r/i/0/#text', '/r/i/@id'].map(markupShape),
    true,
  ],
  ['an element that is not there', 'GET /xml', [markupShape('/r/i/u')], false],
  ['a place of JSON in XML', 'GET /xml', ['/r/i'], false],
  ['an element in JSON', 'GET /items', [markupShape('/items')], false],
  ['a body that is not JSON', 'GET /text', [''], false],
  ['no body', 'GET /nothing', [''], false],
  ['a route that nobody answered', 'GET /other', [''], false],
  ['nothing at all', 'GET /other', [], true],
  ['what any route has', '*', ['/items/*', '/user', '/a~1b/*'], false],
  ['what some routes have', '*', ['/items/*', '/a~1b/*'], true],
  ['a route as the tracker shows it', 'GET /a\\nb', ['/a~1b/*'], true],
])('%s is held or not', (_what, route, shapes, is) => {
  expect(held()(route, ...shapes)).toBe(is);
});

test('what a candidate alone has is not held', () => {
  const places = bodyPlaces();
  places.add('GET /a', 1, Buffer.from('{"items":[]}'));
  places.add('GET /a', 2, Buffer.from('{"items":[1]}'));
  const holds = heldShapes({ places: places.seen, markup: bodyPlaces().seen, parts: answerParts().seen });
  expect([holds('GET /a', [shapeHash('/items')]), holds('GET /a', [shapeHash('/items/*')])]).toEqual([true, false]);
});

test('where a body could not be looked into, it may hold anything', () => {
  const holds = held([['GET /text', null]]);
  expect([holds('GET /text', '/x'), holds('*', '/x'), holds('GET /empty', '/x')]).toEqual([true, true, false]);
  const deep = held([['GET /empty', `${'{"a":'.repeat(50)}1${'}'.repeat(50)}`]]);
  expect(deep('GET /empty', '/x')).toBe(true);
});

import { describe, expect, it } from 'vitest';
import { routeOf, routesFor } from '../../src/findings/route.ts';

const templates = ['/v1/objects/{key...}', '/v1/users/{user}', '/v1/users/{user}/posts/{post}', '/exact'];

const rows: readonly (readonly [why: string, path: string, route: string])[] = [
  ['a template of one segment', '/v1/users/ada', '/v1/users/{user}'],
  ['a template of several', '/v1/users/ada/posts/first', '/v1/users/{user}/posts/{post}'],
  ['a template of all the rest', '/v1/objects/a/b/c.txt', '/v1/objects/{key...}'],
  ['the rest may be one empty segment', '/v1/objects/', '/v1/objects/{key...}'],
  ['the rest may not be missing', '/v1/objects', '/v1/objects'],
  ['a named segment may not be empty', '/v1/users/', '/v1/users/'],
  ['a longer path is another route', '/v1/users/ada/likes', '/v1/users/ada/likes'],
  ['a template without names', '/exact', '/exact'],
  ['a template goes before the folding of ids', '/v1/users/17', '/v1/users/{user}'],
  ['numbers', '/things/17', '/things/{id}'],
  ['UUIDs in either case', '/things/3F2A9C1D-0000-4000-8000-00000000000a/x', '/things/{id}/x'],
  ['ULIDs', '/things/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/things/{id}'],
  ['long hex', '/things/84d89877f0d4041e', '/things/{id}'],
  ['dates', '/reports/2024-02-29', '/reports/{id}'],
  ['short hex is a word', '/things/cafe', '/things/cafe'],
  ['the query is dropped', '/things/17?page=2&q=a/b', '/things/{id}'],
  ['a question mark in the query', '/things?a=b?c', '/things'],
  ['double slashes stay', '//things//17', '//things//{id}'],
  ['dots stay', '/a/../things/./17', '/a/../things/./{id}'],
  ['percent-encoding stays', '/things/%2F%2e', '/things/%2F%2e'],
  ['the root', '/', '/'],
  ['an asterisk', '*', '*'],
];

describe('the route of a request', () => {
  it.each(rows)('%s: %s', (_, path, route) => {
    expect(routeOf({ method: 'GET', path }, templates)).toBe(`GET ${route}`);
  });

  it('has the method in it', () => {
    expect(routeOf({ method: 'PUT', path: '/v1/objects/a' }, templates)).toBe('PUT /v1/objects/{key...}');
  });

  it('is that of the first template that matches', () => {
    expect(routeOf({ method: 'GET', path: '/a/b' }, ['/a/{x}', '/{y}/b'])).toBe('GET /a/{x}');
    expect(routeOf({ method: 'GET', path: '/a/b' }, ['/{y}/b', '/a/{x}'])).toBe('GET /{y}/b');
  });

  it('of a path and a template without end is found', () => {
    const path = `/${'a'.repeat(50_000)}z${'/0'.repeat(50_000)}`;
    const route = routeOf({ method: 'GET', path }, [`/${'{a}'.repeat(1000)}`]);
    expect(route === `GET /${'a'.repeat(50_000)}z${'/{id}'.repeat(50_000)}`).toBe(true);
  });

  it.each([
    ['a segment that an answer gave', '/orders/ord_x', '/orders/{{id}}', '/orders/{id}'],
    ['a part of one', '/orders/by-ada', '/orders/by-{{name}}', '/orders/{id}'],
    ['no other segment', '/orders/ada/items/first', '/orders/{{name}}/items/first', '/orders/{id}/items/first'],
    ['the query is not a segment', '/orders?after=o7/x', '/orders?after={{last}}', '/orders'],
    ['a brace is nobody', '/orders/{x', "/orders/{{'{'}}x", '/orders/{x'],
    ['a template goes first', '/v1/users/ada', '/v1/users/{{name}}', '/v1/users/{user}'],
  ])('knows what was filled in: %s', (_, path, written, route) => {
    expect(routeOf({ method: 'GET', path }, templates, written)).toBe(`GET ${route}`);
  });

  it('is read as the step writes it, and in the templates of the suite first', () => {
    const steps = ['/orders', '/orders/{{id}}', '/orders/search'].map((path) => ({ request: { path } }));
    const route = routesFor({ routes: ['/orders/{suite}/k'], steps }, ['/orders/{order}/k']);
    const of = (path: string, step: number) => route({ request: { method: 'GET', path }, step });
    expect([of('/orders/ord_x', 1), of('/orders/search', 2), of('/orders/7/k', 3)]).toEqual([
      'GET /orders/{id}',
      'GET /orders/search',
      'GET /orders/{suite}/k',
    ]);
  });
});

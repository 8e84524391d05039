import { describe, expect, it } from 'vitest';
import { findFindings } from '../../src/findings/cluster.ts';
import { bodies } from './cases.ts';

type Route = readonly [path: string, reference: string, candidate: string];

function found(routes: readonly Route[]) {
  const cases = routes.map(([path, ...pair], i) => bodies(`s/${i}`, pair, { path }));
  return findFindings(cases, []).map((one) => [one.class, one.route, one.verified, one.routes.length]);
}

const users: Route = ['/users', '{"user_id":1,"first_name":"a"}', '{"UserId":1,"FirstName":"a"}'];
const things: Route = ['/things', '[{"thing_id":1}]', '[{"ThingId":1}]\n'];
const orders: Route = ['/orders', '{"order_lines":[{"unit_price":2}]}', '{"OrderLines":[{"UnitPrice":2}]}'];
const names: Route = ['/names', '{"name":"n"}', '{"Name":"n"}'];
const carts: Route = ['/carts', '{"cart_id":1}', '{"cartId":1}'];

describe('the case of keys, with one answer of each route', () => {
  it('is verified where two other routes tell the same style, as one finding', () => {
    expect(found([users, things, orders, names])).toEqual([['key-casing', '*', true, 4]]);
  });

  it.each<readonly [why: string, routes: readonly Route[]]>([
    ['there are two routes', [users, things]],
    [
      'the others could be of another style',
      [
        ['/users', '{"UserId":1}', '{"userId":1}'],
        ['/names', '{"Name":1}', '{"name":1}'],
        ['/titles', '{"Title":1}', '{"title":1}'],
      ],
    ],
    ['one route has another style', [users, things, orders, carts]],
    [
      'no style is followed',
      [users, things, orders, ['/acronyms', '{"user_id":1,"api_url":2}', '{"UserID":1,"APIURL":2}']],
    ],
  ])('stays a hypothesis where %s', (_, routes) => {
    expect(found(routes).map(([, , verified]) => verified)).not.toContain(true);
  });

  it('stays a hypothesis in an answer that differs in something else, too', () => {
    const odd: Route = ['/odd', '{"odd_id":1,"n":1}', '{"OddId":1,"n":2}'];
    expect(found([users, things, orders, odd])).toContainEqual(['key-casing', '*', false, 4]);
    expect(found([users, things, orders, names]).length).toBe(1);
  });

  it('is independent of the order of the cases', () => {
    const routes = [users, things, orders, names];
    expect(found([...routes].reverse())).toEqual(found(routes));
  });
});

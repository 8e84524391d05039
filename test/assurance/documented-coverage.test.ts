import { expect, it } from 'vitest';
import { documentedCoverage } from '../../src/assurance/documented-coverage.ts';

const operation = (text: string, statuses: readonly string[] = ['200'], base = '') => {
  const [method = '', path = ''] = text.split(' ');
  return { method, path, base, statuses };
};

function covered(operations: readonly ReturnType<typeof operation>[], asked: readonly [string, number, number][]) {
  const observer = documentedCoverage(operations);
  for (const [text, a, b] of asked) {
    const [method = '', path = ''] = text.split(' ');
    observer.add({ method, path }, [a, b]);
  }
  return observer.coverage();
}

it('says nothing where no description is named', () => {
  expect(covered([], [['GET /a', 200, 200]])).toBeNull();
});

it('counts operations and answers, and lists the largest gaps first', () => {
  const operations = [
    operation('GET /pets', ['200', '400']),
    operation('GET /pets/{id}', ['200', '404', 'default']),
    operation('POST /pets', ['201', '4XX']),
    operation('DELETE /pets/{id}', ['204']),
  ];
  expect(
    covered(operations, [
      ['GET /pets?limit=1', 200, 200],
      ['GET /pets?limit=x', 400, 422],
      ['GET /pets/17', 404, 404],
      ['GET /pets/18', 503, 503],
      ['POST /pets', 422, 422],
      ['GET /owners', 200, 200],
    ]),
  ).toEqual({
    ...{ operations: 4, exercised: 3, answers: 8, answered: 4 },
    gaps: [
      { operation: 'DELETE /pets/{id}', isExercised: false, statuses: ['204'] },
      { operation: 'GET /pets', isExercised: true, statuses: ['400'] },
      { operation: 'GET /pets/{id}', isExercised: true, statuses: ['200'] },
      { operation: 'POST /pets', isExercised: true, statuses: ['201'] },
    ],
    furtherGaps: 0,
    beyond: ['GET /owners'],
  });
});

it.each([
  ['a path that is written out before one with a parameter', ['GET /a/{x}', 'GET /a/new'], 'GET /a/new', 'GET /a/{x}'],
  [
    'a parameter where the path that is written out leads nowhere',
    ['GET /a/{x}/b', 'GET /a/new/c'],
    'GET /a/new/b',
    'GET /a/new/c',
  ],
  ['the method', ['GET /a', 'PUT /a'], 'PUT /a', 'GET /a'],
])('takes %s', (_, operations, asked, missing) => {
  const found = covered(
    operations.map((one) => operation(one)),
    [[asked, 200, 200]],
  );
  expect(found?.gaps.map((one) => one.operation)).toEqual([missing]);
});

it.each(['GET /v1/pets', 'GET /pets'])('finds %s with and without the path of the server', (asked) => {
  expect(covered([operation('GET /pets', ['200'], '/v1')], [[asked, 200, 200]])).toMatchObject({
    exercised: 1,
    answered: 1,
  });
});

it('needs something in the place of a parameter, and no more segments than there are', () => {
  const found = covered(
    [operation('GET /a/{x}')],
    [
      ['GET /a/', 200, 200],
      ['GET /a/b/c', 200, 200],
    ],
  );
  expect(found).toMatchObject({ exercised: 0, beyond: ['GET /a/', 'GET /a/b/c'] });
});

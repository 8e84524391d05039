/** All shapes of places above a place and its own, outermost first: the empty one, `/a`, `/a/b`. */
export function* shapesDownTo(shape: string): Generator<string> {
  if (shape !== '') yield '';
  for (let at = shape.indexOf('/', 1); at > 0; at = shape.indexOf('/', at + 1)) yield shape.slice(0, at);
  yield shape;
}

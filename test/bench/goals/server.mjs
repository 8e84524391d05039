// node server.mjs NAME: answers by the first part of the path, and says where it listens.
//   /match/N the same on both sides · /cause/N keys in another case on the second side · /WORD another value there · /big 20 MB
import { createServer } from 'node:http';

const isOther = process.argv[2] === 'b';

function bigBody() {
  const note = 'some text that stands here so that an item has a usual size';
  const items = Array.from({ length: 140_000 }, (_, id) => ({
    ...{ id, name: `item ${id}`, tags: ['a', 'b', 'c'], price: id * 1.25, note },
    [isOther && id % 1000 === 7 ? 'flagged' : 'flag']: true,
  }));
  return JSON.stringify({ items });
}

let big = null;
function answerTo(url) {
  const [, kind, n] = url.split('/');
  if (kind === 'match') return JSON.stringify({ id: Number(n), name: 'thing', list: [1, 2, 3] });
  if (kind === 'cause') return JSON.stringify(isOther ? { Id: Number(n), Name: 'x' } : { id: Number(n), name: 'x' });
  if (kind === 'big') {
    big ??= bigBody();
    return big;
  }
  return JSON.stringify({ id: kind, name: isOther ? `x ${kind}` : `y ${kind}` });
}

const server = createServer((request, response) => {
  request.resume();
  response.setHeader('content-type', 'application/json').end(answerTo(request.url));
}).listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));

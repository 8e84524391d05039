import { expect, it } from 'vitest';
import { readAnswer } from '../../../src/gauntlet/review/answer.ts';

it.each<[string, unknown, string, number | null]>([
  ['the gateway form', { content: 'a', usage: { input_tokens: 3, output_tokens: 4 } }, 'a', 4],
  ['parts of a content', { content: [{ type: 'text', text: 'a' }, { type: 'image' }, { text: 'b' }] }, 'ab', null],
  ['chat-completions', { choices: [{ message: { content: 'a' } }], usage: { completion_tokens: 7 } }, 'a', 7],
  ['an older chat-completions', { choices: [{ text: 'a' }] }, 'a', null],
  ['a text of another name', { model: 'm', response: 'a' }, 'a', null],
  ['an empty content', { choices: [{ message: { content: null } }] }, '', null],
  ['an error with status 200', { error: { message: 'no' } }, '', null],
  ['a review without an envelope', { severity: 'HIGH' }, '{\n  "severity": "HIGH"\n}', null],
  ['plain text', 'VERDICT: hold', 'VERDICT: hold', null],
  ['JSON that breaks off within a text', '{"id":1,"content":"a\\n\\u00e', 'a\n', null],
  ['JSON that breaks off elsewhere', '{"id":1', '{"id":1', null],
])('%s is read as its text and its tokens', (_, body, text, tokensOut) => {
  const answer = readAnswer(typeof body === 'string' ? body : JSON.stringify(body));
  expect([answer.text, answer.tokensOut]).toEqual([text, tokensOut]);
});

import type { JsonMember } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { quoted } from '../../kit/fix-text.ts';
import { alike } from '../../kit/kinds.ts';
import { isLeaf, memberOf, objectOf, unknownValue } from '../../kit/node-predicates.ts';
import { hasSameKeys, member } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';

interface Links {
  readonly key: string;
}

function isFilled(one: JsonMember | null): boolean {
  return one !== null && (!isLeaf(one.value) || one.key.startsWith('@'));
}

const linkKeys = ['_links', 'links', '_embedded', '@odata.context', '@odata.etag', '@id'];

const rule = twoForms<Links>({
  id: 'hateoas-links',
  kinds: alike('object'),
  find(rich, plain) {
    if (rich.kind !== 'object' || plain.kind !== 'object' || plain.members.length === 0) return null;
    if (hasSameKeys(rich, plain)) return null;
    const key = linkKeys.find((one) => isFilled(member(rich, one)) && !plain.members.some((two) => two.key === one));
    return key === undefined ? null : { key };
  },
  toPlain: (rich, { key }) => (rich.kind === 'object' ? objectOf(rich.members.filter((one) => one.key !== key)) : rich),
  toRich: (plain, { key }) =>
    plain.kind === 'object' && plain.members.length > 0 && member(plain, key) === null
      ? objectOf([...plain.members, memberOf(key, unknownValue)])
      : plain,
  keys: ({ key }) => [key],
  rest: ({ key }) => [key],
  terms: ({ key }) => ({ key: [key] }),
  advice: ({ key }) => ({
    rich: `leave ${quoted(key)} out: plain models instead of RepresentationModel in Spring HATEOAS, odata.metadata=none in ASP.NET OData`,
    plain: `or write ${quoted(key)}, where clients follow it: a field for it in Rust and Go`,
  }),
});

export const hateoasLinks = defineClass({
  id: 'hateoas-links',
  title: 'one side adds links to go on with',
  severity: 'risky',
  pass: 'embed',
  rank: 3,
  evidence: 'documented',
  page: {
    what: 'One side adds _links, links or OData annotations.',
    example: [
      ['Java (Spring HATEOAS)', '{"id":1,"_links":{"self":{"href":"/1"}}}'],
      ['Go', '{"id":1}'],
    ],
    why: [
      ['Java', 'RepresentationModel writes _links'],
      ['.NET', 'OData writes @odata.context'],
    ],
    breaks: 'A client that follows links has none to follow.',
    fix: [
      ['Java', 'return the plain model, or keep the links in the port'],
      ['.NET', 'Accept: application/json;odata.metadata=none'],
      ['Rust, Go', 'a field with the links'],
    ],
    proof:
      'Without the links the objects must be equal in all samples of the route. It is recognised, but never called verified: the links are named as lost.',
    sources: ['https://docs.spring.io/spring-hateoas/docs/current/reference/html/'],
  },
  rule,
});

import { defineClass } from '../../definition/define-class.ts';
import { either } from '../../kit/kinds.ts';
import { memberOf, objectOf, unknownValue } from '../../kit/node-predicates.ts';
import { member } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';

interface Metadata {
  readonly key: string;
  /** The list stands under this member. */
  readonly list: string | null;
}

/** `$id`, and `$values` around lists: reference preservation in .NET. */
const rule = twoForms<Metadata>({
  id: 'reference-metadata',
  kinds: either(['object'], ['object', 'array']),
  find(rich, plain) {
    if (rich.kind !== 'object' || member(rich, '$id')?.value.kind !== 'string') return null;
    const list = member(rich, '$values');
    if (list !== null)
      return rich.members.length === 2 && plain.kind === 'array' ? { key: '$id', list: '$values' } : null;
    return plain.kind === 'object' && member(plain, '$id') === null ? { key: '$id', list: null } : null;
  },
  toPlain(rich, { key, list }) {
    if (rich.kind !== 'object') return rich;
    const found = list === null ? null : member(rich, list);
    if (found !== null) return found.value;
    return list === null ? objectOf(rich.members.filter((one) => one.key !== key)) : rich;
  },
  toRich(plain, { key, list }) {
    const id = memberOf(key, unknownValue);
    if (list !== null) return plain.kind === 'array' ? objectOf([id, memberOf(list, plain)]) : plain;
    return plain.kind === 'object' ? objectOf([id, ...plain.members]) : plain;
  },
  rest: ({ key }) => [key],
  terms: ({ key }) => ({ key: [key] }),
  advice: () => ({
    rich: 'write no references: ReferenceHandler.IgnoreCycles instead of Preserve in System.Text.Json, PreserveReferencesHandling.None in Newtonsoft',
    plain: 'or nothing: $id is made by the serializer of the other side',
  }),
});

export const referenceMetadata = defineClass({
  id: 'reference-metadata',
  title: 'one side numbers its objects so that others can refer to them',
  severity: 'risky',
  pass: 'embed',
  rank: 2,
  evidence: 'documented',
  page: {
    what: 'One side adds $id to objects, and puts lists under $values.',
    example: [
      ['.NET (ReferenceHandler.Preserve)', '{"$id":"1","name":"n"}'],
      ['Go', '{"name":"n"}'],
    ],
    why: [
      ['.NET', 'ReferenceHandler.Preserve and PreserveReferencesHandling.All keep cycles'],
      ['Java', '@JsonIdentityInfo does the like under @id'],
    ],
    breaks: 'Lists are objects, and a repeated object is a bare {"$ref": "1"}.',
    fix: [
      ['.NET', 'ReferenceHandler.IgnoreCycles; PreserveReferencesHandling.None in Newtonsoft'],
      ['Java', '@JsonManagedReference and @JsonBackReference instead of @JsonIdentityInfo'],
    ],
    proof:
      'Without $id and $values the bodies must be equal in all samples of the route. It is recognised, but never called verified: the numbers of the objects are named as lost.',
    sources: ['https://learn.microsoft.com/dotnet/standard/serialization/system-text-json/preserve-references'],
  },
  rule,
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareSent, rowsOf, type Sent } from '../bodies.ts';

interface Element {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: readonly (Element | string)[];
}

/** What one spelling chooses: numbers from a list, again and again. */
type Choice = (most: number) => number;

function choicesOf(numbers: readonly number[]): Choice {
  let at = 0;
  return (most) => numbers[at++ % numbers.length]! % most;
}

const text = fc.string({
  unit: fc.constantFrom('a', 'B', '5', '.', ' ', '<', '>', '&', '"', "'", 'é', ']'),
  minLength: 1,
  maxLength: 8,
});
const name = fc.constantFrom('a', 'b', 'item', 'n-1', 'x.y', '_z');
const attributes = fc.uniqueArray(fc.tuple(name, text), { selector: ([key]) => key, maxLength: 3 });

const { element } = fc.letrec<{ element: Element; child: Element | string }>((tie) => ({
  element: fc.record({ name, attributes, children: fc.array(tie('child'), { maxLength: 4 }) }),
  child: fc.oneof({ depthSize: 'small' }, text, tie('element')),
}));

const choices = fc.array(fc.nat({ max: 1000 }), { minLength: 7, maxLength: 40 });

function escaped(value: string, choose: Choice, quote: string | null): string {
  return [...value].map((one) => spelled(one, choose, quote)).join('');
}

const entities: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&apos;',
};

function spelled(one: string, choose: Choice, quote: string | null): string {
  const how = choose(4);
  if (how === 0) return `&#${one.codePointAt(0)};`;
  if (how === 1) return `&#x${one.codePointAt(0)!.toString(16)};`;
  const must = one === '<' || one === '>' || one === '&' || one === quote;
  return must || how === 2 ? (entities[one] ?? one) : one;
}

function spelledText(value: string, choose: Choice): string {
  return choose(3) === 0 && !value.includes(']') ? `<![CDATA[${value}]]>` : escaped(value, choose, null);
}

/** Adds white space between elements where there is no text. */
function layout(children: Element['children'], choose: Choice): string {
  const isElementsOnly = children.length > 0 && children.every((child) => typeof child !== 'string');
  return isElementsOnly ? ['', '\n', '\n\t ', ' '][choose(4)]! : '';
}

function write(one: Element, choose: Choice, prefix: string): string {
  const written = one.attributes.map(([key, value]) => {
    const quote = choose(2) === 0 ? '"' : "'";
    return ` ${key} =${[' ', ''][choose(2)]}${quote}${escaped(value, choose, quote)}${quote}`;
  });
  const turned = choose(2) === 0 ? written : written.toReversed();
  const tag = `${prefix}${one.name}`;
  if (one.children.length === 0 && choose(2) === 0) return `<${tag}${turned.join('')}/>`;
  const inner = one.children.map((child) => {
    const written = typeof child === 'string' ? spelledText(child, choose) : write(child, choose, prefix);
    return layout(one.children, choose) + written + (choose(6) === 0 ? '<!-- x -->' : '');
  });
  return `<${tag}${turned.join('')}>${inner.join('')}${layout(one.children, choose)}</${tag}>`;
}

function documentOf(root: Element, numbers: readonly number[]): Sent {
  const choose = choicesOf(numbers);
  const prefix = ['', 'p:', 'ns0:'][choose(3)]!;
  const declared = prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`;
  const head = choose(2) === 0 ? '<?xml version="1.0" encoding="UTF-8"?>\n' : '';
  const body = write(root, choose, prefix).replace(/^<[^\s/>]+/, (start) => `${start} ${declared}="urn:x"`);
  return ['application/xml', head + body];
}

it('two spellings of one random XML document are equal at value', () => {
  fc.assert(
    fc.property(element, choices, choices, (root, one, other) => {
      const { lowest } = compareSent(documentOf(root, one), documentOf(root, other));
      expect([null, 'wire']).toContain(lowest);
    }),
  );
});

/** The document with one leaf more, changed or renamed below an element, and the pointers of which one must be reported. */
function planted(root: Element, at: number): Element {
  const count = root.children.filter((child) => typeof child !== 'string').length;
  const step = at % (count + 1);
  if (step === 0)
    return at % 2 === 0
      ? { ...root, children: [...root.children, { name: 'planted', attributes: [], children: [] }] }
      : { ...root, attributes: [...root.attributes, ['planted', 'x']] };
  let seen = 0;
  const children = root.children.map((child) => {
    if (typeof child === 'string') return child;
    seen += 1;
    return seen === step ? planted(child, Math.floor(at / (count + 1))) : child;
  });
  return { ...root, children };
}

it('one element or attribute more in a random XML document is reported where it is, from either side', () => {
  fc.assert(
    fc.property(element, fc.nat(), choices, choices, (root, at, one, other) => {
      const rows = rowsOf(documentOf(root, one), documentOf(planted(root, at), other));
      expect(rows).toContainEqual(expect.stringMatching(/^extra \/.*\/@?planted (?:shape|value)$/));
    }),
  );
});

function changed(root: Element): Element {
  const [first, ...rest] = root.attributes;
  if (first !== undefined) return { ...root, attributes: [[first[0], `${first[1]}!`], ...rest] };
  return { ...root, children: [...root.children.filter((child) => typeof child !== 'string'), 'changed'] };
}

it('two different random XML documents differ at value or shape', () => {
  fc.assert(
    fc.property(element, choices, choices, (root, one, other) => {
      const { lowest, divergences } = compareSent(documentOf(root, one), documentOf(changed(root), other));
      expect(divergences.length).toBeGreaterThan(0);
      expect(['shape', 'value']).toContain(lowest);
    }),
  );
});

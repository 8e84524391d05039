import { isXmlType } from '../headers/media-type.ts';
import { shorten, visibleText } from '../model/excerpt.ts';
import { type Body, type BodyComparison, type BodyReader, one, textOf, together } from './body-content.ts';
import { compareTexts } from './text.ts';
import { readXml, type XmlNames, type XmlPlace, type XmlTree, xmlNames } from './xml.ts';

/**
 * XML by its tree of names at `shape`: pointers are `/order/item/@id`. As text above that, without what rules ignore; and where either
 * is malformed.
 */
export const readMarkup: BodyReader = (reference, candidate, { options }) => {
  if (!isXmlType(reference.type) && !isXmlType(candidate.type)) return null;
  const names = xmlNames(options.rules.ignored);
  const [a, b] = [sideOf(reference, names), sideOf(candidate, names)];
  if (a === null || b === null) return null;
  if (a.tree.root === b.tree.root) return compareTexts(a, b, options);
  return differingPlaces([a.tree, b.tree], names) ?? compareTexts(a, b, options);
};

interface Side {
  readonly body: Body;
  readonly text: string;
  readonly tree: XmlTree;
}

function sideOf(body: Body, names: XmlNames): Side | null {
  const text = textOf(body);
  if (text === null) return null;
  const tree = readXml(text, names);
  return tree === null ? null : { body, text: tree.kept, tree };
}

/** More than these on one side are counted, not listed. As many for either side, so that both ways list the same. */
const mostListed = 500;

/** The outermost places that one side has alone; if both have all, they are composed in another way. Null if no rule keeps any. */
function differingPlaces([a, b]: readonly [XmlTree, XmlTree], names: XmlNames): BodyComparison | null {
  const [missing, extra] = [onlyIn(a, b, names), onlyIn(b, a, names)];
  if (missing.length === 0 && extra.length === 0) return one('type', 'shape', [otherwise, otherwise]);
  const isKept = ({ keep }: XmlPlace) => keep !== 'nothing';
  const [kept, added] = [missing.filter(isKept), extra.filter(isKept)];
  if (kept.length === 0 && added.length === 0) return null;
  const found = together([
    ...kept.slice(0, mostListed).map((place) => oneSided(place, 'missing')),
    ...added.slice(0, mostListed).map((place) => oneSided(place, 'extra')),
  ]);
  return { ...found, omitted: kept.length + added.length - found.divergences.length };
}

const otherwise = 'the same names, composed in another way';

function onlyIn(tree: XmlTree, other: XmlTree, names: XmlNames): XmlPlace[] {
  return [...tree.places]
    .filter((number) => !other.places.has(number))
    .map((number) => names.places[number]!)
    .filter(({ outer }) => outer === -1 || other.places.has(outer));
}

function oneSided({ name, place }: XmlPlace, kind: 'missing' | 'extra'): BodyComparison {
  const shown = shorten(visibleText(name.startsWith('@') ? `${name.slice(1)}="…"` : `<${name}>`));
  const { divergences, ...rest } = one(kind, 'shape', kind === 'missing' ? [shown, null] : [null, shown]);
  return { ...rest, divergences: divergences.map((each) => ({ ...each, pointer: place.a })) };
}

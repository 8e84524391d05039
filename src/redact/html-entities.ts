/** Names of HTML for ASCII punctuation. */
const punctuation: Readonly<Record<string, string>> = {
  ...{ tab: '\t', newline: '\n', excl: '!', quot: '"', num: '#', dollar: '$', percnt: '%', amp: '&', apos: "'" },
  ...{ lpar: '(', rpar: ')', ast: '*', midast: '*', plus: '+', comma: ',', period: '.', sol: '/', colon: ':' },
  ...{ semi: ';', lt: '<', equals: '=', gt: '>', quest: '?', commat: '@', lsqb: '[', lbrack: '[', bsol: '\\' },
  ...{ rsqb: ']', rbrack: ']', hat: '^', lowbar: '_', underbar: '_', grave: '`', lcub: '{', lbrace: '{' },
  ...{ verbar: '|', vert: '|', rcub: '}', rbrace: '}' },
};

/** Names of HTML for U+00A0, which is meant as a blank, to U+00FF, in their order. */
const latin1 = (
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
  'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
  'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
  'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
  'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
  'thorn yuml'
).split(' ');

const letters = new Map(latin1.map((name, at) => [name, String.fromCharCode(0xa0 + at)]));

/** Stands for a character whose name is none of these: it may be any that is not a letter or digit of ASCII. */
export const unknownCharacter = '\uFFFC';

/** Takes what is between `&` and `;`; returns the character that it names, in HTML or XML. */
export function entityCharacter(name: string): string {
  if (name.startsWith('#')) return numbered(name.slice(1));
  const small = name.toLowerCase();
  const known = Object.hasOwn(punctuation, small) ? punctuation[small] : undefined;
  if (small === 'nbsp') return ' ';
  return known ?? letters.get(name) ?? letters.get(small) ?? unknownCharacter;
}

function numbered(digits: string): string {
  const code = /^x/i.test(digits) ? Number.parseInt(digits.slice(1), 16) : Number.parseInt(digits, 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
}

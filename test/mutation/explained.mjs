// Why a mutant may live, by where it is: FILE FUNCTION. A reason speaks for the function, and the mutants that lived there when it was
// written down were read through, most of them, not each proved; what is named nowhere here is open.
const places = (file, ...functions) => functions.map((name) => `compare/${file} ${name}`);
const inJson = (file, ...functions) => functions.map((name) => `json/${file} ${name}`);

export const explained = new Map([
  [
    'only speed: a short cut or a memory, without which the long way gives the same answer',
    [
      ...places('shape.ts', 'knownObject', 'alike', 'knownArray', 'someAgree', 'numberOf'),
      ...places('json.ts', '#visit', '#scalar', '#meansTheSame', '#tolerated', '#object', '#member', '#sameMembers'),
      ...places('json.ts', '#sameKeys', '#needsLook', '#sameButOne', '#array'),
      ...places('link.ts', 'linkByValue', 'linkByName', 'inStep', 'isPlain', 'ascends'),
      ...places('align.ts', 'alignItems', 'oneOnOne', 'trimEnds'),
      ...places('rules.ts', 'compileRules', 'makeRules', 'trailAt', 'rulesBelow', 'ask'),
      ...places('compared.ts', 'skippedNodes', 'forgivenNodes', 'markNodes', 'replacedDocument', 'comparedTexts'),
      ...places('capture.ts', 'captureEquality', 'cut', 'firstOf'),
      ...places('trail.ts', 'makeTrail', 'withoutRepeats', 'opened'),
      ...places('noise.ts', 'rulesFor', 'withRules', 'settle'),
      ...places('body.ts', 'withFault'),
      ...places('content.ts', 'jsonOf', 'shortDocument'),
      ...places('members.ts', 'take', 'match'),
      ...places('replace.ts', 'replaceAll', 'hasMatch', 'documentWithoutOrigin'),
      ...inJson('decimal.ts', 'decimalAt', 'sameNumberAt'),
      ...inJson('number.ts', 'sameNumber', 'numberKey', 'exactNumber'),
      ...inJson('text.ts', 'sameSource', 'hasText', 'sameString', 'isBroken', 'stringText'),
      ...inJson('unescape.ts', 'sameText', 'textBytes'),
    ],
  ],
  [
    'a limit: only bodies too big for these runs reach it, and their tests are left out of them',
    [
      ...places('shape.ts', 'shapesAgree', 'compareShapes', 'elementsAgree'),
      ...places('trail.ts', 'walkTrail'),
      ...places('excerpt.ts', 'excerptNode', 'decodeLoosely'),
      ...places('decode.ts', 'limitFor'),
      ...places('content.ts', 'together'),
      ...places('events.ts', 'eventsOf'),
      ...places('parts.ts', 'cutsOf'),
    ],
  ],
  [
    'the same change on both sides: a name for a shape, a hash, an order of its own',
    [
      ...places('shape.ts', 'scalarShape', 'arrayShape', 'objectShape', 'shapesOf', 'shapeAgreement', 'nothing'),
      ...places(
        'hash.ts',
        'mixLow',
        'mixHigh',
        'finish',
        'constructor',
        'of',
        '#string',
        '#number',
        '#object',
        '#array',
      ),
      ...places('cookies.ts', 'ending', 'attribute', 'cookie'),
      ...places('align.ts', 'describe'),
      ...places('challenges.ts', 'challenges'),
    ],
  ],
  [
    'one step beyond the end, where nothing is that could be equal',
    [
      ...places('agenda.ts', 'next', '#item', 'reverseFrom'),
      ...places('link.ts', 'linkBy', 'freeOf', 'link'),
      ...places('align.ts', 'linkGaps'),
      ...places('events.ts', 'lineAt'),
      ...places('xml.ts', 'scan', 'behindDoctype'),
      ...inJson('text.ts', 'decodeInvalid', 'sequenceLength'),
    ],
  ],
  ['what this Node lacks: zstd came with Node 22.15', [...places('decode.ts', 'zstdFrames', 'decoders')]],
  [
    'a guard that types ask for and no input reaches, and the wording of what it would say',
    [
      ...places('documents.ts', 'compareSources'),
      ...places('decode.ts', 'codeOf', 'deflate', 'decodeOne'),
      ...places('json.ts', 'bomText', '#oneSided'),
      ...places('link.ts', 'nameOf', 'nameAt', 'linkByKey'),
    ],
  ],
  [
    'what is never so: two places that are one, a name that a text holds by chance',
    [...places('parts.ts', 'split'), ...places('rules.ts', 'reachesOf')],
  ],
]);

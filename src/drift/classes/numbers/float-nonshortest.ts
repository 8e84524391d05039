import { sameNumber } from '../../../json/number.ts';
import { defineClass } from '../../definition/define-class.ts';
import { alike } from '../../kit/kinds.ts';
import { numberNode, numberOf } from '../../kit/nodes.ts';
import { type Normaliser, normalising } from '../../kit/normalising.ts';
import { printerNames, printFloat } from '../../kit/printers.ts';
import { maxFloatLength } from './floats.ts';

/** The shortest digits of a number that has more than the double needs, as a printer spells them. */
function shortened(name: string): Normaliser {
  return (node) => {
    const raw = numberOf(node);
    if (raw === null || raw.length > maxFloatLength || !/[.e]/i.test(raw)) return null;
    const digits = raw.replace(/e.*$/i, '').replace(/^[-.0]+|[-.]/g, '');
    const printed = printFloat(name, Number(raw));
    return digits.length >= 15 && digits.length <= 18 && !sameNumber(printed, raw) ? numberNode(printed) : null;
  };
}

/** `8.409999999999999E21` and `8.41E21`: the same double, with more digits than it needs on one side. */
const rule = normalising('float-nonshortest', {
  kinds: alike('number'),
  ways: Object.fromEntries(printerNames.map((name) => [name, shortened(name)])),
  advice: ({ normaliser, keeper }) => [
    { target: keeper, text: 'print the shortest digits: JDK 19 or newer in Java, std::to_chars in C++, not %.17g' },
    { target: normaliser, text: 'or nothing: both spellings read back as the same double' },
  ],
});

export const floatNonshortest = defineClass({
  id: 'float-nonshortest',
  title: 'the same double, with more digits than it needs on one side',
  severity: 'cosmetic',
  pass: 'float',
  rank: 6,
  evidence: 'documented',
  page: {
    what: 'Both numbers read back as the same double; one side prints more digits than are needed for that.',
    example: [
      ['Java (JDK 18 and older)', '{"x":2.0000000000000002E-3}'],
      ['Java (JDK 19 and newer)', '{"x":0.002}'],
    ],
    why: [
      ['Java', 'Double.toString was not shortest before JDK 19 (JDK-4511638)'],
      ['C, C++, Lua', '%.17g prints seventeen digits'],
    ],
    breaks: 'Clients that read exact decimals see another number; those that read doubles see the same.',
    fix: [
      ['Java', 'JDK 19 or newer'],
      ['C++', 'std::to_chars'],
    ],
    proof:
      'Both must read as the same double, and one of them must be what a printer of shortest digits gives, byte for byte.',
    flips: ['JDK 19 prints shortest digits'],
    sources: ['https://bugs.openjdk.org/browse/JDK-4511638'],
  },
  rule,
});

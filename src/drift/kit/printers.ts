/** The shortest digits that read back as one double, and the power of ten of the first of them. */
interface Digits {
  readonly digits: string;
  readonly power: number;
}

/** How a runtime prints a double. */
interface Printer {
  /** Who prints so, with versions. */
  readonly label: string;
  /** How to print otherwise there. */
  readonly change: string;
  /** Powers of ten that it prints without an exponent, both ends included. */
  readonly fixed: readonly [least: number, most: number];
  /** A whole number ends in `.0`. */
  readonly suffix: boolean;
  readonly exponent: Exponent;
}

interface Exponent {
  readonly letter: 'e' | 'E';
  readonly plus: '' | '+';
  /** Least digits of the exponent. */
  readonly width: 1 | 2;
  /** One digit is followed by `.0`. */
  readonly suffix: boolean;
}

const plain: Exponent = { letter: 'e', plus: '+', width: 1, suffix: false };
const rust = 'in Rust a serde_json::ser::Formatter of your own (write_f64, write_f32)';

/** The printers of floats, each checked against its runtime: what `JSON` is made with, not what `printf` gives. */
const printers: Readonly<Record<string, Printer>> = {
  go: {
    label: 'encoding/json of Go',
    change: 'in Go a MarshalJSON with strconv.AppendFloat',
    fixed: [-6, 20],
    suffix: false,
    exponent: plain,
  },
  javascript: {
    label: 'JSON.stringify',
    change: 'in JavaScript a number cannot be spelled otherwise; a string can',
    fixed: [-6, 20],
    suffix: false,
    exponent: plain,
  },
  zmij: { label: 'serde_json from 1.0.147', change: rust, fixed: [-5, 15], suffix: true, exponent: plain },
  ryu: {
    label: 'serde_json before 1.0.147, orjson and pydantic-core',
    change: `${rust}; in Python json.dumps instead of orjson`,
    fixed: [-5, 15],
    suffix: true,
    exponent: { ...plain, plus: '' },
  },
  zmij32: { label: 'serde_json from 1.0.147 (f32)', change: rust, fixed: [-6, 12], suffix: true, exponent: plain },
  ryu32: {
    label: 'serde_json before 1.0.147 (f32)',
    change: rust,
    fixed: [-6, 12],
    suffix: true,
    exponent: { ...plain, plus: '' },
  },
  python: {
    label: 'json of Python',
    change: 'in Python orjson.dumps, or decimal.Decimal written by an encoder of your own',
    fixed: [-4, 15],
    suffix: true,
    exponent: { ...plain, width: 2 },
  },
  php: {
    label: 'json_encode of PHP',
    change: 'in PHP JSON_PRESERVE_ZERO_FRACTION for the .0, number_format for the rest',
    fixed: [-4, 16],
    suffix: false,
    exponent: { ...plain, suffix: true },
  },
  ruby: {
    label: 'json of Ruby',
    change: 'in Ruby BigDecimal#to_s("F"), as a string',
    fixed: [-4, 14],
    suffix: true,
    exponent: { ...plain, width: 2, suffix: true },
  },
  java: {
    label: 'Jackson (Double.toString)',
    change: 'in Java BigDecimal with StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN',
    fixed: [-3, 6],
    suffix: true,
    exponent: { letter: 'E', plus: '', width: 1, suffix: true },
  },
  dotnet: {
    label: 'System.Text.Json',
    change: 'in .NET decimal instead of double, or a JsonConverter<double> with WriteRawValue',
    fixed: [-4, 14],
    suffix: false,
    exponent: { letter: 'E', plus: '+', width: 2, suffix: false },
  },
};

/** Names of all printers. */
export const printerNames: readonly string[] = Object.keys(printers);

/** Who prints so, and how to print otherwise there. */
export function printerOf(name: string): Pick<Printer, 'label' | 'change'> {
  return printers[name]!;
}

/** A finite double as a runtime spells it, byte for byte; given its name. */
export function printFloat(name: string, value: number): string {
  const { fixed, suffix, exponent } = printers[name]!;
  if (Object.is(value, -0) && name === 'javascript') return '0';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const shortest = digitsOf(Math.abs(value));
  const { digits, power } = shortest;
  // Ruby keeps the longest doubles of one power of ten more without an exponent.
  const most = name === 'ruby' && digits.length > 16 ? 15 : fixed[1];
  const isFixed = value === 0 || (power >= fixed[0] && power <= most);
  return `${sign}${isFixed ? printFixed(shortest, suffix) : printExponent(shortest, exponent)}`;
}

function digitsOf(value: number): Digits {
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return { digits: mantissa.replace('.', ''), power: Number(exponent) };
}

function printFixed({ digits, power }: Digits, suffix: boolean): string {
  if (power < 0) return `0.${'0'.repeat(-power - 1)}${digits}`;
  if (digits.length <= power + 1) return `${digits.padEnd(power + 1, '0')}${suffix ? '.0' : ''}`;
  return `${digits.slice(0, power + 1)}.${digits.slice(power + 1)}`;
}

function printExponent({ digits, power }: Digits, { letter, plus, width, suffix }: Exponent): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : suffix ? '.0' : '';
  const size = String(Math.abs(power)).padStart(width, '0');
  return `${digits[0]}${fraction}${letter}${power < 0 ? '-' : plus}${size}`;
}

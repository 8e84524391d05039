import type { DriftClass } from '../../kit/class-page.ts';

/** What kind a number has, and digits that carry no meaning. */
export const numbersPages: readonly DriftClass[] = [
  {
    id: 'bigint-as-string',
    title: 'an integer is a number on one side and a string on the other',
    severity: 'breaking',
    what: 'The same digits, in quotes on one side only.',
    example: [
      ['Rust (serde)', '{"id":9007199254740993}'],
      ['Go (`json:",string"`, protojson)', '{"id":"9007199254740993"}'],
    ],
    why: [
      ['Go', 'protojson writes 64-bit integers as strings; encoding/json does so with the string option'],
      ['JavaScript', 'numbers above 2^53 lose digits, so many APIs quote them; parameters of a path are strings'],
    ],
    breaks: 'Typed decoders refuse the other kind; untyped ones compare "1" with 1.',
    fix: [
      ['Go', '`json:"id,string"` to quote, or no string option'],
      ['Rust', 'serde_with::DisplayFromStr to quote'],
      ['Java', '@JsonSerialize(using = ToStringSerializer.class) to quote'],
    ],
    proof: 'Quoting or unquoting the exact digits must give the candidate value.',
    sources: ['https://protobuf.dev/programming-guides/json/'],
  },
  {
    id: 'decimal-string-vs-number',
    title: 'an amount is a string on one side and a number on the other',
    severity: 'breaking',
    what: 'The same decimal, in quotes on one side only.',
    example: [
      ['Rust (rust_decimal), pydantic, Django', '{"price":"1.10"}'],
      ['Java (BigDecimal)', '{"price":1.10}'],
    ],
    why: [
      ['Rust', 'rust_decimal writes text unless the feature serde-float is on'],
      ['Python', 'pydantic and Django write text; a float in a plain dict stays a number'],
      ['Java', 'Jackson writes BigDecimal as a number'],
    ],
    breaks: 'Typed decoders refuse the other kind; a number loses the zero at its end, and digits beyond a double.',
    fix: [
      ['Rust', '#[serde(with = "rust_decimal::serde::str")] or rust_decimal::serde::arbitrary_precision'],
      ['Java', '@JsonFormat(shape = JsonFormat.Shape.STRING)'],
      ['Go', 'decimal.Decimal of shopspring; decimal.MarshalJSONWithoutQuotes'],
    ],
    proof:
      'Quoting or unquoting must give the same number; another number of digits after the point is decimal-scale besides.',
    flips: ['The features serde-float and serde-arbitrary-precision of rust_decimal'],
    sources: [
      'https://docs.rs/rust_decimal/latest/rust_decimal/',
      'https://github.com/FasterXML/jackson-databind/wiki/Serialization-features',
    ],
  },
  {
    id: 'decimal-scale',
    title: 'the same amount, with other digits after the point',
    severity: 'cosmetic',
    what: 'Both sides write the same decimal; one has zeros at its end that the other has not.',
    example: [
      ['Java (BigDecimal), rust_decimal', '{"price":1.10}'],
      ['Go (float64), Python (float)', '{"price":1.1}'],
    ],
    why: [
      ['Rust', 'rust_decimal keeps the scale that it was made with'],
      ['Go, JavaScript', 'a float has no scale'],
      ['Java', 'BigDecimal keeps its scale; stripTrailingZeros() does not'],
    ],
    breaks:
      'Clients that show the text show 1.1; signatures over the text differ. As strings the two are not equal at all.',
    fix: [
      ['Java', 'setScale(2)'],
      ['Rust', 'rescale(2)'],
      ['Go', 'StringFixed(2) of shopspring/decimal'],
    ],
    proof:
      'One rule (zeros trimmed, or so many digits after the point) must give every candidate spelling of the place; one amount alone makes a hypothesis.',
    sources: ['https://docs.rs/rust_decimal/latest/rust_decimal/struct.Decimal.html'],
  },
  {
    id: 'number-lexeme-normalised',
    title: 'a number is spelled as it came on one side, and anew on the other',
    severity: 'cosmetic',
    what: 'One side keeps the spelling of a number from a client or a store (1E2, 1.50e0), the other reads it and prints it again.',
    example: [
      ['Go (json.RawMessage, json.Number)', '{"n":1E2}'],
      ['JavaScript, Go (float64)', '{"n":100}'],
    ],
    why: [
      ['Go', 'json.RawMessage and json.Number keep the source; any does not'],
      ['Rust', 'Box<RawValue> keeps it, serde_json::Value does not unless arbitrary_precision is on'],
    ],
    breaks: 'Signatures over the text of the number, and clients that show 1.50 as it came: prices lose a zero.',
    fix: [
      ['Rust', 'Box<RawValue>'],
      ['Go', 'json.RawMessage, Decoder.UseNumber()'],
    ],
    proof:
      'The one spelling must be what the printer of some runtime gives for the number of the other, byte for byte, and the number must be exactly the same.',
    flips: ['The feature arbitrary_precision of serde_json'],
    sources: [
      'https://pkg.go.dev/encoding/json#RawMessage',
      'https://docs.rs/serde_json/latest/serde_json/value/struct.RawValue.html',
    ],
  },
  {
    id: 'int-precision-loss',
    title: 'an integer beyond 2^53 was rounded to a double on one side',
    severity: 'breaking',
    what: 'One side sends an integer, the other the double nearest to it: the last digits are others.',
    example: [
      ['Rust (i64)', '{"id":9007199254740993}'],
      ['Go (any), JavaScript', '{"id":9007199254740992}'],
    ],
    why: [
      ['JavaScript', 'JSON.parse reads every number as a double'],
      ['Go', 'decoding into any gives float64 unless UseNumber is called'],
      ['Java', 'Gson reads numbers into Object as Double'],
      ['Rust', 'serde_json::Value has no integer beyond u64'],
      ['PHP', 'integers beyond 2^63 become floats'],
    ],
    breaks: 'Ids point to other records, amounts change, and nothing says so.',
    fix: [
      ['Go', 'Decoder.UseNumber(), or a field of type int64'],
      ['JavaScript', 'BigInt by a parser that keeps the source, or ids as strings'],
      ['PHP', 'JSON_BIGINT_AS_STRING'],
      ['Java', 'ToNumberPolicy.LONG_OR_DOUBLE of Gson'],
    ],
    proof:
      'The double nearest to the one integer, printed as some runtime does, must be the other number, byte for byte.',
    lossy: 'The digits of an integer beyond 2^53.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-6', 'https://pkg.go.dev/encoding/json#Decoder.UseNumber'],
  },
  {
    id: 'nan-as-string',
    title: 'a float that JSON has no number for is null on one side and text on the other',
    severity: 'breaking',
    what: 'NaN, Infinity or -Infinity: null on one side, a string on the other.',
    example: [
      ['Rust (serde_json), JavaScript', '{"v":null}'],
      ['Java (Jackson)', '{"v":"NaN"}'],
    ],
    why: [
      ['Rust, JavaScript, pydantic', 'write null'],
      ['Java', 'Jackson writes a string (WRITE_NAN_AS_STRINGS)'],
      ['.NET', 'throws, or writes a string with AllowNamedFloatingPointLiterals'],
      ['Go', 'fails: json: unsupported value: NaN'],
      ['Python', 'json.dumps writes NaN, which is no JSON'],
    ],
    breaks: 'Decoders of floats refuse null or the string; null may also mean that there is no value.',
    fix: [
      ['Java', 'JsonWriteFeature.WRITE_NAN_AS_STRINGS off'],
      ['Python', 'allow_nan=False; ser_json_inf_nan in pydantic'],
      ['any', 'guard the division, and say null where there is no number'],
    ],
    proof:
      'Writing null for the text (or one text for null) at this place in all samples must give the candidate body.',
    lossy: 'Which of the three it was, and whether there was a value at all.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-6'],
  },
  {
    id: 'unit-scale',
    title: 'the same quantity in another unit: a power of ten lies between the numbers',
    severity: 'breaking',
    what: "Each number of the place is the other side's times the same power of ten: a fraction and a percentage, seconds and milliseconds.",
    example: [
      ['seconds', '{"took":1.25}'],
      ['milliseconds', '{"took":1250}'],
    ],
    why: [
      [
        'any',
        'a rewrite takes the unit of its own library: milliseconds in JavaScript and Java, seconds in Python, nanoseconds in Go',
      ],
      [
        'Rust',
        'Duration is written as seconds and nanoseconds; as_millis() and as_secs_f64() are a choice of each field',
      ],
    ],
    breaks: 'Clients are off by the factor, and nothing fails.',
    fix: [
      ['any', 'multiply on one side, and name the unit in the key: took_ms'],
      ['Rust', 'a newtype for each unit, or Duration with serde_with::DurationMilliSeconds<u64>'],
      ['Go', 'time.Duration with .Milliseconds() where it is written, never the bare int64'],
    ],
    proof:
      'One power of ten must turn every number of the place into the candidate number, digit by digit; one number alone makes a hypothesis, and one of a single digit nothing.',
    sources: ['https://pkg.go.dev/time#Duration'],
  },
];

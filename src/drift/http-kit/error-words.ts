/** What went wrong, as an error text says it; one word for all runtimes. */
export type ErrorKind =
  | 'missing-field'
  | 'unknown-field'
  | 'duplicate-field'
  | 'unknown-variant'
  | 'wrong-type'
  | 'out-of-range'
  | 'bad-number'
  | 'bad-param'
  | 'bad-escape'
  | 'no-value'
  | 'not-found'
  | 'syntax'
  | 'eof'
  | 'trailing'
  | 'depth'
  | 'too-large'
  | 'content-type'
  | 'utf8'
  | 'time'
  | 'semicolon'
  | 'unsupported-value';

/** The words of an error text, and what they mean. */
export interface Fingerprint {
  readonly kind: ErrorKind;
  /** May have groups named `field` and `got`. No pattern can backtrack over more than one run of characters. */
  readonly pattern: RegExp;
}

const words = (kind: ErrorKind, pattern: RegExp): Fingerprint => ({ kind, pattern });

/** In this order: the first that matches says what it is. The words of serde, axum, encoding/json, net/http, pydantic, ajv, Jackson, V8 and STJ. */
export const fingerprints: readonly Fingerprint[] = [
  words('missing-field', /missing field `(?<field>[^`]*)`/),
  words('missing-field', /must have required property '(?<field>[^']*)'/),
  words('missing-field', /missing required (?:creator property|properties[^']{0,80}) '(?<field>[^']*)'/i),
  words('missing-field', /^(?<field>[\w.]{1,80}) is required\.?$/),
  words('missing-field', /^(?<field>[\w.]{1,80}(?:, [\w.]{1,80}){0,8},? and [\w.]{1,80}) are required\.?$/),
  words('unknown-field', /unknown field [`"](?<field>[^`"]*)[`"]/),
  words('unknown-field', /Unrecognized field "(?<field>[^"]*)"/),
  words('unknown-field', /must NOT have additional properties/),
  words('duplicate-field', /duplicate field `(?<field>[^`]*)`/),
  words('duplicate-field', /duplicate (?:object member name|key) "(?<field>[^"]*)"/i),
  words('unknown-variant', /(?:(?<field>[\w.[\]]{1,120}): )?unknown variant `(?<got>[^`]*)`/),
  words('unknown-variant', /not one of the values accepted for Enum class/),
  words('unknown-variant', /must be equal to one of the allowed values/),
  words(
    'time',
    /parsing time "|^time: |input (?:contains invalid characters|is not enough for unique|is out of range)|premature end of input/,
  ),
  words('unsupported-value', /json: unsupported (?:value|type): (?<got>\S+)/),
  words('depth', /recursion limit exceeded|exceeded max depth|[Nn]esting depth|maximum (?:configured )?depth/),
  words('trailing', /trailing characters|after top-level value|non-whitespace character after JSON|Trailing token/),
  words(
    'eof',
    /EOF while parsing|^(?:unexpected )?EOF$|[Uu]nexpected end of JSON input|end-of-input|No content to map|Body cannot be empty/,
  ),
  words(
    'out-of-range',
    /invalid value: (?<got>[^,]*), expected|number too (?:large|small) to fit|value out of range|number out of range/,
  ),
  words(
    'out-of-range',
    /^(?<field>[\w.-]{1,80}) must be (?:a )?(?:positive|non-negative|greater|less|at least|at most|between)\b/,
  ),
  words(
    'out-of-range',
    /cannot unmarshal number (?<got>-?[\d.eE+-]+) into Go (?:struct field (?<field>\S+)|value) of type float(?:32|64)/,
  ),
  words('out-of-range', /cannot unmarshal number (?<got>-?\d+) into Go (?:struct field (?<field>\S+)|value) of type/),
  words(
    'wrong-type',
    /cannot unmarshal (?<got>\w+(?: -?[\d.eE+-]+)?) into Go (?:struct field (?<field>\S+)|value) of type/,
  ),
  words('bad-param', /^Invalid URL: (?:Cannot parse|can not parse) |^can not parse "|^UUID parsing failed: /),
  words('utf8', /[Ii]nvalid UTF-8|invalid unicode code point|lone leading surrogate|unexpected end of hex escape/),
  words('bad-escape', /invalid URL escape "(?<got>[^"]*)"|Failed to decode param/),
  words('bad-number', /strconv\.Parse\w+: parsing "(?<got>[^"]*)": invalid syntax/),
  words('bad-number', /invalid digit found in string|invalid float literal|cannot parse integer from empty string/),
  words('wrong-type', /(?:(?<field>[\w.[\]]{1,120}): )?invalid type: (?<got>[^,]*), expected/),
  words('wrong-type', /body\/(?<field>\S+) must be /),
  words(
    'wrong-type',
    /Cannot deserialize value of type|JSON value could not be converted|data did not match any variant/,
  ),
  words('content-type', /^Expected request with `Content-Type|^Content type error|[Uu]nsupported [Mm]edia [Tt]ype/),
  words(
    'too-large',
    /length limit exceeded|request body too large|[Rr]equest entity too large|[Pp]ayload [Tt]oo [Ll]arge|[Bb]ody is too large/,
  ),
  words('semicolon', /invalid semicolon separator in query/),
  words('no-value', /(?:(?<field>[\w.[\]]{1,120}): )?expected value at line/),
  words('not-found', /^(?!(?:page|route|path|endpoint|resource|method) )[A-Za-z][\w-]{0,60} not found\.?$/i),
  words('syntax', /invalid character '[^']{1,8}' (?:looking for|after|in)|Unexpected token|Unrecognized token/),
  words(
    'syntax',
    /expected (?:ident|`.`(?: or `.`)?) at line|trailing comma|key must be a string|control character|invalid (?:escape|number) at|Expected property name|JSON parse error/,
  ),
];

/** The types of pydantic's errors (docs.pydantic.dev, errors/validation_errors), and the codes of Fastify. */
export const errorCodes: ReadonlyMap<string, ErrorKind> = new Map([
  ['missing', 'missing-field'],
  ['extra_forbidden', 'unknown-field'],
  ['json_invalid', 'syntax'],
  ['enum', 'unknown-variant'],
  ['literal_error', 'unknown-variant'],
  ['datetime_parsing', 'time'],
  ['datetime_from_date_parsing', 'time'],
  ['int_parsing', 'bad-number'],
  ['float_parsing', 'bad-number'],
  ['int_parsing_size', 'out-of-range'],
  ...['string', 'int', 'bool', 'float', 'list', 'dict', 'model', 'model_attributes'].map(
    (name) => [`${name}_type`, 'wrong-type'] as const,
  ),
  ['int_from_float', 'wrong-type'],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', 'eof'],
  ['FST_ERR_CTP_INVALID_JSON_BODY', 'syntax'],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'content-type'],
  ['FST_ERR_CTP_BODY_TOO_LARGE', 'too-large'],
]);

/** Messages of Django REST framework, each under the name of its field. */
export const fieldMessages: readonly (readonly [message: string, kind: ErrorKind, got: string | null])[] = [
  ['This field is required.', 'missing-field', null],
  ['This field may not be null.', 'wrong-type', 'null'],
  ['A valid integer is required.', 'wrong-type', null],
  ['Not a valid string.', 'wrong-type', null],
];

import type { DriftClass } from '../../kit/class-page.ts';

/** Bytes and identifiers. */
export const textsPages: readonly DriftClass[] = [
  {
    id: 'bytes-repr',
    title: 'bytes are written in another form',
    severity: 'breaking',
    what: 'The same bytes as a list of numbers, as base64, as hex, or as a Buffer of Node.',
    example: [
      ['Rust (Vec<u8>)', '{"b":[1,255]}'],
      ['Go ([]byte), Jackson, .NET', '{"b":"Af8="}'],
    ],
    why: [
      ['Rust', 'serde writes Vec<u8> as a list, serde_bytes does so in JSON, too'],
      ['Go', '[]byte is base64, [N]byte a list'],
      ['JavaScript', 'a Buffer is {"type":"Buffer","data":[…]}'],
    ],
    breaks: 'Typed decoders refuse the other form; untyped clients show a list of numbers for a file.',
    fix: [
      ['Rust', 'serde_with::base64::Base64'],
      ['Go', 'a type of its own, or a slice of [N]byte'],
      ['JavaScript', 'buffer.toString("base64")'],
    ],
    proof:
      'Decoding one form and encoding the other must give the candidate body, byte for byte; one byte alone is too little.',
    flips: ['The package encoding/json/v2 of Go writes [N]byte as base64'],
    sources: [
      'https://pkg.go.dev/encoding/json#Marshal',
      'https://docs.rs/serde_with/latest/serde_with/base64/struct.Base64.html',
    ],
  },
  {
    id: 'base64-variant',
    title: 'the same bytes, in another alphabet or padding of base64',
    severity: 'breaking',
    what: 'Both sides write base64: with + and / or with - and _, with = at the end or without.',
    example: [
      ['Go (StdEncoding), Rust (STANDARD)', '{"b":"+/8="}'],
      ['JWT, Rust (URL_SAFE_NO_PAD)', '{"b":"-_8"}'],
    ],
    why: [
      ['any', 'RFC 4648 has two alphabets, and padding is a matter of taste'],
      [
        'Go, Rust, Python',
        'the padded standard alphabet unless the code says URLEncoding, URL_SAFE_NO_PAD or urlsafe_b64encode; tokens of JOSE are URL-safe',
      ],
    ],
    breaks: 'Strict decoders (Go, Rust) refuse the other variant; Node takes all of them.',
    fix: [
      ['Go', 'base64.StdEncoding, RawStdEncoding, URLEncoding, RawURLEncoding'],
      ['Rust', 'general_purpose::STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD'],
    ],
    proof: 'Decoding one variant and encoding the other must give the candidate text in all samples.',
    sources: ['https://www.rfc-editor.org/rfc/rfc4648'],
  },
  {
    id: 'hex-spelling',
    title: 'the same bytes, in another spelling of hex',
    severity: 'risky',
    what: 'Both sides write hex: lower case, upper case, after 0x or after \\x.',
    example: [
      ['Rust (hex::encode), Go', '{"b":"01ff00aa"}'],
      ['.NET (ToHexString)', '{"b":"01FF00AA"}'],
    ],
    why: [
      ['.NET', 'Convert.ToHexString writes upper case'],
      ['Go, Rust, Python', 'write lower case'],
    ],
    breaks: 'Text comparison fails: of digests, tokens and ids.',
    fix: [
      ['Rust', 'hex::encode, hex::encode_upper'],
      ['.NET', 'Convert.ToHexStringLower from .NET 9 on'],
      ['Go', 'hex.EncodeToString'],
    ],
    proof:
      'Decoding one spelling and encoding the other must give the candidate text; at least four bytes, one digit among them, since words have cases, too.',
    sources: ['https://learn.microsoft.com/dotnet/api/system.convert.tohexstring'],
  },
  {
    id: 'uuid-notation',
    title: 'the same UUID, spelled otherwise',
    severity: 'risky',
    what: 'The same 128 bits: in another case, without hyphens, in braces, as a URN.',
    example: [
      ['Rust, Go, Java', '{"id":"6fa459ea-ee8a-3ca4-894e-db77e160355e"}'],
      ['Swift, .NET (ToUpper)', '{"id":"6FA459EA-EE8A-3CA4-894E-DB77E160355E"}'],
    ],
    why: [
      ['Rust', 'uuid::serde::simple, braced and urn'],
      ['Swift', 'UUID writes upper case'],
      ['Python', 'uuid.hex has no hyphens'],
    ],
    breaks: 'Text comparison and map keys fail; strict readers refuse braces.',
    fix: [
      ['Rust', 'Uuid without an attribute'],
      ['Python', 'str(id)'],
      ['any', 'lower case with hyphens, RFC 9562'],
    ],
    proof: 'Writing the same bits in the other spelling must give the candidate text.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9562', 'https://docs.rs/uuid/latest/uuid/serde/index.html'],
  },
  {
    id: 'ip-spelling',
    title: 'the same address, spelled otherwise',
    severity: 'cosmetic',
    what: 'The same IP address: an IPv4 address mapped into IPv6 or alone, zeros shortened or not, in another case.',
    example: [
      ['Rust, Python, Go (netip.Addr)', '{"ip":"::ffff:1.2.3.4"}'],
      ['Go (net.IP)', '{"ip":"1.2.3.4"}'],
    ],
    why: [
      ['Go', 'net.IP does not tell a mapped address from IPv4, netip.Addr does'],
      ['Java', 'getHostAddress() writes all groups'],
      ['Python', 'exploded writes all digits'],
    ],
    breaks: 'Text comparison fails; allow lists miss.',
    fix: [
      ['Go', 'netip.Addr, or Unmap()'],
      ['Rust', 'to_canonical()'],
      ['any', 'the text of RFC 5952'],
    ],
    proof: 'Reading the address and writing it in the other form must give the candidate text.',
    sources: ['https://www.rfc-editor.org/rfc/rfc5952', 'https://pkg.go.dev/net/netip#Addr.Unmap'],
  },
  {
    id: 'url-normalisation',
    title: 'a URL is as it was given on one side, and as the URL standard has it on the other',
    severity: 'risky',
    what: "One side writes what new URL(text).href makes of the other side's text.",
    example: [
      ['Go (url.String), Java (URI)', '{"u":"HTTP://Example.com"}'],
      ['Rust (Url), JavaScript (URL), pydantic (HttpUrl)', '{"u":"http://example.com/"}'],
    ],
    why: [
      [
        'Rust, JavaScript, Python',
        'the types of the URL standard lower the host, add a slash, encode characters and drop default ports',
      ],
      ['Go', 'keeps what it does not have to change'],
    ],
    breaks: 'Text comparison, signatures and redirect allow lists fail.',
    fix: [
      ['Rust', 'String instead of Url'],
      ['Python', 'str instead of HttpUrl'],
      ['Go', 'no url.Parse for what is only passed on'],
    ],
    proof: 'Normalising one text by the URL standard must give the other one exactly.',
    lossy: 'The text as it was given.',
    sources: ['https://url.spec.whatwg.org/'],
  },
  {
    id: 'char-vs-codepoint',
    title: 'a character is text on one side and a number on the other',
    severity: 'breaking',
    what: 'One side writes a character, the other the number that Unicode gives it.',
    example: [
      ['Rust (char)', '{"c":"é"}'],
      ['Go (rune)', '{"c":233}'],
    ],
    why: [
      ['Go', 'a rune is an int32'],
      ['Java', 'a char is text, an int from codePointAt a number'],
    ],
    breaks: 'Typed decoders refuse the other kind; untyped clients show 233 for é.',
    fix: [
      ['Go', 'string(r)'],
      ['Rust', 'u32::from(c)'],
    ],
    proof:
      'Writing the number for the character (or back) must give the candidate body. One character alone makes a hypothesis.',
    sources: ['https://go.dev/ref/spec#Numeric_types'],
  },
];

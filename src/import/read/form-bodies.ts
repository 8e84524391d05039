import type { HeaderPairs } from './entry.ts';

/** A body and the media type that it brings with it. */
export interface TypedBody {
  readonly bytes: Buffer;
  readonly mediaType: string | null;
}

/** A form as application/x-www-form-urlencoded. `${NAME}` stays as it is. */
export function formBody(pairs: HeaderPairs): TypedBody {
  const encoded = pairs.map(([name, value]) => `${formText(name)}=${formText(value)}`).join('&');
  return { bytes: Buffer.from(encoded), mediaType: 'application/x-www-form-urlencoded' };
}

function formText(text: string): string {
  return text
    .split(/(\$\{\w+\})/)
    .map((piece, at) => (at % 2 === 1 ? piece : new URLSearchParams([['', piece]]).toString().slice(1)))
    .join('');
}

const boundary = 'parity-boundary';

/** A form as multipart/form-data (RFC 7578). */
export function multipartBody(pairs: HeaderPairs): TypedBody {
  const parts = pairs.map(
    ([name, value]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${name.replace(/["\r\n]/g, encodeURIComponent)}"\r\n\r\n${value}\r\n`,
  );
  return {
    bytes: Buffer.from(`${parts.join('')}--${boundary}--\r\n`),
    mediaType: `multipart/form-data; boundary=${boundary}`,
  };
}

/** A text as it is. */
export function textBody(text: string, mediaType: string | null): TypedBody {
  return { bytes: Buffer.from(text), mediaType };
}

/** The headers with the media type of a body, where they name none. */
export function withType(headers: HeaderPairs, body: TypedBody | null): HeaderPairs {
  if (body?.mediaType == null || headers.some(([name]) => name.toLowerCase() === 'content-type')) return headers;
  return [...headers, ['content-type', body.mediaType]];
}

/** GraphQL as it is sent over HTTP. */
export function graphqlBody(query: string, variables: string): TypedBody {
  let parsed: unknown = {};
  try {
    if (variables.trim() !== '') parsed = JSON.parse(variables);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return textBody(JSON.stringify({ query, variables: parsed }), 'application/json');
}

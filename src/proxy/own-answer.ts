/** An answer of the proxy itself. */
export interface OwnAnswer {
  readonly status: number;
  /** One plain sentence. */
  readonly sentence: string;
  /** The error of RFC 9209. */
  readonly error: string;
}

const phrases: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  417: 'Expectation Failed',
  431: 'Request Header Fields Too Large',
  502: 'Bad Gateway',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
  508: 'Loop Detected',
};

/** The bytes of an answer that ends the connection, marked as the proxy's own (RFC 9209). */
export function ownAnswerText({ status, sentence, error }: OwnAnswer): string {
  const body = `parity: ${sentence.replace(/[^\x20-\x7e]/g, '?')}\n`;
  return [
    `HTTP/1.1 ${status} ${phrases[status] ?? 'Bad Request'}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${body.length}`,
    `Proxy-Status: parity; error=${error}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

const line = Buffer.from('HTTP/1.x 1', 'latin1');
const version = 7;
const headEnd = Buffer.from('\r\n\r\n', 'latin1');
const [zero, two, nine] = [0x30, 0x32, 0x39];

/** What is next in the answer: a byte of a status line, the rest of an interim head, or anything. */
type Reading = 'line' | 'head' | 'rest';

/**
 * Makes 102 of every status 100 that comes before an answer. A client must be able to read interim answers that it did not ask for
 * (RFC 9110, 15.2), and undici can, all but this one, for which it ends the connection.
 */
export class InterimReader {
  #reading: Reading = 'line';
  /** How much has come of the status line, or of the end of the head. */
  #at = 0;
  #tens = 0;

  /** What comes next is the answer to another request. */
  begin(): void {
    this.#go('line');
  }

  /** Takes the next bytes, changes them in place and gives them back. */
  read(part: Buffer): Buffer {
    for (let i = 0; i < part.length && this.#reading !== 'rest'; i += 1)
      part[i] = this.#reading === 'line' ? this.#line(part[i]!) : this.#head(part[i]!);
    return part;
  }

  #go(reading: Reading): void {
    this.#reading = reading;
    this.#at = 0;
  }

  #line(byte: number): number {
    const at = this.#at++;
    if (at < line.length) {
      if (at !== version && byte !== line[at]) this.#go('rest');
      return byte;
    }
    if (byte < zero || byte > nine) this.#go('rest');
    else if (at === line.length) this.#tens = byte;
    else this.#go('head');
    return this.#reading === 'head' && this.#tens === zero && byte === zero ? two : byte;
  }

  #head(byte: number): number {
    if (byte === headEnd[this.#at]) this.#at += 1;
    else this.#at = byte === headEnd[0] ? 1 : 0;
    if (this.#at === headEnd.length) this.#go('line');
    return byte;
  }
}

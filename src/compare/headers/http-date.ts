const fixdate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
const rfc850 = /^[A-Z][a-z]{2,8}, \d\d-[A-Z][a-z]{2}-\d\d(?:\d\d)? \d\d:\d\d:\d\d GMT$/;
const asctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;

/** A text is a date as HTTP writes them (RFC 9110, section 5.6.7), the old forms too. */
export function isHttpDate(text: string): boolean {
  return fixdate.test(text) || rfc850.test(text) || asctime.test(text);
}

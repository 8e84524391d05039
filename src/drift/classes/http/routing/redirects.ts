import type { Answered } from '../../../http-kit/exchange-pair.ts';

const redirectPage =
  /^<a href="[^"]{0,2000}">[A-Z][A-Za-z ]{1,40}<\/a>\.\s*$|^(?:Found|Moved Permanently|See Other|Temporary Redirect|Permanent Redirect)\. Redirecting to |^Redirected$/;

export function writesRedirect(answer: Answered): boolean {
  return answer.body.length === 0 || redirectPage.test(answer.text);
}

const sessionName = /sess|sid\b|auth(?!or)|token|csrf|xsrf|jwt/i;

/**
 * Takes the name of a cookie and its value; returns whether it is a session, generated for each visit, and not what a client goes by, as a
 * plan or settings: so its name says, or a part of it is as long and mixed as nobody spells.
 */
export function isSession([name, value]: readonly [name: string, value: string]): boolean {
  if (sessionName.test(name)) return value.length >= 16 || !/^[A-Za-z]+(?:[-_.][A-Za-z]+)*$/.test(value);
  return value.split(/(?:%[0-9A-F]{2}|[^A-Za-z0-9])+/i).some(isGenerated);
}

function isGenerated(part: string): boolean {
  return part.length >= 16 || (part.length >= 8 && /\d/.test(part) && !/^[A-Za-z]+\d{1,4}$/.test(part));
}

/** The class of a status code (RFC 9110, section 15): `2xx`. */
export function statusClass(status: number): string {
  return `${Math.floor(status / 100)}xx`;
}

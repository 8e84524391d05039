import type { Typed } from './type-of.ts';

const plain = { integer: 'int64', float: 'float64', text: 'string', time: 'time.Time', flag: 'bool', any: 'any' };

function goType(type: Typed): string {
  if (type.kind === 'list') return `[]${goType(type.item)}`;
  if (type.kind !== 'record') return plain[type.kind];
  const fields = type.members.map(([key, one], at) =>
    // A tag has no room for every key.
    /^[\w$.-]+$/.test(key) ? `F${at} ${goType(one)} \`json:"${key}"\`` : `F${at} any \`json:"-"\``,
  );
  return `struct{ ${fields.join('; ')} }`;
}

/** A program that decodes each line of its input into the type of that line, with encoding/json. */
export function goProgram(types: readonly Typed[]): string {
  const rows = types.map((type) => `\tfunc(b []byte) error { var v ${goType(type)}; return json.Unmarshal(b, &v) },`);
  return `package main

import (
\t"bufio"
\t"encoding/base64"
\t"encoding/json"
\t"fmt"
\t"os"
\t"time"
)

var _ time.Time

var decoders = []func([]byte) error{
${rows.join('\n')}
}

func main() {
\tinput := bufio.NewScanner(os.Stdin)
\tfor i := 0; input.Scan(); i++ {
\t\tbody, err := base64.StdEncoding.DecodeString(input.Text())
\t\tif err == nil {
\t\t\terr = decoders[i](body)
\t\t}
\t\tfmt.Println(err == nil)
\t}
}
`;
}

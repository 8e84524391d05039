import type { Typed } from './type-of.ts';

const plain = {
  integer: 'i64',
  float: 'f64',
  text: 'String',
  time: 'String',
  flag: 'bool',
  any: 'Option<serde_json::Value>',
};

function rustType(type: Typed, structs: string[]): string {
  if (type.kind === 'list') return `Vec<${rustType(type.item, structs)}>`;
  if (type.kind !== 'record') return plain[type.kind];
  const fields = type.members.map(
    ([key, one], at) => `    #[serde(rename = ${JSON.stringify(key)})]\n    f${at}: ${rustType(one, structs)},`,
  );
  const name = `R${structs.length}`;
  structs.push(`#[derive(Deserialize)]\nstruct ${name} {\n${fields.join('\n')}\n}`);
  return name;
}

/** A program that decodes each line of its input, in hex, into the type of that line, with serde. */
export function rustProgram(types: readonly Typed[]): string {
  const structs: string[] = [];
  const rows = types.map(
    (type, at) => `        ${at} => serde_json::from_slice::<${rustType(type, structs)}>(body).is_ok(),`,
  );
  return `#![allow(dead_code)]
use serde::Deserialize;
use std::io::BufRead;

${structs.join('\n\n')}

fn decodes(at: usize, body: &[u8]) -> bool {
    match at {
${rows.join('\n')}
        _ => false,
    }
}

fn main() {
    for (at, line) in std::io::stdin().lock().lines().enumerate() {
        let text = line.unwrap();
        let body: Vec<u8> = (0..text.len() / 2).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap()).collect();
        println!("{}", decodes(at, &body));
    }
}
`;
}

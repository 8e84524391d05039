import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { caseFileSchema } from '../../src/cases/read/schema.ts';
import { configSchema } from '../../src/config/schema.ts';
import { assessmentSchema } from '../../src/gauntlet/assess/assessment.ts';
import { gauntletSchema } from '../../src/gauntlet/schema.ts';

const schemas = { config: configSchema, case: caseFileSchema, gauntlet: gauntletSchema, assessment: assessmentSchema };
const names = ['config', 'case', 'gauntlet', 'assessment'] as const;

/** Of what people write the form that goes in: what comes out of the loader has more. */
function jsonSchema(name: (typeof names)[number]) {
  return z.toJSONSchema(schemas[name], { target: 'draft-07', io: 'input' });
}

/** PARITY_WRITE_SCHEMAS=1 writes the files for editors anew. */
test.each(names)('schema/%s.json is what the loader checks', (name) => {
  const path = fileURLToPath(new URL(`../../schema/${name}.json`, import.meta.url));
  const schema = jsonSchema(name);
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  if (process.env.PARITY_WRITE_SCHEMAS === '1') writeFileSync(path, text);
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test.each(names)('every key of schema/%s.json says what it is for', (name) => {
  const silent: string[] = [];
  visit(jsonSchema(name), name, silent);
  expect(silent).toEqual([]);
});

function visit(node: unknown, path: string, silent: string[]): void {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'properties') {
      for (const [name, property] of Object.entries(value as Record<string, { description?: string }>)) {
        if (property.description === undefined) silent.push(`${path}.${name}`);
      }
    }
    visit(value, `${path}.${key}`, silent);
  }
}

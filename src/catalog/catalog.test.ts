import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { OptionError } from '../core/errors.ts';
import * as codes from '../families/codes/index.ts';
import * as comparisons from '../families/comparisons/index.ts';
import * as metrics from '../families/metrics/index.ts';
import * as search from '../families/neighbors/index.ts';
import * as objectives from '../families/objectives/index.ts';
import * as optimizers from '../families/optimizers/index.ts';
import { resolveOptions } from '../method/options.ts';
import { describeMethodLaws } from '../testing/laws.ts';
import { catalog, methodById } from './index.ts';

const exportsOf: Readonly<Record<string, object>> = {
  objectives,
  optimizers,
  codes,
  metrics,
  comparisons,
  neighbors: search,
};
const methods = [...catalog.values()];

/** Every file of a family folder is a method, but for the contract, the index and the tests. */
function methodFiles(family: string): string[] {
  const folder = fileURLToPath(new URL(`../families/${family}`, import.meta.url));
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts') && !/\.(test|bench)\.ts$/.test(file))
    .filter(
      (file) => !/\b(support|bounds|certificate|constructions|exact|solver|stored)\b/.test(file),
    )
    .map((file) => basename(file, '.ts'))
    .filter((name) => name !== 'contract' && name !== 'index')
    .toSorted();
}

const camelCase = (id: string) => id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

describe('the catalogue', () => {
  for (const [family, exported] of Object.entries(exportsOf)) {
    test(`${family}: every method file is exported, and its name is its id`, () => {
      const ids = methods.filter(({ spec }) => spec.family === family).map(({ spec }) => spec.id);
      expect(ids.toSorted()).toEqual(methodFiles(family));
      for (const id of ids) {
        expect(Object.hasOwn(exported, camelCase(id)), camelCase(id)).toBe(true);
        const method = (exported as Record<string, { spec?: { id: string } }>)[camelCase(id)];
        expect(method?.spec?.id).toBe(id);
      }
    });
  }

  test('finds the methods of an id in every family', () => {
    expect(methodById('koleo')).toHaveLength(1);
    expect(methodById('uniformity').map(({ spec }) => spec.family)).toEqual([
      'objectives',
      'metrics',
    ]);
    expect(() => methodById('kole')).toThrow(OptionError);
  });

  test('a source has one title, one author list and one year', () => {
    const known = new Map<string, string>();
    for (const { spec } of methods) {
      for (const { source, title, authors, year } of spec.references) {
        const text = `${authors}, ${title} (${year})`;
        expect(known.get(source) ?? text, `${spec.id}: ${source}`).toBe(text);
        known.set(source, text);
      }
    }
  });

  test('a title has one source', () => {
    const known = new Map<string, string>();
    for (const { spec } of methods) {
      for (const { source, title } of spec.references) {
        expect(known.get(title) ?? source, `${spec.id}: ${title}`).toBe(source);
        known.set(title, source);
      }
    }
  });
});

for (const [key, method] of catalog) {
  const { spec } = method;
  describe(key, () => {
    test('says what it is in one sentence and where it comes from', () => {
      expect(spec.id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      expect(spec.title).not.toBe('');
      expect(spec.summary).toMatch(/^[A-Z].*\.$/);
      expect(spec.references.length).toBeGreaterThan(0);
      for (const { authors, title, year, source, part } of spec.references) {
        for (const text of [authors, title, source, part]) expect(text.trim()).not.toBe('');
        expect(year).toBeGreaterThan(1800);
        expect(year).toBeLessThan(2100);
      }
    });
    test('has defaults inside their ranges and a sentence on every option', () => {
      expect(() => resolveOptions(spec.id, spec.options)).not.toThrow();
      for (const [name, option] of Object.entries(spec.options)) {
        expect(option.doc, name).toMatch(/^[A-Z].*\.$/s);
      }
    });
    describeMethodLaws(method);
  });
}

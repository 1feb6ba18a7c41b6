import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { camelCase, families as folders, generated, methodFiles } from '../../scripts/generate.mjs';
import { OptionError } from '../core/errors.ts';
import { type AnyOptionSpec, describeRange, resolveOptions } from '../method/options.ts';
import { describeAttributionLaws } from '../testing/attribution-laws.ts';
import { describeClassifierLaws } from '../testing/classifier-laws.ts';
import { describeCodecLaws } from '../testing/codec-laws.ts';
import { describeDirectionsLaws } from '../testing/directions-laws.ts';
import { describeErasureLaws } from '../testing/erasure-laws.ts';
import { cases } from '../testing/generated/cases.ts';
import { describeIndexLaws } from '../testing/index-laws.ts';
import { describeMethodLaws } from '../testing/laws.ts';
import { describeAlignmentLaws, describeReductionLaws } from '../testing/map-laws.ts';
import { describeMergerLaws } from '../testing/merger-laws.ts';
import { describeParametrizationLaws } from '../testing/parametrization-laws.ts';
import { describeTableLaws } from '../testing/table-laws.ts';
import { exportsOfFamilies } from './generated/methods.ts';
import { catalog, families, methodById } from './index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const methods = [...catalog.values()];

describe('families and their folders', () => {
  test('what is generated from the folders is current (npm run generate)', () => {
    for (const [path, text] of generated()) {
      expect(existsSync(path) && readFileSync(path, 'utf8') === text, path).toBe(true);
    }
  });

  test('every folder of src/families describes itself and has a small problem', () => {
    const found = readdirSync(join(root, 'src/families'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(families.map(({ id }) => id).toSorted()).toEqual(found.toSorted());
    for (const id of found) {
      for (const file of ['family.ts', 'family.case.ts']) {
        expect(existsSync(join(root, 'src/families', id, file)), `${id}/${file}`).toBe(true);
      }
    }
  });

  test('no two families stand at the same place in lists', () => {
    expect(new Set(families.map(({ order }) => order)).size).toBe(families.length);
  });

  for (const family of folders()) {
    test(`${family.id}: every file of the folder and its groups is a method of that name`, () => {
      const exported = exportsOfFamilies[family.id] as Record<string, { spec?: { id: string } }>;
      const files = methodFiles(family).map(({ id }) => id);
      const ids = methods
        .filter(({ spec }) => spec.family === family.id)
        .map(({ spec }) => spec.id);
      expect(ids.toSorted()).toEqual(files.toSorted());
      for (const id of ids) expect(exported[camelCase(id)]?.spec?.id, id).toBe(id);
    });

    test(`${family.id}: a method's file exports the method alone, and types`, () => {
      const more = methodFiles(family).filter(({ id, path }) => {
        const text = readFileSync(join(family.folder, path), 'utf8');
        const names = text.matchAll(/^export (?:async )?(?:const|function\*?|class) (\w+)/gm);
        return Array.from(names, ([, name]) => name).join() !== camelCase(id);
      });
      expect(more.map(({ path }) => path)).toEqual([]);
    });

    test(`${family.id}: no method hides in a private folder`, () => {
      const lists = new Set(methodFiles(family).map(({ path }) => path));
      const hidden = readdirSync(family.folder, { recursive: true })
        .map(String)
        .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !lists.has(path))
        .filter((path) => dirname(path) !== '.')
        .filter((path) =>
          /^export const \w+ = (\/\*.*\*\/ )?define[A-Z]\w*\(\{$/m.test(
            readFileSync(join(family.folder, path), 'utf8'),
          ),
        );
      expect(hidden).toEqual([]);
    });

    test(`${family.id}: every method has a test of its own beside it`, () => {
      const untested = methodFiles(family)
        .map(({ path }) => path.replace(/\.ts$/, '.test.ts'))
        .filter((path) => !existsSync(join(family.folder, path)));
      expect(untested).toEqual([]);
    });
  }
});

describe('the catalogue', () => {
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

  test('every method says what it is in one sentence and where it comes from', () => {
    for (const { spec } of methods) {
      const name = `${spec.family}/${spec.id}`;
      expect(spec.id, name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      expect(spec.title, name).not.toBe('');
      expect(spec.summary, name).toMatch(/^[A-Z].*\.$/);
      expect(spec.references.length, name).toBeGreaterThan(0);
      for (const { authors, title, year, source, part } of spec.references) {
        for (const text of [authors, title, source, part]) expect(text.trim(), name).not.toBe('');
        expect(year, name).toBeGreaterThan(1800);
        expect(year, name).toBeLessThan(2100);
      }
    }
  });

  test('every option has a sentence, a default inside its range, and refuses what is not', () => {
    for (const { spec } of methods) {
      const { id, options } = spec;
      expect(() => resolveOptions(id, options), id).not.toThrow();
      expect(() => resolveOptions(id, options, { nonsense: 1 } as object), id).toThrow(
        `${id}: option "nonsense"`,
      );
      for (const [name, option] of Object.entries(options)) {
        expect(option.doc, `${id}.${name}`).toMatch(/^[A-Z].*\.$/s);
        for (const value of badValues(option)) {
          expect(() => resolveOptions(id, options, { [name]: value } as object), id).toThrow(
            `${id}: option "${name}" must be ${describeRange(option)}`,
          );
        }
      }
    }
  });
});

function badValues(spec: AnyOptionSpec): unknown[] {
  switch (spec.kind) {
    case 'boolean':
      return ['yes', 1];
    case 'choice':
      return ['no such choice', 1];
    case 'integer':
    case 'number': {
      const values: unknown[] = [NaN, '1', true];
      if (spec.kind === 'integer') values.push(0.5, Infinity);
      if (spec.min !== undefined) values.push(spec.min - 1, -Infinity);
      if (spec.max !== undefined) values.push(spec.max + 1, Infinity);
      return values;
    }
  }
}

/** Laws of a kind of method that no other has. */
const ownLaws: Readonly<Record<string, typeof describeReductionLaws>> = {
  reduction: describeReductionLaws,
  alignment: describeAlignmentLaws,
  compression: describeCodecLaws,
  search: describeIndexLaws,
  tables: describeTableLaws,
  parametrizations: describeParametrizationLaws,
  merging: describeMergerLaws,
  erasure: describeErasureLaws,
  classifiers: describeClassifierLaws,
  directions: describeDirectionsLaws,
  attributions: describeAttributionLaws,
};

for (const { id, maps } of families) {
  for (const [key, method] of catalog) {
    if (method.spec.family === id) {
      describe(key, () => {
        describeMethodLaws(method, maps, cases[id]);
        ownLaws[id]?.(method, cases[id](method.spec.id));
      });
    }
  }
}

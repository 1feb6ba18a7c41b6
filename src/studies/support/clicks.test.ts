import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { areaUnderRoc } from '../../numerics/statistics/area-under-roc.ts';
import type { StudyData } from '../define.ts';
import { type ClickSet, type Clicks, clicks, splitClicks } from './clicks.ts';

const shipped = (name: string) => new URL(`../../../study-data/${name}/`, import.meta.url);
const data: StudyData = { folder: async (name) => shipped(name), full: async () => undefined };
const load = (name: ClickSet, quick = false) => clicks(name, { data, quick });

const sizes = ({ fields }: Clicks) =>
  Object.fromEntries(fields.map(({ name, values }) => [name, values.length]));

/** The names of one example, its label last. */
const example = ({ fields, labels }: Clicks, i: number) => [
  ...fields.map(({ values, ids }) => values[ids[i]]),
  labels[i],
];

const positives = ({ labels }: Clicks) => labels.reduce((sum, label) => sum + label, 0);

/** Examples of each id, the most frequent first. */
function counts({ fields }: Clicks, name: string): number[] {
  const field = fields.find((one) => one.name === name);
  const found = new Array(field?.values.length).fill(0);
  for (const id of field?.ids ?? []) found[id] += 1;
  return found.sort((a, b) => b - a);
}

describe('dependencies of packages', async () => {
  const all = await load('package-dependencies');
  const [packages, items] = ['package', 'item'].map(
    (name) => all.fields.find((field) => field.name === name) as Clicks['fields'][number],
  );

  test('have one example in three that is true', () => {
    expect(all.labels).toHaveLength(135_051);
    expect(positives(all)).toBe(135_051 / 3);
    expect(sizes(all)).toEqual({
      package: 4765,
      maintainer: 865,
      section: 56,
      item: 6458,
      'item section': 55,
    });
  });

  test('have each pair of a package and an item once', () => {
    const pairs = packages.ids.map((id, i) => id * items.values.length + items.ids[i]);
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  test('of a package do not tell its others, as they would with two negatives for each positive', () => {
    const [below, above]: number[][] = [[], []];
    const balance = new Float64Array(packages.values.length);
    const { train, test: held } = splitClicks(all, Random.fromSeed(1));
    const share = positives(train) / train.labels.length;
    train.labels.forEach((label, i) => {
      balance[train.fields[0].ids[i]] += label - share;
    });
    held.labels.forEach((label, i) => {
      (label ? above : below).push(balance[held.fields[0].ids[i]]);
    });
    // Three standard errors of an area under ROC of 0.5 with 4,500 and 9,000 examples: 3·√(1/(12·4,500) + 1/(12·9,000)).
    expect(Math.abs(areaUnderRoc(below, above) - 0.5)).toBeLessThan(0.016);
  });

  test('know what htop needs', () => {
    const needs = [...all.labels.keys()].filter(
      (i) => all.labels[i] && packages.values[packages.ids[i]] === 'htop',
    );
    expect(needs.map((i) => items.values[items.ids[i]]).sort()).toEqual([
      'libc6',
      'libncursesw6',
      'libnl-3-200',
      'libnl-genl-3-200',
      'libtinfo6',
    ]);
  });

  test('have a hundred items in a quarter of the examples, and half of the items in nine or fewer', () => {
    const of = counts(all, 'item');
    expect(of.slice(0, 100).reduce((a, b) => a + b) / 135_051).toBeGreaterThan(0.25);
    expect(of[of.length >> 1]).toBe(9);
    expect(of.at(-1)).toBeGreaterThan(0);
  });
});

describe('delays of flights', async () => {
  const all = await load('flight-delays');

  test('are those of 120,000 flights of January 2001, 22 % of them late', () => {
    expect(all.labels).toHaveLength(120_000);
    expect(positives(all)).toBe(25_941);
    expect(sizes(all)).toEqual({
      origin: 223,
      destination: 223,
      route: 3256,
      slot: 23_286,
      day: 31,
      hour: 688,
      'hour of day': 24,
    });
  });

  test('have a route, a slot and an hour that are made of the other fields', () => {
    for (let i = 0; i < 120_000; i += 997) {
      const [origin, destination, route, slot, day, hour, hourOfDay] = example(all, i);
      expect(route).toBe(`${origin}-${destination}`);
      expect(slot).toBe(`${route} ${hourOfDay}`);
      expect(hour).toBe(`${day} ${hourOfDay}`);
    }
  });

  test('stand in no order of time, and their ids in none of the alphabet', () => {
    const { values, ids } = all.fields[4];
    expect(new Set(ids.subarray(0, 400)).size).toBe(31);
    expect([...values]).not.toEqual([...values].sort());
  });
});

describe('the quick form', () => {
  test.each(['package-dependencies', 'flight-delays'] as const)(
    'has the first examples of %s and only their values',
    async (name) => {
      const [all, quick] = [await load(name), await load(name, true)];
      expect(quick.labels).toEqual(all.labels.slice(0, 12_000));
      for (let i = 0; i < 12_000; i += 97) expect(example(quick, i)).toEqual(example(all, i));
      for (const { values, ids } of quick.fields) expect(new Set(ids).size).toBe(values.length);
    },
  );
});

describe('a split', () => {
  const toy: Clicks = {
    fields: [
      {
        name: 'row',
        values: Array.from({ length: 57 }, (_, i) => `${i}`),
        ids: Int32Array.from({ length: 57 }, (_, i) => i),
      },
    ],
    labels: Uint8Array.from({ length: 57 }, (_, i) => (i % 3 === 0 ? 1 : 0)),
  };
  const split = splitClicks(toy, Random.fromSeed(4));

  test('has each example in one part, with its label', () => {
    const parts = [split.train, split.val, split.test];
    expect(parts.map(({ labels }) => labels.length)).toEqual([45, 6, 6]);
    const rows = parts.flatMap(({ fields }) => [...fields[0].ids]);
    expect(rows.sort((a, b) => a - b)).toEqual([...toy.fields[0].ids]);
    for (const { fields, labels } of parts)
      fields[0].ids.forEach((row, i) => {
        expect(labels[i]).toBe(toy.labels[row]);
      });
  });

  test('keeps all values, follows the seed alone, and is another for another', () => {
    expect(split.test.fields[0].values).toBe(toy.fields[0].values);
    expect(splitClicks(toy, Random.fromSeed(4))).toEqual(split);
    expect(splitClicks(toy, Random.fromSeed(5))).not.toEqual(split);
  });
});

describe('files that do not belong together are refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tammes-clicks-'));
  const own: StudyData = { ...data, folder: async () => pathToFileURL(`${folder}/`) };
  const refused = async (examples: number[], sentence: string) => {
    writeFileSync(join(folder, 'examples.gz'), gzipSync(Uint8Array.from(examples)));
    await expect(clicks('flight-delays', { data: own, quick: false })).rejects.toThrow(sentence);
  };
  const fields = [
    { name: 'sky', values: ['blue', 'grey'] },
    { name: 'sea', values: ['calm'] },
  ];
  writeFileSync(join(folder, 'fields.json.gz'), gzipSync(JSON.stringify({ examples: 2, fields })));

  test('by their size, an id or a label', async () => {
    await refused([0, 0], 'expected 10 bytes for 2 examples of 2 fields; got 2.');
    await refused(
      [0, 0, 1, 0, 0, 0, 0, 1, 1, 0],
      'expected ids below 1 in the field sea; got 256 in row 1.',
    );
    await refused([0, 0, 1, 0, 0, 0, 0, 0, 1, 7], 'expected labels 0 and 1; got 7 in row 1.');
  });
});

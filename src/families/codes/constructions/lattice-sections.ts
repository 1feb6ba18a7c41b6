import type { Construction, Family, IntegerRows } from './contract.ts';
import { leechVectors } from './leech.ts';
import { antipodal } from './realized.ts';
import { integerConstruction, rootsOfE8 } from './roots.ts';
import type { Condition } from './section.ts';
import { section } from './section.ts';

const SPLAG = 'Conway, Sloane, Sphere Packings, Lattices and Groups, 1999';
const SHARP = 'Levenshtein, 1992; Cohn, Kumar, J. AMS 20, 2007, Table 1';

/** A form of 24 (or 8) entries with the named ones set. */
function form(length: number, entries: Readonly<Record<number, number>>): number[] {
  return Array.from({ length }, (_, i) => entries[i] ?? 0);
}

const zeroAt = (i: number): Condition => ({ form: form(24, { [i]: 1 }), product: 0 });
const equalAt = (i: number, j: number): Condition => ({
  form: form(24, { [i]: 1, [j]: -1 }),
  product: 0,
});
const firstZero = (count: number) => Array.from({ length: count }, (_, i) => zeroAt(i));

/** Sections of the minimal vectors through the origin, by dimension: laminated lattices and near ones. */
const LEECH_SECTIONS: readonly (readonly [dim: number, size: number, conditions: Condition[]])[] = [
  [24, 196_560, []],
  [23, 93_150, [equalAt(0, 1)]],
  [22, 49_896, [equalAt(0, 1), equalAt(1, 2)]],
  [21, 27_720, firstZero(3)],
  [20, 17_400, firstZero(4)],
  [19, 10_668, firstZero(5)],
  [18, 7398, [equalAt(0, 1), ...[2, 3, 4, 5, 6].map((i) => equalAt(i, i + 1))]],
  [17, 5346, [1, 2, 3, 4, 5, 6, 7].map((i) => equalAt(0, i))],
  [16, 4320, firstZero(8)],
  [15, 2340, firstZero(9)],
  [14, 1260, firstZero(10)],
];

/** Sizes of the neighbours of one, two, … mutually neighbouring vectors in those sections. */
const NEIGHBOURS: Readonly<Record<number, readonly number[]>> = {
  24: [4600, 891, 336, 170],
  23: [2464, 495, 188, 102],
  22: [1492, 309, 114],
  21: [972, 181],
  20: [712, 147],
  19: [484, 113],
  18: [376, 99],
  17: [312, 83],
  16: [280, 75],
};

/**
 * Mutually neighbouring minimal vectors at product 16, in columns clear of the sections. Not every
 * choice of columns gives the same number of neighbours; the sizes above belong to this one.
 */
const anchors = (count: number): Condition[] =>
  [21, 22, 23, 19]
    .slice(0, count)
    .map((column) => ({ form: form(24, { 20: 4, [column]: 4 }), product: 16 }));

const TYPE_THREE: Condition = {
  form: [5, ...Array<number>(23).fill(1)],
  product: 24,
};
const near = (i: number, product: number): Condition => ({
  form: form(24, { 0: 4, [i]: 4 }),
  product,
});

/** Codes on the way from a vector of squared length 6 to the McLaughlin graph and its parts. */
const FROM_TYPE_THREE: readonly (readonly [number, number, number, Condition[]])[] = [
  [23, 552, 5, [TYPE_THREE]],
  [22, 275, 6, [TYPE_THREE, near(1, 16)]],
  [21, 162, 7, [TYPE_THREE, near(1, 16), near(2, 16)]],
  [21, 112, 9, [TYPE_THREE, near(1, 16), near(2, 8)]],
];

function leechSection(dim: number, size: number, over: number, name: string, all: Condition[]) {
  const text = { name, source: over === 2 ? SPLAG : SHARP };
  return integerConstruction(text, { size, dim, cosine: [1, over] }, () =>
    cached(name, () => (all.length === 0 ? leechVectors() : section(leechVectors(), all))),
  );
}

/** The roots of E8, E7 and E6, and the chain of neighbours in E8. */
function e8Sections(): Construction[] {
  const difference = (i: number): Condition => ({
    form: form(8, { [i]: 1, [i + 1]: -1 }),
    product: 0,
  });
  const neighbours = (count: number) =>
    Array.from({ length: count }, (_, k) => ({ form: form(8, { 0: 2, [k + 1]: 2 }), product: 4 }));
  const parts: [string, number, number, number, Condition[]][] = [
    ['roots of E8', 240, 8, 2, []],
    ['roots of E7', 126, 7, 2, [difference(0)]],
    ['roots of E6', 72, 6, 2, [difference(0), difference(1)]],
    ['56 neighbours in E8 (minimal vectors of E7*)', 56, 7, 3, neighbours(1)],
    ['27 lines on a cubic (Schläfli graph)', 27, 6, 4, neighbours(2)],
    ['16 points of the half 5-cube (Clebsch graph)', 16, 5, 5, neighbours(3)],
    ['10 points of the Petersen graph', 10, 4, 6, neighbours(4)],
  ];
  return parts.map(([name, size, dim, over, conditions]) =>
    integerConstruction(
      { name, source: over === 2 ? `${SPLAG}, ch. 4` : SHARP },
      { size, dim, cosine: [1, over] },
      () => (conditions.length === 0 ? rootsOfE8() : section(rootsOfE8(), conditions)),
    ),
  );
}

const kept = new Map<string, IntegerRows>();

/** A section costs a pass over 196,560 vectors, and is asked for again with other counts. */
function cached(name: string, make: () => IntegerRows): IntegerRows {
  const rows = kept.get(name) ?? make();
  kept.set(name, rows);
  return rows;
}

/** Minimal vectors of E8 and of the Leech lattice, their sections and their chains of neighbours. */
export const latticeSections: Family = (d) => {
  const out = e8Sections();
  for (const [dim, size, conditions] of LEECH_SECTIONS) {
    const base = dim === 24 ? 'Leech lattice' : `Leech lattice in ${dim} dimensions`;
    out.push(leechSection(dim, size, 2, `minimal vectors of the ${base}`, conditions));
    for (const [k, count] of (NEIGHBOURS[dim] ?? []).entries()) {
      const name = `${count} neighbours of ${k + 1} in the ${base}`;
      const all = [...conditions, ...anchors(k + 1)];
      out.push(leechSection(dim - k - 1, count, k + 3, name, all));
    }
  }
  for (const [dim, size, over, conditions] of FROM_TYPE_THREE) {
    const name = `${size} points around a vector of type 3 of the Leech lattice`;
    out.push(leechSection(dim, size, over, name, conditions));
  }
  // Sections through the origin, the neighbours v − x beside x of one v, and w − x beside x of type 3.
  const isAntipodal = ({ cosine, size }: Construction) => cosine > 0.3 || size === 552;
  return out.filter(({ dim }) => dim <= d).map((c) => (isAntipodal(c) ? antipodal(c) : c));
};

import type { ComparisonRow } from '../../../families/comparisons/types.ts';
import { rowsNamed } from '../../parity/likeness.ts';
import { saysRelated } from '../../parity/relation.ts';
import type { PairFacts } from './pair-facts.ts';

/** A cosine so far from chance to one says that rows are the same, or nearly. */
const SAME = 0.999;
const NEAR = 0.9;

/**
 * What the numbers say together, in one sentence. No likeness is said of a number that does not lie beyond
 * its value for unrelated rows: rows far from the origin have cosines near 1 whatever they are.
 */
export function likeness(rows: readonly ComparisonRow[], facts: PairFacts | undefined): string {
  const row = (id: string) => rows.find((found) => found.id === id);
  const value = (id: string) => row(id)?.value ?? NaN;
  if (!facts) {
    const test = row('energy-distance') ?? row('two-sample-mmd');
    return twoSamples(test, value('spectrum-distance'));
  }
  if (facts.constant) {
    return `Every row of ${facts.constant} is one and the same vector: there is nothing to compare.`;
  }
  const { same, n } = facts;
  const cosine = value('mean-row-cosine');
  if (same && same.differ.length === 0) {
    return `The same vectors: the mean row cosine is ${cosine.toFixed(5)}.`;
  }
  if (same) {
    const { differ } = same;
    return `${differ.length} of ${n} rows ${differ.length === 1 ? 'is' : 'are'} not the same in both (${rowsNamed(differ)}), the other ${same.same.length} are: mean row cosine ${shown(cosine)}.`;
  }
  const numbers = numbersOf(row('neighbor-overlap'), row('linear-cka'));
  const plain = beyondChance(row('mean-row-cosine'));
  if (facts.sameDirections && plain >= SAME) {
    return `The same directions, with other lengths: the mean row cosine is ${cosine.toFixed(5)}.`;
  }
  if (plain >= NEAR)
    return `Nearly the same vectors: mean row cosine ${shown(cosine)} where unrelated rows have ${chanceOf(row('mean-row-cosine'))}, ${numbers}.`;
  const turned = beyondChance(row('rotated-row-cosine'));
  const rotated = `mean row cosine ${shown(value('rotated-row-cosine'))} after the best rotation, where unrelated rows have ${chanceOf(row('rotated-row-cosine'))}`;
  if (turned >= SAME) {
    return `The same space in other coordinates: ${shown(value('rotated-row-cosine'))} mean row cosine after the best rotation.`;
  }
  if (turned >= NEAR) return `Nearly the same space in other coordinates: ${rotated}, ${numbers}.`;
  if (!rows.some(saysRelated)) return nothing(numbers, facts);
  const degree = degreeOf(row('neighbor-overlap'), value('linear-cka'));
  return facts.explained
    ? `${degree} in common as the values stand: ${numbers}. What lies between the files is named by parity.`
    : `${degree} in common, in other coordinates or other models: ${numbers}.`;
}

/** What parity found may be too exact for numbers of chance: few rows, or rows that do not correspond. */
function nothing(numbers: string, { explained }: PairFacts): string {
  return explained
    ? `Row by row these numbers show nothing beyond chance: ${numbers}. What lies between the files is named by parity.`
    : `Nothing in common beyond chance: ${numbers}. Either the rows do not correspond or the spaces are unrelated.`;
}

/** How far a similarity lies from its value for unrelated rows towards 1: 0 there, 1 for equal spaces. */
function beyondChance(row: ComparisonRow | undefined): number {
  const chance = row?.null?.value ?? NaN;
  return ((row?.value ?? NaN) - chance) / (1 - chance);
}

function degreeOf(overlap: ComparisonRow | undefined, cka: number): string {
  const kept = beyondChance(overlap);
  if (kept >= 0.5 || cka >= 0.8) return 'Much';
  return kept >= 0.2 || cka >= 0.4 ? 'Something' : 'Little';
}

function numbersOf(overlap: ComparisonRow | undefined, cka: ComparisonRow | undefined): string {
  return `neighbour overlap ${shown(overlap?.value ?? NaN)} where chance gives ${chanceOf(overlap)}, linear CKA ${shown(cka?.value ?? NaN)}`;
}

function chanceOf(row: ComparisonRow | undefined): string {
  return shown(row?.null?.value ?? NaN);
}

function twoSamples(test: ComparisonRow | undefined, spectrum: number): string {
  const spectra = `the spectra are ${shown(spectrum)} apart of 1`;
  const p = test?.null?.pValue;
  if (p === undefined) return `Two sets in other coordinates: ${spectra}.`;
  const what = `(${test?.id}, p = ${Number(p.toPrecision(2))})`;
  return p < 0.01
    ? `The two sets have different laws ${what}; ${spectra}.`
    : `The two sets cannot be told apart ${what}; ${spectra}.`;
}

function shown(value: number): string {
  if (!Number.isFinite(value)) return 'unknown';
  const [short, long] = [value.toFixed(3), value.toFixed(5)];
  return short === '1.000' && long !== '1.00000' ? long : short;
}

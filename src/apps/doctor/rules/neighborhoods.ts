import { counted } from '../../../core/text.ts';
import type { Examined, Finding, Rule } from '../contract.ts';
import { atLeast, digits, named, percent } from './shared.ts';

export const nearDuplicates: Rule = {
  id: 'near-duplicates',
  summary: 'Rows that are the same, or nearly, as another.',
  reads: ['near-duplicates'],
  examine(file) {
    const row = file.metric('near-duplicates');
    const rows = row?.rows ?? [];
    if (!(row?.value && row.value > 0)) return undefined;
    return {
      severity: 'warning',
      sentence: `Some rows nearly coincide with another, as rows so dense do not by chance: ${named(rows, file)}.`,
      rows,
      columns: [],
      fix: 'keep one of each; tammes disperse parts those that you keep',
      cure: { id: 'drop-rows', rows },
    };
  },
};

/**
 * A cap with as many rows that is so many times larger than the median one: with evenly spread rows, a Gamma
 * law of 10, one in 10⁸ is.
 */
const LONELY_VOLUME = 4;

/** Where there are more of them they are a sparse part of the file, which anti-hubs speak of. */
const MOST_LONELY = 0.05;

/** Rows that no other is near. */
export const lonelyRows: Rule = {
  id: 'lonely-rows',
  summary:
    'Rows far from all others: their neighbours are much farther than those of nearly all rows.',
  reads: ['codensity', 'gride'],
  examine(file) {
    const codensity = file.metric('codensity');
    const rows = codensity?.rows ?? [];
    const angles = Array.from(codensity?.series?.x ?? []);
    // In few dimensions chance alone makes angles very uneven: volumes are compared there.
    const dimensions = Math.max(1, atLeast(file.metric('gride')) || file.d - 1);
    const farthest = Math.max(...angles) / (codensity?.value ?? NaN);
    if (rows.length === 0 || rows.length > MOST_LONELY * file.n) return undefined;
    if (!(farthest ** dimensions > LONELY_VOLUME)) return undefined;
    const many = counted(rows.length, 'row lies', 'rows lie');
    return {
      severity: 'warning',
      sentence: `${many} far from all others (${named(rows, file)}): ${digits(Math.max(...angles))}° to the tenth neighbour of the farthest, where half of the rows have less than ${digits(codensity?.value ?? NaN)}°.`,
      rows,
      columns: [],
      fix: 'look at what these rows are: broken or foreign inputs often lie alone; leave those out',
      cure: { id: 'drop-rows', rows },
    };
  },
};

/** Rows of different models in one file, or clusters that nothing joins. */
export const mixedPopulations: Rule = {
  id: 'mixed-populations',
  summary:
    'Rows fall into groups that are nobody’s neighbours across: rows of different models, each spread like a space of its own, or tight clusters.',
  reads: ['components'],
  explains: [
    'unused-directions',
    'rogue-dimensions',
    'off-center',
    'lonely-rows',
    'anti-hubs',
    'few-dimensions',
  ],
  examine(file) {
    return models(file) ?? clusters(file);
  },
};

function models(file: Examined): Omit<Finding, 'id'> | undefined {
  const found = file.facts?.populations;
  if (!found) return undefined;
  const { groups, crossing, inBlocks } = found;
  const sizes = groups.map(({ rows }) => percent(rows.length / file.n)).join(', ');
  const across =
    crossing > 0 ? `${percent(crossing)} of neighbours across` : 'no neighbours across';
  const where = inBlocks
    ? ` They stand one behind the other: ${blocksOf(
        groups.map(({ rows }) => rows),
        file.n,
      )}.`
    : ' They stand mixed in the file.';
  return {
    severity: 'error',
    sentence: `The rows form ${groups.length} populations (${sizes} of the rows) with ${across}, each spread over directions that have no more to do with those of the others than after a random rotation: they probably come from different models.${where}`,
    rows: groups.slice(1).flatMap(({ rows }) => rows),
    columns: [],
    fix: 'make all rows with one model, or keep them in files of their own; tammes compare tells two files apart',
    cure: { id: 'split-rows', groups: groups.map(({ rows }) => rows) },
  };
}

/** From where to where the rows of each group stand, but for a row or two that may be counted amiss. */
function blocksOf(groups: readonly (readonly number[])[], n: number): string {
  const ends = groups.map((rows) => {
    const few = Math.floor(rows.length / 50);
    return [rows[few], rows[rows.length - 1 - few]];
  });
  ends.sort(([p], [q]) => p - q);
  const starts = ends.map(([first], at) =>
    at === 0 ? 0 : Math.ceil((ends[at - 1][1] + first) / 2),
  );
  return starts
    .map((start, at) => `about rows ${start} to ${(starts[at + 1] ?? n) - 1}`)
    .join(', ');
}

/** Components of the neighbour graph whose directions are those of one model, or too narrow to tell. */
function clusters(file: Examined): Omit<Finding, 'id'> | undefined {
  const row = file.metric('components');
  if (!(row?.value && row.value > 1) || !row.series) return undefined;
  const sizes = Array.from(row.series.x, percent).slice(0, 4).join(', ');
  return {
    severity: 'note',
    sentence: `The rows form ${row.value} groups (${sizes} of the rows) with no neighbours across, and nothing says that they come from different models: clusters.`,
    rows: row.rows ?? [],
    columns: [],
    fix: 'nothing, if you expect them; measure each cluster by itself otherwise',
  };
}

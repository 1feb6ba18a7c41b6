import { InputError } from '../../core/errors.ts';
import { gathered, type Matrix } from '../../core/matrix.ts';
import { readInput } from '../input.ts';

interface Rows {
  readonly points: Matrix;
  readonly labels?: readonly string[] | undefined;
}

/** The vectors of the other side, row i beside row i: by label where both files have labels, else by place. */
export async function readOthers(
  command: string,
  file: string | undefined,
  rows: Rows,
): Promise<Matrix> {
  if (file === undefined)
    throw new InputError(command, 'vectors of the other side are needed: --others FILE.');
  return othersBeside(file, rows, await readInput(file, {}));
}

/** @throws InputError where a row has no partner, or several */
export function othersBeside(file: string, { points, labels }: Rows, others: Rows): Matrix {
  const [n, m] = [points.rows, others.points.rows];
  const theirs = others.labels;
  const inPlace = n === m && labels?.every((label, i) => label === theirs?.[i]);
  if (!labels || !theirs || inPlace) {
    if (n === m) return others.points;
    throw new InputError(
      file,
      `expected ${n} rows, one for each row of the first side; got ${m} (labels in both files would match them).`,
    );
  }
  const places = new Map(theirs.map((label, place) => [label, place]));
  const twice = firstRepeated(theirs) ?? firstRepeated(labels);
  if (twice !== undefined)
    throw new InputError(
      file,
      `the label ${JSON.stringify(twice)} stands for several rows, so labels do not say which belong together; leave them out of one file, and rows go by place.`,
    );
  const partners = labels.map((label, row) => {
    const place = places.get(label);
    if (place !== undefined) return place;
    throw new InputError(
      file,
      `row ${row} of the first side, ${JSON.stringify(label)}, has no partner here; every row needs one.`,
    );
  });
  if (m === n) return gathered(others.points, partners);
  const known = new Set(labels);
  const row = theirs.findIndex((label) => !known.has(label));
  throw new InputError(
    file,
    `row ${row}, ${JSON.stringify(theirs[row])}, has no partner on the first side; every row needs one.`,
  );
}

function firstRepeated(labels: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return labels.find((label) => seen.size === seen.add(label).size);
}

import { InputError } from '../../../core/errors.ts';
import { type Matrix, toFloat32, zeros64 } from '../../../core/matrix.ts';
import { choleskySolve } from '../../../numerics/decompositions/cholesky.ts';
import type { BuildContext, CheckedCorpus } from '../types.ts';
import { type HashPlanes, randomPlanes, thresholdsAt } from './planes.ts';

/** The column that says to which class a row belongs. */
const COLUMN = 'class';
/** Ridge of the regression, in the mean variance of the columns. */
const RIDGE = 1e-2;

/**
 * Bits that rows of a class share: a class has bit k where its mean lies above the median class along a random plane, so
 * that half of the classes have it; the planes of the index are the ridge regression of these bits (1 or −1) on the rows.
 */
export async function regressedCodes(
  middle: Matrix<Float32Array>,
  mean: Float64Array,
  count: number,
  corpus: CheckedCorpus,
  { engine, random, work: { signal } }: BuildContext,
): Promise<HashPlanes> {
  const { rows: n, cols: d } = middle;
  const { of, classes } = classesOf(corpus);
  const along = await engine.matmul(middle, randomPlanes(count, d, random.fork('planes')), true, {
    signal,
  });
  const codes = codesOfClasses(along, of, classes);
  const target = zeros64(n, count);
  for (let e = 0; e < n * count; e++)
    target.data[e] = codes[of[Math.floor(e / count)] * count + (e % count)];
  const shift = columnMeans(target);
  const gram = await engine.gram(middle, { signal });
  let trace = 0;
  for (let c = 0; c < d; c++) trace += gram.data[c * d + c];
  if (!(trace > 0))
    throw new InputError('hash', 'all rows are the same: nothing tells classes apart.');
  for (let c = 0; c < d; c++) gram.data[c * d + c] += (RIDGE * trace) / d;
  const cross = await engine.matmul(middle, toFloat32(target), { transposeA: true }, { signal });
  const solved = choleskySolve(await engine.linalg.cholesky(gram, { signal }), cross);
  const planes = toFloat32(zeros64(count, d));
  for (let k = 0; k < count; k++)
    for (let c = 0; c < d; c++) planes.data[k * d + c] = solved.data[c * count + k];
  const through = thresholdsAt(planes, mean);
  return { planes, thresholds: through.map((t, k) => t - shift[k]) };
}

/** The class of each row by number, and how many there are. */
function classesOf({ columns = {}, n }: CheckedCorpus) {
  const column = Object.hasOwn(columns, COLUMN) ? columns[COLUMN] : undefined;
  if (!column) {
    const names = Object.keys(columns).join(', ') || 'none';
    throw new InputError(
      'hash',
      `supervised takes the classes of the rows from the column "${COLUMN}"; the columns are: ${names} (--no-label makes one of what is read as labels; itq needs none).`,
    );
  }
  const places = new Map<string | number, number>();
  const of = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const own = column[i];
    if (own === '' || Number.isNaN(own))
      throw new InputError('hash', `row ${i} has no class in the column "${COLUMN}".`);
    const place = places.get(own) ?? places.size;
    places.set(own, place);
    of[i] = place;
  }
  if (places.size < 2)
    throw new InputError('hash', `supervised needs two classes or more; all rows have one class.`);
  return { of, classes: places.size };
}

/** classes × b of 1 and −1. */
function codesOfClasses({ data, rows, cols: b }: Matrix, of: Int32Array, classes: number) {
  const sums = new Float64Array(classes * b);
  const counts = new Float64Array(classes);
  for (let i = 0; i < rows; i++) {
    counts[of[i]] += 1;
    for (let k = 0; k < b; k++) sums[of[i] * b + k] += data[i * b + k];
  }
  const codes = new Int8Array(classes * b);
  for (let k = 0; k < b; k++) {
    const means = Float64Array.from(counts, (count, c) => sums[c * b + k] / count);
    const sorted = means.toSorted();
    const half = classes >> 1;
    const median = classes % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    means.forEach((own, c) => {
      codes[c * b + k] = own > median ? 1 : -1;
    });
  }
  return codes;
}

function columnMeans({ data, rows, cols }: Matrix): Float64Array {
  const sums = new Float64Array(cols);
  for (let e = 0; e < data.length; e++) sums[e % cols] += data[e];
  return sums.map((sum) => sum / rows);
}

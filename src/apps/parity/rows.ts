import { copied, type Floats, gathered, type Matrix } from '../../core/matrix.ts';
import { centered, doublyCentered, lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { rowDot, squaredLengths } from '../../numerics/rows/dot.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { meanOf } from '../../numerics/statistics/averages.ts';
import { atLeast, atMost, type Finding, type ParityInput } from './contract.ts';
import { cosinesOf } from './values.ts';

const ASKED = 200;
/** As far as 0.995 in cosine. */
const NEAR = 0.1;

/** Rows of B are rows of A at other places: directions about the mean row, one to one. */
export async function permutedRows(input: ParityInput): Promise<Finding> {
  const { all, engine, work } = input;
  if (all.a.cols !== all.b.cols) return { evidence: [] };
  const asked = input.rows.subarray(0, ASKED);
  const middle = { a: meanRow(all.a), b: meanRow(all.b) };
  const { points: a } = unitOrZeroRows(lessRow(all.a, middle.a));
  const { points: b } = unitOrZeroRows(lessRow(gathered(all.b, asked), middle.b));
  const { indices, distances } = await engine.assign(b, a, work);
  const strangers = await engine.assign(b, shuffledColumns(a, input), work);
  const byChance = atMost(
    'rows-found-by-chance',
    strangers.distances.filter((x) => x <= NEAR).length / asked.length,
    0.45,
    'the same share among rows that are put together of values of A at random',
  );
  const partners = new Set([...indices].filter((_, q) => distances[q] <= NEAR));
  const distinct = atLeast(
    'rows-found-apart',
    partners.size / asked.length,
    0.8,
    'different rows of A among them, over the rows asked',
  );
  let [found, stayed, moved] = [0, 0, 0];
  const steps = new Map<number, number>();
  asked.forEach((row, q) => {
    if (distances[q] > NEAR) return;
    found++;
    if (ownDistance(a, row, b, q) <= NEAR) stayed++;
    else {
      moved++;
      steps.set(indices[q] - row, (steps.get(indices[q] - row) ?? 0) + 1);
    }
  });
  const elsewhere = atLeast(
    'rows-found',
    found / asked.length,
    0.9,
    'share of B’s rows that are rows of A (cosine about the mean row 0.995)',
  );
  const inPlace = atMost(
    'rows-in-place',
    stayed / asked.length,
    0.5,
    'share of B’s rows that stand where they do in A',
  );
  const evidence = [elsewhere, inPlace, byChance, distinct];
  if (!evidence.every(({ holds }) => holds)) return { evidence };
  const [step, count] = [...steps].reduce((best, next) => (next[1] > best[1] ? next : best));
  const example = asked.findIndex((row, q) => distances[q] <= NEAR && indices[q] !== row);
  const how =
    count > 0.8 * moved
      ? `they are shifted by ${step}`
      : `row ${asked[example]} of B is row ${indices[example]} of A`;
  return {
    evidence,
    verdict: 'permuted-rows',
    sentence: `The rows of B are those of A in another order: ${how}.`,
    fix: 'match the rows by label (compare does where both files have labels), or write them in the order of the texts',
  };
}

/** Rows of the same values in each column, that nothing but chance puts together. */
function shuffledColumns<T extends Floats>(m: Matrix<T>, input: ParityInput): Matrix<T> {
  const out = copied(m);
  for (let c = 0; c < m.cols; c++) {
    const order = input.random('shuffled columns').fork(c).sample(m.rows);
    for (let i = 0; i < m.rows; i++) out.data[i * m.cols + c] = m.data[order[i] * m.cols + c];
  }
  return unitOrZeroRows(out).points;
}

function ownDistance(a: Matrix, i: number, b: Matrix, q: number): number {
  let sum = 0;
  for (let c = 0; c < a.cols; c++) sum += (a.data[i * a.cols + c] - b.data[q * a.cols + c]) ** 2;
  return Math.sqrt(sum);
}

const GRAM_ROWS = 300;

/** All inner products between rows are the same up to a factor: a rotation lies between. */
export async function rotated({ a, b }: ParityInput): Promise<Finding> {
  const few = (m: Matrix<Float64Array>) =>
    gathered(
      m,
      Array.from({ length: Math.min(m.rows, GRAM_ROWS) }, (_, i) => i),
    );
  const [ga, gb] = [innerProducts(few(a)), innerProducts(few(b))];
  const plain = difference(ga, gb);
  const inner = atMost(
    'inner-products-difference',
    plain.relative,
    0.01,
    '‖BBᵀ − s·AAᵀ‖/‖BBᵀ‖ over 300 rows',
  );
  const about = difference(doublyCentered(ga), doublyCentered(gb));
  const shift = atMost(
    'centered-products-difference',
    about.relative,
    0.01,
    'the same, of rows less their mean',
  );
  // Rows that hardly moved are not a rotation: all spaces near A have A's inner products.
  const own = a.cols === b.cols ? meanOf(cosinesOf(centered(a), centered(b))) : 0;
  const turned = atMost(
    'rows-turned',
    own,
    0.99,
    'mean cosine of a row with itself, about the mean rows',
  );
  const evidence = [turned, inner, shift];
  // Where both lie far from the origin their inner products agree whatever the rows are.
  if (!turned.holds || !shift.holds) return { evidence };
  const also = inner.holds ? '' : ' and shifted';
  const scale = Math.sqrt(about.factor);
  const factor =
    Math.abs(scale - 1) > 0.01 ? `, B ${Number(scale.toPrecision(4))} times as large` : '';
  return {
    evidence,
    verdict: 'rotated',
    sentence: `B is A in a rotated basis${also}: all inner products between rows agree${factor}.`,
    fix: 'cosines and neighbours within each file agree; to mix the files, fit the rotation on some rows (orthogonal Procrustes) and apply it',
  };
}

function innerProducts(m: Matrix): Matrix<Float64Array> {
  const n = m.rows;
  const data = new Float64Array(n * n);
  const squares = squaredLengths(m);
  for (let i = 0; i < n; i++) {
    data[i * n + i] = squares[i];
    for (let j = 0; j < i; j++) {
      data[i * n + j] = rowDot(m, i, m, j);
      data[j * n + i] = data[i * n + j];
    }
  }
  return { data, rows: n, cols: n };
}

function difference(a: Matrix, b: Matrix): { readonly relative: number; readonly factor: number } {
  let [aa, ab, bb] = [0, 0, 0];
  for (let i = 0; i < a.data.length; i++) {
    aa += a.data[i] * a.data[i];
    ab += a.data[i] * b.data[i];
    bb += b.data[i] * b.data[i];
  }
  const factor = aa > 0 ? ab / aa : 0;
  return { relative: Math.sqrt(Math.max(0, 1 - (ab * ab) / (aa * bb))), factor };
}

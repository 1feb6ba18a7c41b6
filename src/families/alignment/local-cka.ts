import { alike, gathered, type Matrix, matrix, zerosLike } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, integer } from '../../method/options.ts';
import { lessRow } from '../../numerics/rows/centered.ts';
import { squaredLengths } from '../../numerics/rows/dot.ts';
import { defineAlignment } from './define.ts';
import { ANCHOR_CHOICES, anchorRows } from './support/anchors.ts';
import { canonicalDirections, canonicalParts, chosenDirections } from './support/canonical.ts';
import type { FitContext } from './types.ts';

const USUAL_RIDGE = 0.1;

/**
 * Local CKA: a row of A and a row of B belong together where the anchors with that pair among them look most alike.
 *
 *     cka(x, y) = ‖X'ᵀY'‖²_F / (‖X'ᵀX'‖_F ‖Y'ᵀY'‖_F),   X', Y' the anchors and the row, centred
 *
 * With x and y taken about the means of the m anchors X and Y, t = m/(m + 1), this is (c + 2t⟨Xx, Yy⟩ + t²‖x‖²‖y‖²)
 * over the roots of (a + 2t‖Xx‖² + t²‖x‖⁴) and of the same for y, where a = ‖XᵀX‖², b = ‖YᵀY‖², c = ‖XᵀY‖²: the cosine
 * of two rows, each of which depends on its own space alone. That is where the rows are moved:
 *
 *     x ↦ (√a, 0, √(2t)·Xx, t‖x‖²),   y ↦ (c/√a, √(b − c²/a), √(2t)·Yy, t‖y‖²)
 *
 * each as a share of √a or √b. Both spaces are first brought into `directions` of canonical correlation, as in
 * `cca-subspace`; 0 leaves them whole. O(m·k) time a row.
 *
 * @remarks Use it to score candidate pairs in terms of CKA. On two word spaces it found no more partners than
 * `cca-subspace` from 100 pairs on, and no more than `relative` with 50: take these for retrieval. With fewer pairs than
 * a few hundred, leave the spaces whole: directions fitted to so few overfit. Its cosines lie close together, so
 * compare ranks, not thresholds.
 * Its rows live between the spaces: move those of B too (`--side b`).
 * @example
 * import { matrix } from 'tammes';
 * import { localCka } from 'tammes/alignment';
 *
 * const a = matrix(new Float64Array([1, 0, 0, 2, -1, 1, 3, 1]), 4, 2);
 * const b = matrix(new Float64Array([0, 1, -2, 0, -1, -1, -1, 3]), 4, 2);
 * const { facts } = await localCka({ a, b }, { directions: 0 });
 * console.log(facts.cka.toFixed(3)); // 1.000
 * @function
 */
export const localCka = /* @__PURE__ */ defineAlignment({
  id: 'local-cka',
  title: 'Local CKA',
  summary: 'Matches rows whose likeness to the anchors agrees most by CKA.',
  references: [
    cite(papers.escapingPlatosCaveAlignment3dText, 'local CKA in the subspace'),
    cite(
      sources.doVisionAndLanguageEncoders,
      'local CKA: a pair scored by the CKA of the anchors with it',
    ),
  ],
  fewestPairs: 3,
  into: 'between',
  options: {
    anchors: integer(300, 'Pairs that are anchors; all where there are fewer.', {
      min: 2,
      max: 1e5,
      symbol: 'm',
    }),
    choose: choice(
      ANCHOR_CHOICES,
      'random',
      'Anchors: at random, each farthest from those before it, or near the centers of clusters; by their rows of A.',
    ),
    directions: integer(
      50,
      'Canonical directions, fitted to all pairs, in which rows are compared; 0: the whole spaces.',
      { min: 0, max: 1e6, symbol: 'k' },
    ),
  },
  async fit(spaces, { anchors, choose, directions }, context) {
    const { engine, work } = context;
    const rows = await anchorRows(spaces.paired.a, anchors, choose, context);
    const maps = directions > 0 ? await mapsOf(spaces.paired, directions, context) : undefined;
    const [x, y] = [
      await anchored(gathered(spaces.paired.a, rows), maps?.a, context),
      await anchored(gathered(spaces.paired.b, rows), maps?.b, context),
    ];
    const cross = await engine.matmul(x.points, y.points, { transposeA: true }, work);
    const [a, b, c] = [
      squares(await engine.gram(x.points, work)),
      squares(await engine.gram(y.points, work)),
      squares(cross),
    ];
    const cka = Math.min(1, c / Math.sqrt(a * b));
    return {
      settings: { a, b, cka },
      arrays: {
        'anchors-a': x.points,
        'anchors-b': y.points,
        'mean-a': x.mean,
        'mean-b': y.mean,
        ...(maps ? { 'map-a': maps.a, 'map-b': maps.b } : {}),
      },
      facts: { anchors: rows.length, cka },
    };
  },
  async move({ settings, arrays }, rows, side, { engine, work }) {
    const map = arrays[`map-${side}`] as Matrix | undefined;
    const inside = map ? await engine.matmul(rows, alike(map, rows), {}, work) : rows;
    const middle = lessRow(inside, arrays[`mean-${side}`].data);
    const anchors = alike(arrays[`anchors-${side}`], rows);
    const products = await engine.matmul(middle, anchors, { transposeB: true }, work);
    const cka = Number(settings['cka']);
    const constant = side === 'a' ? [1, 0] : [cka, Math.sqrt(1 - cka ** 2)];
    return assembled(constant, products, squaredLengths(middle), Number(settings[side]));
  },
});

/** Weighted canonical directions of both spaces. */
async function mapsOf(
  paired: { readonly a: Matrix; readonly b: Matrix },
  directions: number,
  context: FitContext,
): Promise<{ readonly a: Matrix; readonly b: Matrix }> {
  const parts = await canonicalParts(paired, context);
  const all = await canonicalDirections(parts, USUAL_RIDGE, context);
  return chosenDirections(all, Math.min(directions, all.correlations.length), true);
}

/** Anchors in the subspace about their mean. */
async function anchored(
  rows: Matrix,
  map: Matrix | undefined,
  { engine, work }: Pick<FitContext, 'engine' | 'work'>,
) {
  const inside = map ? await engine.matmul(rows, map, {}, work) : rows;
  const mean = new Float64Array(inside.cols);
  for (let e = 0; e < inside.data.length; e++) mean[e % inside.cols] += inside.data[e] / rows.rows;
  return { points: lessRow(inside, mean), mean: matrix(mean, 1, inside.cols) };
}

function squares({ data }: Matrix): number {
  let sum = 0;
  for (const x of data) sum += x * x;
  return sum;
}

/** The two numbers that all rows of a side share, √(2t)·Xx and t‖x‖², these over the root of `whole`. */
function assembled(
  constant: readonly number[],
  products: Matrix,
  lengths: Float64Array,
  whole: number,
): Matrix {
  const { rows: n, cols: m } = products;
  const t = m / (m + 1);
  const [unit, cols] = [Math.sqrt(whole), m + 3];
  const out = zerosLike({ ...products, cols });
  for (let i = 0; i < n; i++) {
    const at = i * cols;
    out.data.set(constant, at);
    for (let c = 0; c < m; c++) {
      out.data[at + 2 + c] = (Math.sqrt(2 * t) * products.data[i * m + c]) / unit;
    }
    out.data[at + m + 2] = (t * lengths[i]) / unit;
  }
  return out;
}

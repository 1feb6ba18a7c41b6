import {
  dense,
  embeddingBag,
  embeddingTable,
  normalizeRows,
  relu,
  type Tensor,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer } from '../../method/options.ts';
import { defineLearner } from './define.ts';
import { bagsOf } from './support/bags.ts';
import { gramBags } from './support/distillation/gram-bags.ts';
import {
  distillationOptions,
  distillationTask,
  mappedColumns,
  requireDistillation,
} from './support/distillation/task.ts';
import { given } from './support/given.ts';
import { rangeOf } from './support/inputs.ts';
import { widthsOf } from './support/matryoshka.ts';

const ID = 'distillation';

/**
 * A small encoder of texts that imitates the vectors of larger ones, and stays useful when its vectors are cut short.
 *
 *     tᵢ = [t⁽¹⁾ᵢ/‖t⁽¹⁾ᵢ‖, …, t⁽ᵐ⁾ᵢ/‖t⁽ᵐ⁾ᵢ‖]/√m,   sᵢ = f(xᵢ),   S^w_ij = cosine of the first w columns of sᵢ and sⱼ
 *
 *     L = 10·mean_i (1 − cos(V·sᵢ, tᵢ)) + mean_w (200·mean_ij (S^w_ij − ⟨tᵢ, tⱼ⟩)²
 *       + 20·mean [0.015 + S^w_ab − S^w_cd]₊ over pairs with ⟨t_a, t_b⟩ < ⟨t_c, t_d⟩)
 *
 *     f(x) = mean of the vectors of its n-grams,   or W·relu(that mean) + b with `hidden` columns before it
 *
 * The n-grams of a text are its words, pairs of neighbouring words and runs of characters of a word, hashed to the rows
 * of a table of `buckets`: no vocabulary, and no text without a vector. Teachers are m files of vectors of the same
 * texts, of any widths. V maps `dim` columns to the teachers' where their numbers differ; only training uses it. The
 * widths w are dim, dim/2, dim/4, … down to `narrowest`. Embeddings are unit rows, n × dim. A step of b texts costs
 * O(b²·(dim + columns of the teachers)) beside the lookups.
 *
 * @remarks Use it to bring what an embedding service knows of your texts into a model of a few megabytes that needs no
 * network, or where a search is to take its first candidates by short vectors. Vectors that are there already are made
 * shorter by `vector-distillation`, without training by `compress --codec pca`. Give texts of the kind that will be
 * asked: a bag of n-grams knows no order beyond pairs of words and no world beyond its teachers' vectors. The report is
 * of `heldOut` texts, 2,000 at most: which share of the teachers' ten nearest among them are the student's, whole
 * (`recallAt10`) and cut (`recallAt10Of32`). The weights are the paper's; begin with the cosine alone, `similarityWeight`
 * and `orderWeight` 0. In the study `jasper-and-stella-distillation` it found 57 % of the teachers' ten nearest after three
 * epochs, where all three losses found 43 %, cosine first and then all three 53 %, and an untrained student 23 %; with the
 * teachers brought to `dim` columns by `reduce --method pca` before it found 61 %. Cosines of pairs teach slowly: a step sees
 * few of them. `narrowest` gained three points for a quarter of the columns, none for half, and cost the whole four.
 * @example
 * import { matrix } from 'tammes';
 * import { distillation } from 'tammes/learners';
 *
 * // A teacher that knows what rain and snow have in common.
 * const words = ['rain', 'snow', 'jazz', 'rock'];
 * const texts = Array.from({ length: 40 }, (_, i) => `${words[i % 4]} number ${i}`);
 * const teacher = matrix(Float32Array.from({ length: 80 }, (_, e) =>
 *   (e >> 1) % 4 < 2 ? 1 - (e % 2) : e % 2), 40, 2);
 * const options = { dim: 8, buckets: 512, steps: 100, batch: 16 };
 * const { model } = await distillation({ texts, teachers: [teacher] }, options);
 * const { points } = await distillation.embed(model, { texts: ['rain', 'snow', 'jazz'] });
 * const cosine = (a: number, b: number) => Array.from({ length: 8 }, (_, c) =>
 *   points.data[8 * a + c] * points.data[8 * b + c]).reduce((x, y) => x + y);
 * console.log(cosine(0, 1) > 0.9, cosine(0, 2) < 0.3); // true true
 * @function
 */
export const distillation = /* @__PURE__ */ defineLearner({
  id: ID,
  title: 'Distillation: a small encoder of texts from the vectors of larger ones',
  summary: 'Hashed n-grams that imitate one or several teachers, at several widths.',
  references: [
    cite(papers.jasperAndStellaDistillation, 'the three losses, their weights, the widths'),
  ],
  deviations: [
    'The student is a bag of hashed n-grams; the paper’s are transformers, trained in stages.',
    'Where the student is narrower than the teachers, the cosine goes through a map that only training has; the paper leaves this term out of its narrow heads.',
    'The order of cosines is looked at in `orderPairs` draws a step, where the paper’s code takes all pairs of pairs; equal cosines have none.',
  ],
  options: {
    ...distillationOptions,
    buckets: integer(16_384, 'Rows of the table that n-grams are hashed to.', { min: 2 }),
    hidden: integer(
      0,
      'Columns of the table with a layer behind it; 0: the mean is the embedding.',
      { min: 0 },
    ),
  },
  needs: ['texts', 'teachers'],
  encodes: 'texts',
  settle(examples, options) {
    const [texts, teachers] = given(ID, examples, ['texts', 'teachers']);
    requireDistillation(ID, texts.length, options);
    const { dim, narrowest, buckets, hidden, seed } = options;
    const widths = widthsOf(ID, dim, narrowest);
    return { dim, widths, buckets, hidden, seed, mapped: mappedColumns(teachers, options) };
  },
  cuts: ({ dim, widths }) => ({
    dims: dim,
    trained: widths.map((dims) => ({ layer: 1, dims })),
  }),
  build({ dim, buckets, hidden, mapped, seed }, { like }) {
    const context = { seed, float64: like instanceof Float64Array };
    const table = embeddingTable({
      ...context,
      name: 'grams',
      rows: buckets,
      cols: hidden || dim,
      byRows: true,
    });
    const [vectors] = table.parameters;
    const last =
      hidden > 0 ? dense({ ...context, name: 'encoder', inputs: hidden, outputs: dim }) : undefined;
    const map =
      mapped > 0
        ? dense({ ...context, name: 'map', inputs: dim, outputs: mapped, bias: false })
        : undefined;
    return {
      like,
      map,
      embedded(bags: readonly Int32Array[], rows: Int32Array): Tensor {
        const { ids, offsets } = bagsOf(bags, rows);
        const means = embeddingBag(vectors, ids, offsets);
        return last ? last(relu(means)) : means;
      },
      parameters: [vectors, ...(last?.parameters ?? []), ...(map?.parameters ?? [])],
    };
  },
  task({ embedded, map, like }, examples, options, { widths, buckets }) {
    const [texts, teachers] = given(ID, examples, ['texts', 'teachers']);
    const bags = gramBags(ID, texts, buckets);
    const student = { widths, map, like, embedded: (rows: Int32Array) => embedded(bags, rows) };
    return distillationTask(ID, teachers, student, options);
  },
  encode({ embedded }, examples, { dim, buckets }) {
    const [texts] = given(ID, examples, ['texts']);
    const bags = gramBags(ID, texts, buckets);
    return {
      rows: texts.length,
      cols: dim,
      block: (a, b) => normalizeRows(embedded(bags, rangeOf(a, b))),
    };
  },
});

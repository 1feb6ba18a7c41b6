import { InputError } from '../../../core/errors.ts';
import { gathered } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { boolean, integer } from '../../../method/options.ts';
import { explainAxis } from '../../explain/axis.ts';
import type { StudioTable } from '../session/state.ts';
import { type ActionContext, defineAction } from './define.ts';
import { apartness } from './support/apartness.ts';
import { chosenParameters, chosenRows } from './support/chosen-rows.ts';
import { unitRowsOf } from './support/known.ts';
import { nameOfRow, tableOf } from './support/lookup.ts';
import { tellingCategories, tellingNumbers } from './support/telling-fields.ts';
import { textsIn } from './support/texts-in.ts';
import { typicalRows } from './support/typical-rows.ts';
import { tellingWords, wordRows } from './support/words.ts';

const AXIS_ROWS = 2000;

/**
 * What tells some rows from all others.
 *
 * Facts: `count`, `of`; `numbers [{field, title, insideMean, outsideMean, area {value, low, high}}]`, where ½ is chance;
 * `categories [{field, category, inside, outside, difference}]`, each `{value, low, high}`; `words [{word, inside, outside, logOdds}]`, with what
 * the most extreme of so many words has by chance left out; `typical [{row, label, cosine}]`, nearest to the mean direction; `meanCosine` with it;
 * `apart {value, low, high, null}`, the mean silhouette beside that of random rows; `axis` where asked: the direction from the others to these, as in `axis`;
 * `sentence`.
 */
export const describe = defineAction({
  id: 'describe',
  summary:
    'What tells some rows from all others: numbers, categories, words, and whether they are a cluster.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    ...chosenParameters,
    count: integer(10, 'How many words, categories and rows to name.', { min: 1, max: 100 }),
    axis: boolean(false, 'Whether to fit the direction from the others to these.'),
  },
  isStep: false,
  async run(state, parameters, context) {
    const { table: id, count, axis } = parameters;
    const owner = tableOf('describe', state, id);
    const rows = chosenRows('describe', state, owner, parameters);
    const { rows: n } = owner.table.points;
    if (!rows || rows.length === 0 || rows.length === n)
      throw new InputError(
        'describe',
        `choose some of the ${n} rows, not ${rows?.length ?? 'none'}: by rows, where or selection.`,
      );
    const isInside = new Uint8Array(n);
    for (const row of rows) isInside[row] = 1;
    const fields = [...owner.fields.values()];
    const units = unitRowsOf(owner.table.points);
    const typical = typicalRows(units, rows, count);
    const words = tellingWords(wordRows(textsIn(owner)), rows, count);
    const categories = tellingCategories(fields, isInside, count);
    const apart = await apartness(units, isInside, context);
    return {
      facts: {
        count: rows.length,
        of: n,
        numbers: tellingNumbers(fields, isInside).slice(0, count),
        categories,
        words,
        typical: typical.rows.map((row, at) => ({
          row,
          label: nameOfRow(owner, row),
          cosine: typical.cosines[at],
        })),
        meanCosine: typical.meanCosine,
        apart,
        ...(axis && { axis: await axisTo(owner, rows, isInside, context) }),
        sentence: sentenceOf(words, categories, apart),
      },
    };
  },
});

/** The direction from the others to these, fitted to at most 2,000 rows of each side. */
async function axisTo(
  owner: StudioTable,
  rows: Int32Array,
  isInside: Uint8Array,
  { engine, signal, onProgress }: ActionContext,
) {
  const random = Random.fromSeed(0).fork('describe');
  const few = (side: Int32Array, name: string) =>
    side.length <= AXIS_ROWS
      ? side
      : random
          .fork(name)
          .sample(side.length, AXIS_ROWS)
          .sort()
          .map((at) => side[at]);
  const others = Int32Array.from(isInside.keys()).filter((row) => isInside[row] === 0);
  const used = [...few(others, 'others'), ...few(rows, 'rows')];
  const explained = await explainAxis(
    {
      points: gathered(owner.table.points, used),
      classes: used.map((row) => (isInside[row] === 1 ? 'these' : 'others')),
      labels: used.map((row) => nameOfRow(owner, row)),
    },
    'class-means',
    {},
    { engine, signal, onProgress },
  );
  const { each, heldOut, warnings } = explained;
  return { each, heldOut, warnings };
}

function sentenceOf(
  words: readonly { readonly word: string }[],
  categories: readonly {
    readonly field: string;
    readonly category: string;
    readonly difference: { readonly value: number };
  }[],
  apart: {
    readonly value: number;
    readonly low: number;
    readonly null: { readonly high: number };
  } | null,
): string {
  const more = categories.filter(({ difference }) => difference.value > 0).slice(0, 2);
  const parts = [
    ...(more.length > 0
      ? [`more often ${more.map(({ field, category }) => `${field} ${category}`).join(' and ')}`]
      : []),
    ...(words.length > 0
      ? [
          `with the words ${words
            .slice(0, 3)
            .map(({ word }) => word)
            .join(', ')}`,
        ]
      : []),
  ];
  const shape =
    apart === null
      ? ''
      : apart.low > apart.null.high
        ? ' They lie together, apart from the others.'
        : ' They lie together no more than random rows do.';
  return `These rows are ${parts.join(', ') || 'like the others in all that is known of them'}.${shape}`;
}

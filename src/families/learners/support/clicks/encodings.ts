import { matrix } from '../../../../core/matrix.ts';
import { exp } from '../../../../core/numeric.ts';
import { concat, reshape } from '../../../../learning/index.ts';
import type { CategoryField, Encoding } from '../../types.ts';
import { rangeOf } from '../inputs.ts';
import type { ClicksNetwork } from './network.ts';
import { idsOf, OTHER } from './vocabulary.ts';

/** The vectors of all ids, called `field=value`. */
export function encodedIds({ table, vocabularies }: ClicksNetwork): Encoding {
  const labels = vocabularies.flatMap(({ name, values }) =>
    [...values, OTHER].map((value) => `${name}=${value}`),
  );
  const ends = [0];
  for (const { size } of table.fields) ends.push(ends[ends.length - 1] + size);
  return {
    rows: labels.length,
    cols: table.dim,
    labels,
    block(a, b) {
      const parts = table.fields.flatMap((_, field) => {
        const from = Math.max(a, ends[field]);
        const to = Math.min(b, ends[field + 1]);
        return to > from
          ? [table.lookup(field, rangeOf(from - ends[field], to - ends[field]))]
          : [];
      });
      // Rows below one another, by way of one long row.
      const long = parts.map((part) => reshape(part, [1, part.shape[0] * table.dim]));
      return reshape(concat(...long), [b - a, table.dim]);
    },
  };
}

/** The vectors of each example's fields beside one another, n × F·dim, and the probability of a yes as a column. */
export function encodedExamples(
  where: string,
  network: ClicksNetwork,
  fields: readonly CategoryField[],
): Encoding {
  const { table, vocabularies } = network;
  const ids = idsOf(where, vocabularies, fields);
  const cols = vocabularies.length * table.dim;
  const remark = remarkOn(network, ids);
  return {
    rows: ids[0].length,
    cols: cols + 1,
    block(a, b) {
      const vectors = network.vectors(ids, rangeOf(a, b));
      return concat(...vectors, network.logits(vectors));
    },
    finish({ data, rows }) {
      const points = matrix(data.slice(0, rows * cols), rows, cols);
      const probability = new Float64Array(rows);
      for (let i = 0; i < rows; i++) {
        const from = i * (cols + 1);
        points.data.set(data.subarray(from, from + cols), i * cols);
        probability[i] = 1 / (1 + exp(-data[from + cols]));
      }
      return { points, columns: { probability }, ...(remark !== undefined && { remark }) };
    },
  };
}

/** How many values have no id of their own, field by field; nothing where all have one. */
function remarkOn({ vocabularies }: ClicksNetwork, ids: readonly Int32Array[]): string | undefined {
  const counts = vocabularies.flatMap(({ name, values }, field) => {
    const others = ids[field].filter((id) => id === values.length).length;
    return others > 0 ? [`${name} ${others}`] : [];
  });
  if (counts.length === 0) return undefined;
  return `Values that the model has no id for count as the others: ${counts.join(', ')} (rows: ${ids[0].length}).`;
}

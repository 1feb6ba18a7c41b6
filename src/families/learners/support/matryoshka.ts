import { OptionError } from '../../../core/errors.ts';
import { normalizeRows, sliceColumns, type Tensor } from '../../../learning/index.ts';
import { integer } from '../../../method/options.ts';

/** The option of learners whose embeddings may be cut short. */
export const narrowestOption = () =>
  integer(
    0,
    'The fewest first columns that are to be an embedding too; so are dim/2, dim/4, … above it. 0: all columns alone.',
    { min: 0 },
  );

/** The widths that are trained, the widest first: dim, dim/2, dim/4, … down to the narrowest. */
export function widthsOf(where: string, dim: number, narrowest: number): readonly number[] {
  if (narrowest > dim)
    throw new OptionError(where, 'narrowest', `at most ${dim}, the columns (dim)`, narrowest);
  if (narrowest === 0) return [dim];
  const halvings = Math.ceil(Math.log2(dim / narrowest));
  const widths = Array.from({ length: halvings }, (_, i) => Math.floor(dim / 2 ** i));
  return [...widths.filter((width) => width > narrowest), narrowest];
}

/** The first columns of rows, at length 1. */
export function shortened(rows: Tensor, width: number): Tensor {
  const d = rows.shape[1];
  return normalizeRows(width === d ? rows : sliceColumns(rows, 0, width));
}

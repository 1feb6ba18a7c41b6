import { OptionError, ShapeError } from '../../core/errors.ts';
import type { Head } from '../../families/attributions/types.ts';
import { readInput } from '../input.ts';

/** A linear layer in one or two files of numbers; its weights must have `columns` columns. */
export async function readHead(
  where: string,
  weights: string | undefined,
  bias: string | undefined,
  columns: number,
): Promise<Head | undefined> {
  if (weights === undefined) {
    if (bias === undefined) return undefined;
    throw new OptionError(where, 'bias', 'given with --head', bias);
  }
  const { points } = await readInput(weights, {});
  if (points.cols !== columns)
    throw new ShapeError(
      where,
      `${columns} columns in the head, as the parts have`,
      `${points.cols}`,
    );
  return { weights: points, bias: await readNumbers(where, 'bias', bias, points.rows) };
}

/** A list of numbers in a file: one row or one column. */
export async function readNumbers(
  where: string,
  option: string,
  file: string | undefined,
  count: number,
): Promise<ArrayLike<number> | undefined> {
  if (file === undefined) return undefined;
  const { data, rows, cols } = (await readInput(file, {})).points;
  if (rows * cols === count && (rows === 1 || cols === 1)) return data;
  throw new ShapeError(`${where}, --${option}`, `${count} numbers`, `${rows} × ${cols}`);
}

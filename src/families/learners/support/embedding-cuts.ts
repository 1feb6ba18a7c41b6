import { OptionError } from '../../../core/errors.ts';
import type { Cut, Cuts, Encoding } from '../types.ts';
import { shortened } from './matryoshka.ts';

/** Refuses a cut that the model does not have. */
export function requireCut(where: string, { layer, dims }: Cut, cuts: Cuts | undefined): void {
  if (layer !== undefined && !cuts?.layers)
    throw new OptionError(where, 'layer', 'left out: this model has no blocks to leave out', layer);
  if (dims !== undefined && !cuts)
    throw new OptionError(
      where,
      'dims',
      'left out: this model was not made to be cut (tammes compress --codec pca makes fewer columns)',
      dims,
    );
  requireWithin(where, 'layer', layer, cuts?.layers ?? 0, 'the blocks of the model');
  requireWithin(where, 'dims', dims, cuts?.dims ?? 0, 'the columns of the model');
}

function requireWithin(
  where: string,
  name: 'layer' | 'dims',
  value: number | undefined,
  most: number,
  what: string,
): void {
  if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= most)) return;
  throw new OptionError(where, name, `a whole number from 1 to ${most}, ${what}`, value);
}

/** The same embeddings with their first columns alone, at length 1. */
export function cutColumns(
  { cols, block }: Encoding,
  { dims = cols }: Cut,
): Pick<Encoding, 'cols' | 'block'> {
  if (dims === cols) return { cols, block };
  return { cols: dims, block: (a, b) => shortened(block(a, b), dims) };
}

/** A sentence where the model was not trained to be cut so. */
export function untrained(cut: Cut, cuts: Cuts | undefined): string | undefined {
  if (!cuts?.trained) return undefined;
  const { layers = 1, trained } = cuts;
  const [layer, dims] = [cut.layer ?? layers, cut.dims ?? cuts.dims];
  if (trained.some((one) => one.layer === layer && one.dims === dims)) return undefined;
  const known = trained.map((one) => inWords(one, cuts)).join(', ');
  return `The model was not trained to be cut to ${inWords({ layer, dims }, cuts)}; it was to ${known}.`;
}

function inWords({ layer, dims }: Required<Cut>, { layers }: Cuts): string {
  return layers === undefined ? `${dims} columns` : `--layer ${layer} --dims ${dims}`;
}

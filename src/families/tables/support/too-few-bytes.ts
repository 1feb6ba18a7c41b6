import { OptionError } from '../../../core/errors.ts';

/** The refusal of a budget below what the smallest table of a kind holds. */
export function tooFewBytes(id: string, { least, bytes }: { least: number; bytes: number }) {
  return new OptionError(
    id,
    'budget',
    `enough for ${least} bytes, the smallest table of this kind for these fields`,
    `${bytes} bytes`,
  );
}

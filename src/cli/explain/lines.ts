import { InvalidArgumentError } from 'commander';
import type { Faithfulness } from '../../structures/faithfulness/index.ts';

/** A number above 0 from the command line. */
export function positiveOf(given: string): number {
  const value = Number(given);
  if (given.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Expected a number above 0.');
}

/** A contribution with its sign. */
export const signed = (value: number): string =>
  `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;

/** What the score loses without what the contributions name. */
export function deletionLine(found: Faithfulness | null, one: string): string {
  if (!found) return `Deletion: there are too few ${one}s to leave some out.`;
  const { changed, top, random } = found;
  const range = `${random.low.toFixed(3)} to ${random.high.toFixed(3)}`;
  const isOne = changed.length === 1 && changed[0] === 1;
  const [strongest, others] = isOne
    ? [one, 'one']
    : [`${changed.join(' and ')} ${one}s`, 'as many'];
  return `Deletion: without the strongest ${strongest} the score loses ${top.toFixed(3)}, without ${others} at random ${random.value.toFixed(3)} (${range})`;
}

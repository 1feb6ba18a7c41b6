import { number } from '../../../method/options.ts';

/** The temperature of a softmax over cosines. */
// @__NO_SIDE_EFFECTS__
export function temperatureOption(value: number, doc: string) {
  // Below, the exponentials of cosines that differ by 2 are no longer both in float64.
  return number(value, doc, { min: 0.005, max: 100, symbol: 'τ' });
}

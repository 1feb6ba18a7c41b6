import { defineMethod } from '../../method/method.ts';
import type { OptionSpecs } from '../../method/options.ts';
import { partsOf } from './support/parts.ts';
import type {
  Attributed,
  Attribution,
  AttributionInput,
  AttributionSpec,
  Contributions,
} from './types.ts';

/** Contributions sum to the score to this, relative to the sum of their sizes. */
const ROUNDING = 1e-6;

/** Makes an attribution of what it says: checks and the account of the sum are the same for all. */
// @__NO_SIDE_EFFECTS__
export function defineAttribution<const S extends OptionSpecs>(
  spec: AttributionSpec<S>,
): Attribution<S> {
  const { exact = true, needs = [], takes = [], asks = [], command, attribute, ...header } = spec;
  const { id } = header;
  const method = defineMethod<AttributionInput, S, Attributed>({
    ...header,
    family: 'attributions',
    async compute(input, options, run) {
      const parts = partsOf(id, input, { needs, takes, asks });
      const engine = await run.engineFor(parts.given);
      const split = await attribute(parts, options, { run, engine });
      const { score, constant = 0, contributions, facts = {}, warnings = [] } = split;
      const gap = score - constant - summed(contributions.values);
      const missed = exact && Math.abs(gap) > ROUNDING * sizesOf(contributions);
      return {
        score,
        constant,
        contributions,
        gap,
        facts,
        warnings: missed ? [...warnings, remarkOn(gap)] : warnings,
        engine: engine.name,
      };
    },
  });
  return Object.assign(method, { exact, needs, takes, command });
}

function remarkOn(gap: number): string {
  return `contributions miss the score by ${gap.toPrecision(3)}: the model is not where its training ends.`;
}

function summed(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function sizesOf({ values }: Contributions): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0);
}

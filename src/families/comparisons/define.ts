import { givenPoints } from '../../core/given-points.ts';
import { defineMethod } from '../../method/method.ts';
import type { OptionSpecs } from '../../method/options.ts';
import { type Range, withinRange } from '../../numerics/statistics/range.ts';
import { createPair } from './support/pair.ts';
import type {
  Comparison,
  ComparisonResult,
  ComparisonRunOptions,
  ComparisonSpec,
  PairInput,
} from './types.ts';

const ANY: Range = [-Infinity, Infinity];

// @__NO_SIDE_EFFECTS__
export function defineComparison<const S extends OptionSpecs>(
  spec: ComparisonSpec<S>,
): Comparison<S> {
  const { compare: compared, kind, rows, columns, range = ANY, ...header } = spec;
  const meaning = { kind, rows, columns };
  const compare: typeof compared = async (pair, options) => {
    const found = await compared(pair, options);
    const law = found.null ? { null: withinRange(found.null, range) } : {};
    return { ...withinRange(found, range), ...law };
  };
  const method = defineMethod<PairInput, S, ComparisonResult, ComparisonRunOptions>({
    ...header,
    family: 'comparisons',
    async compute(given, options, run) {
      const { id } = spec;
      const input = { ...given, a: givenPoints(id, given.a), b: givenPoints(id, given.b) };
      const engine = await run.engineFor(input.a);
      const { signal, onProgress } = run.options;
      const work = {
        signal,
        onProgress: (done: number) => onProgress?.({ stage: spec.id, done }),
      };
      const pair = createPair(spec.id, input, meaning, engine, run.options, work);
      const { warnings = [], ...found } = await compare(pair, options);
      return { ...found, warnings, engine: engine.name };
    },
  });
  return Object.assign(method, { meaning, compare, range });
}

import { defineMethod, type MethodSpec } from '../../method/method.ts';
import type { OptionSpecs } from '../../method/options.ts';
import type { CodeMethod, CodeRunOptions } from './types.ts';

// @__NO_SIDE_EFFECTS__
export function defineCode<I, const S extends OptionSpecs, O>(
  spec: Omit<MethodSpec<I, S, O, CodeRunOptions>, 'family'>,
): CodeMethod<I, S, O> {
  return defineMethod<I, S, O, CodeRunOptions>({
    ...spec,
    family: 'codes',
    compute: (input, options, run) => {
      run.throwIfAborted(spec.id);
      return spec.compute(input, options, run);
    },
  });
}

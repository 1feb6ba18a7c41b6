import type { Matrix } from '../core/matrix.ts';
import { Run, type RunControls } from '../core/run.ts';
import { defaultEngine } from '../engine/choose.ts';
import type { Engine } from '../engine/engine.ts';
import { listening } from '../engine/listening.ts';
import { type OptionSpecs, type OptionsOf, resolveOptions } from './options.ts';

export interface Reference {
  readonly authors: string;
  readonly title: string;
  readonly year: number;
  /** Where it is published: DOI or arXiv id. */
  readonly source: string;
  /** Equation, algorithm or section that the code follows. */
  readonly part: string;
}

/** What a caller may pass to any method besides its options. */
export interface RunOptions extends RunControls {
  /** Default: `wasm` for float32 points, `reference` for float64. */
  readonly engine?: Engine | undefined;
}

/** A run that knows which engine to use. */
export class MethodRun<R extends RunOptions = RunOptions> extends Run {
  readonly options: R;
  constructor(options: R) {
    super(options);
    this.options = options;
  }

  /** The engine asked for, else the default one for this element type; it listens to the signal. */
  engineFor(points: Matrix): Promise<Engine> {
    const chosen = this.options.engine
      ? Promise.resolve(this.options.engine)
      : defaultEngine(points);
    return chosen.then((engine) => listening(engine, this.signal));
  }
}

/** Everything the catalogue, command line, studio and docs need to know: data plus one function. */
export interface MethodSpec<I, S extends OptionSpecs, O, R extends RunOptions = RunOptions> {
  /** kebab-case; the file's name. */
  readonly id: string;
  /** Id of the family whose folder the file is in. */
  readonly family: string;
  /** As in the paper. */
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  readonly references: readonly Reference[];
  readonly options: S;
  /** Whether rows are read as a series: their order is part of the input, and moving them changes the result. */
  readonly inOrder?: boolean;
  /** Differences from the paper. */
  readonly deviations?: readonly string[];
  readonly compute: (input: I, options: OptionsOf<S>, run: MethodRun<R>) => O | Promise<O>;
}

/** A function that describes itself: call it, or read its `spec`. */
export interface Method<I, S extends OptionSpecs, O, R extends RunOptions = RunOptions> {
  (input: I, options?: Partial<OptionsOf<S>>, run?: R): Promise<O>;
  readonly spec: MethodSpec<I, S, O, R>;
}

/** What the catalogue reads of a method whose input and output it does not care about. */
export interface AnyMethod {
  readonly spec: Omit<MethodSpec<never, OptionSpecs, unknown>, 'compute'>;
}

// @__NO_SIDE_EFFECTS__
export function defineMethod<I, const S extends OptionSpecs, O, R extends RunOptions = RunOptions>(
  spec: MethodSpec<I, S, O, R>,
): Method<I, S, O, R> {
  const method = async (input: I, given?: Partial<OptionsOf<S>>, options?: R): Promise<O> => {
    const settings = resolveOptions(spec.id, spec.options, given);
    const run = new MethodRun(options ?? ({} as R));
    run.throwIfAborted(spec.id);
    return spec.compute(input, settings, run);
  };
  return Object.assign(method, { spec });
}

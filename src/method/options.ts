import { OptionError } from '../core/errors.ts';

/** One option as data: checks, command-line flags, studio controls and docs all come from it. */
export interface OptionSpec<T> {
  readonly kind: 'integer' | 'number' | 'boolean' | 'choice';
  readonly default: T;
  readonly doc: string;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly T[];
  /** Symbol in the cited paper. */
  readonly symbol?: string;
}
export type AnyOptionSpec = OptionSpec<number> | OptionSpec<boolean> | OptionSpec<string>;
export type OptionSpecs = Readonly<Record<string, AnyOptionSpec>>;
export type OptionsOf<S> = {
  readonly [K in keyof S]: S[K] extends OptionSpec<infer T> ? T : never;
};

interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly symbol?: string;
}

// @__NO_SIDE_EFFECTS__
export function integer(defaultValue: number, doc: string, range: Range = {}): OptionSpec<number> {
  return { kind: 'integer', default: defaultValue, doc, ...range };
}
// @__NO_SIDE_EFFECTS__
export function number(defaultValue: number, doc: string, range: Range = {}): OptionSpec<number> {
  return { kind: 'number', default: defaultValue, doc, ...range };
}
// @__NO_SIDE_EFFECTS__
export function boolean(defaultValue: boolean, doc: string): OptionSpec<boolean> {
  return { kind: 'boolean', default: defaultValue, doc };
}
// @__NO_SIDE_EFFECTS__
export function choice<const T extends string>(
  choices: readonly T[],
  defaultValue: NoInfer<T>,
  doc: string,
): OptionSpec<T> {
  return { kind: 'choice', default: defaultValue, doc, choices };
}

/** The seed every stochastic method takes. */
// @__NO_SIDE_EFFECTS__
export function seedOption(): OptionSpec<number> {
  return integer(0, 'Seed of the random stream; the same seed gives the same bytes.', { min: 0 });
}

/** What values an option takes, in words: "a number in [0, ∞]". */
export function describeRange(spec: AnyOptionSpec): string {
  switch (spec.kind) {
    case 'integer':
    case 'number': {
      const low = spec.min ?? '-∞';
      const high = spec.max ?? '∞';
      return `${spec.kind === 'integer' ? 'an integer' : 'a number'} in [${low}, ${high}]`;
    }
    case 'boolean':
      return 'true or false';
    case 'choice':
      return `one of ${(spec.choices ?? []).map((c) => JSON.stringify(c)).join(', ')}`;
  }
}

function accepts(spec: AnyOptionSpec, value: unknown): boolean {
  switch (spec.kind) {
    case 'integer':
    case 'number':
      return (
        typeof value === 'number' &&
        (spec.kind === 'number' ? !Number.isNaN(value) : Number.isSafeInteger(value)) &&
        value >= (spec.min ?? -Infinity) &&
        value <= (spec.max ?? Infinity)
      );
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return (spec.choices as readonly unknown[] | undefined)?.includes(value) ?? false;
  }
}

/** Fills defaults; rejects unknown names and bad values. */
export function resolveOptions<S extends OptionSpecs>(
  where: string,
  specs: S,
  given: Partial<OptionsOf<S>> = {},
): OptionsOf<S> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(specs, name)) {
      const known = Object.keys(specs).join(', ') || 'absent: there are no options';
      throw new OptionError(where, name, `one of the options ${known}`, name);
    }
  }
  const out: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const value = (given as Record<string, unknown>)[name] ?? spec.default;
    if (!accepts(spec, value)) throw new OptionError(where, name, describeRange(spec), value);
    out[name] = value;
  }
  return out as OptionsOf<S>;
}

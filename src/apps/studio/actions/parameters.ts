import { OptionError } from '../../../core/errors.ts';
import { type AnyOptionSpec, describeRange, resolveOptions } from '../../../method/options.ts';

/** A parameter as data: an option of a method, or something that only a session knows. */
export type ParameterSpec =
  | AnyOptionSpec
  | { readonly kind: 'text'; readonly doc: string; readonly default?: string }
  | { readonly kind: 'rows' | 'numbers' | 'texts'; readonly doc: string }
  /** Options of a method of the catalogue, which checks them itself. */
  | { readonly kind: 'options'; readonly doc: string };

export type ParameterSpecs = Readonly<Record<string, ParameterSpec>>;

type ValueOf<P> = P extends { kind: 'text'; default: string }
  ? string
  : P extends { kind: 'text' }
    ? string | undefined
    : P extends { kind: 'rows' | 'numbers' }
      ? readonly number[] | undefined
      : P extends { kind: 'texts' }
        ? readonly string[] | undefined
        : P extends { kind: 'options' }
          ? Readonly<Record<string, unknown>>
          : P extends { default: infer T }
            ? T
            : never;
export type ParametersOf<S> = { readonly [K in keyof S]: ValueOf<S[K]> };

/** Fills defaults; refuses unknown names and bad values in a sentence that names the action. */
export function resolveParameters<S extends ParameterSpecs>(
  action: string,
  specs: S,
  given: Readonly<Record<string, unknown>> = {},
): ParametersOf<S> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(specs, name));
  if (unknown !== undefined) {
    const known = Object.keys(specs).join(', ') || 'absent: there are none';
    throw new OptionError(action, unknown, `one of the parameters ${known}`, unknown);
  }
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, resolved(action, name, spec, given[name])]),
  ) as ParametersOf<S>;
}

function resolved(action: string, name: string, spec: ParameterSpec, value: unknown): unknown {
  const isAbsent = value === undefined || value === null;
  switch (spec.kind) {
    case 'text':
      if (isAbsent) return spec.default;
      return typeof value === 'string' ? value : refuse(action, name, spec, value);
    case 'rows':
      if (isAbsent) return undefined;
      return isListOf(value, isRow) ? value : refuse(action, name, spec, value);
    case 'numbers':
      if (isAbsent) return undefined;
      return isListOf(value, Number.isFinite) ? value : refuse(action, name, spec, value);
    case 'texts':
      if (isAbsent) return undefined;
      return isListOf(value, isText) ? value : refuse(action, name, spec, value);
    case 'options':
      if (isAbsent) return {};
      return typeof value === 'object' && !Array.isArray(value)
        ? value
        : refuse(action, name, spec, value);
    default:
      return resolveOptions(action, { [name]: spec }, isAbsent ? {} : { [name]: value as never })[
        name
      ];
  }
}

function refuse(action: string, name: string, spec: ParameterSpec, value: unknown): never {
  throw new OptionError(action, name, inWords(spec), value);
}

const isListOf = (value: unknown, test: (item: unknown) => boolean): value is readonly unknown[] =>
  Array.isArray(value) && value.every(test);
const isRow = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isText = (value: unknown): boolean => typeof value === 'string';

/** What values a parameter takes, in words. */
export function inWords(spec: ParameterSpec): string {
  switch (spec.kind) {
    case 'text':
      return 'text';
    case 'rows':
      return 'a list of row numbers, from 0';
    case 'numbers':
      return 'a list of finite numbers';
    case 'texts':
      return 'a list of texts';
    case 'options':
      return 'an object of options';
    default:
      return describeRange(spec);
  }
}

/** The JSON Schema of parameters, for OpenAPI and agents. */
export function schemaOf(specs: ParameterSpecs): Record<string, unknown> {
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.entries(specs).map(([name, spec]) => [
        name,
        { ...typeOf(spec), description: spec.doc },
      ]),
    ),
  };
}

function typeOf(spec: ParameterSpec): Record<string, unknown> {
  switch (spec.kind) {
    case 'text':
      return { type: 'string', ...('default' in spec && { default: spec.default }) };
    case 'rows':
      return { type: 'array', items: { type: 'integer', minimum: 0 } };
    case 'numbers':
      return { type: 'array', items: { type: 'number' } };
    case 'texts':
      return { type: 'array', items: { type: 'string' } };
    case 'options':
      return { type: 'object' };
    case 'choice':
      return { type: 'string', enum: spec.choices, default: spec.default };
    case 'boolean':
      return { type: 'boolean', default: spec.default };
    default:
      return {
        type: spec.kind,
        default: spec.default,
        ...(spec.min !== undefined && { minimum: spec.min }),
        ...(spec.max !== undefined && Number.isFinite(spec.max) && { maximum: spec.max }),
      };
  }
}

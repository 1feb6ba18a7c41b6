import type { AnyMethod } from './method.ts';

/** What the methods of a family make of what: it decides the laws they keep and the command that runs them. */
export type Maps =
  | 'points → loss'
  | 'loss → points'
  | 'size → points'
  | 'points → numbers'
  | 'pair → numbers'
  | 'pair → map'
  | 'points → map'
  | 'points → points'
  | 'points → neighbors'
  | 'points → codec'
  | 'points → index'
  | 'fields → table'
  | 'examples → model'
  | 'weights → fewer weights'
  | 'models → model'
  | 'labeled points → directions'
  | 'labeled points → filter'
  | 'labeled points → classes'
  | 'score → contributions';

/** A family of methods: read by the catalogue, the command line, the docs, the package and the tests. */
export interface Family {
  /** The folder's name, and the import path `tammes/ID`. */
  readonly id: string;
  /** Where it stands in lists. */
  readonly order: number;
  readonly title: string;
  /** One sentence: what its methods do. */
  readonly summary: string;
  readonly maps: Maps;
  /** Subfolders of methods; any other subfolder is private to the family. */
  readonly groups?: readonly string[];
  /** Families whose public names this one may import. */
  readonly uses?: readonly string[];
  /** The command `tammes NAME FILE -o OUT --method ID` of a family that makes points of points. */
  readonly command?: { readonly name: string; readonly description: string };
  /** How a method is called on the command line; undefined where there is no way. */
  readonly usage?: (method: AnyMethod) => string | undefined;
}

/** Describes a family, in the file `family.ts` of its folder. */
// @__NO_SIDE_EFFECTS__
export function defineFamily<const F extends Family>(family: F): F {
  return family;
}

export function isMethod(value: unknown): value is AnyMethod {
  return typeof value === 'function' && 'spec' in value;
}

/** The methods among a module's exports, in the order of their names. */
export function methodsOf(exports: object): readonly AnyMethod[] {
  return Object.values(exports).filter(isMethod);
}

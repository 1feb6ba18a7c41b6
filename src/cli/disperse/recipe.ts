import type { DisperseOptions, DisperseRecipe, DisperseResult } from '../../apps/verbs/disperse.ts';
import { InputError } from '../../core/errors.ts';
import { readJson } from '../files.ts';
import { hashOfPoints } from '../input.ts';

/** A run that can be repeated: what went in, what was done, what came out. */
export interface RecipeFile extends DisperseRecipe {
  readonly input: {
    readonly name: string;
    readonly n: number;
    readonly d: number;
    readonly sha256: string;
  };
  /** SHA-256 of the unit rows that came out: row-major, little-endian float32. */
  readonly output: { readonly sha256: string };
}

/** `sha256`: of the values that came in. */
export function recipeOf(name: string, sha256: string, result: DisperseResult): RecipeFile {
  const { rows: n, cols: d } = result.points;
  return {
    ...result.recipe,
    input: { name, n, d, sha256 },
    output: { sha256: hashOfPoints(result.points) },
  };
}

export async function readRecipe(path: string): Promise<RecipeFile> {
  const found = (await readJson(path)) as Partial<RecipeFile> | null;
  if (found?.verb !== 'disperse' || !found.objective || !found.options || !found.input) {
    throw new InputError(path, 'is not a recipe of tammes disperse.');
  }
  return found as RecipeFile;
}

export function optionsOfRecipe(recipe: DisperseRecipe): DisperseOptions {
  const { objective, options, optimizerOptions, classes } = recipe;
  return { ...options, objective, optimizerOptions, classes };
}

/** One sentence on whether a repeated run gave the same bytes. */
export function verdict(recipe: RecipeFile, again: RecipeFile): string {
  if (recipe.input.sha256 !== again.input.sha256) {
    return 'The input is not the one of the recipe, so the output may differ.';
  }
  return recipe.output.sha256 === again.output.sha256
    ? 'The output is the same as the recipe’s, byte for byte.'
    : 'The output differs from the recipe’s: another version, engine or platform made that one.';
}

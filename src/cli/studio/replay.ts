import type { Command } from 'commander';
import type { StudioRecipe } from '../../apps/studio/contract.ts';
import { type Replayed, recipeOf, replay } from '../../apps/studio/replay.ts';
import type { StudioTable } from '../../apps/studio/session/state.ts';
import { studioTable } from '../../apps/studio/session/table.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { VERSION } from '../../core/version.ts';
import type { EngineName } from '../../engine/engine.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { exitCodes } from '../exit.ts';
import { readJson } from '../files.ts';
import { addInputFlags, hashOfPoints, type InputFlags, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { ProgressBar, print, say } from '../terminal.ts';
import { saidOfReading } from './flags.ts';
import { type WrittenResult, writeResults } from './results.ts';

interface Flags extends InputFlags, EngineFlags {
  readonly output: string;
  readonly otherFiles?: true;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `
The steps are done by the engine of the recipe unless --engine names another. A file is the same where the SHA-256 of its
vectors is: float32, row by row; another format does not matter.
Written are the tables that steps made or changed, with what was measured of their rows, in the format of the first file;
maps as .npy; selections as ids, one a line; axes as .safetensors: the bytes that the page exports. Exit code 1 where a step made other bytes than the recipe says.

Examples:
  $ tammes studio replay recipe.json -o results
  $ tammes studio replay recipe.json moved/vectors.npy -o results
`;

export function configureReplay(command: Command): void {
  command
    .argument('<recipe>', 'what the page saved in History')
    .argument('[files...]', 'where the files of the recipe are, in its order; default: its names')
    .requiredOption('-o, --output <folder>', 'folder for the results')
    .option('--other-files', 'do the steps on files that are not those of the recipe')
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action(
    (recipe: string, files: readonly string[], flags: Flags) =>
      interruptible((signal) => replayed(recipe, files, flags, signal)),
  );
}

async function replayed(
  path: string,
  names: readonly string[],
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const recipe = recipeOf(path, await readJson(path));
  const tables = await tablesOf(recipe, names, flags);
  const differing = differingFiles(recipe, tables);
  if (differing !== undefined && !flags.otherFiles)
    throw new InputError(path, `${differing} --other-files does the steps on them.`);
  const bar = new ProgressBar(flags.quiet === true);
  try {
    // The bytes belong to an engine.
    const engine = flags.engine === 'auto' ? (recipe.engine as EngineName) : flags.engine;
    await withEngine({ ...flags, engine }, async (own) => {
      const run = { signal, onProgress: bar.update };
      const done = await replay(own, tables, recipe.steps, run);
      bar.clear();
      const written = await writeResults(flags.output, done.session, tables);
      await told(recipe, differing, done, written, flags);
    });
  } finally {
    bar.clear();
  }
}

async function tablesOf(
  { files }: StudioRecipe,
  names: readonly string[],
  flags: Flags,
): Promise<StudioTable[]> {
  if (names.length > 0 && names.length !== files.length)
    throw new OptionError(
      'studio replay',
      'FILE',
      `none or all ${files.length} files of the recipe`,
      names.length,
    );
  const tables: StudioTable[] = [];
  for (const [i, { id, name, flags: then }] of files.entries()) {
    const place = names[i] ?? name;
    const reading = { ...flags, ...then, ...saidOfReading(flags) };
    tables.push(await studioTable(id, place, await readInput(place, reading), hashOfPoints));
  }
  return tables;
}

/** A sentence on the files that are not those of the recipe; undefined where all are. */
function differingFiles(
  { files }: StudioRecipe,
  tables: readonly StudioTable[],
): string | undefined {
  const others = tables.filter(({ sha256 }, i) => sha256 !== files[i].sha256);
  if (others.length === 0) return undefined;
  const list = others.map(({ name }) => name).join(', ');
  return `other vectors than those of the recipe are in ${list}.`;
}

async function told(
  recipe: StudioRecipe,
  differing: string | undefined,
  { session, steps }: Replayed,
  written: readonly WrittenResult[],
  { output, json, quiet }: Flags,
): Promise<void> {
  const others = steps.filter(({ same }) => same === false);
  const isSame = differing === undefined && others.length === 0;
  if (json) {
    const { engine } = session.info;
    const facts = {
      engine,
      sameFiles: differing === undefined,
      same: isSame,
      steps,
      output,
      written,
    };
    await print(JSON.stringify(facts));
  } else {
    for (const { file } of written) await print(`${output}/${file}`);
    if (!quiet) say(verdict(recipe, differing, others.length, steps.length));
  }
  if (others.length > 0 && differing === undefined) process.exitCode = exitCodes.failed;
}

function verdict(
  { tammes }: StudioRecipe,
  differing: string | undefined,
  others: number,
  steps: number,
): string {
  if (differing !== undefined) return `The steps were done, but ${differing}`;
  if (others === 0) return 'Every step made the same bytes as in the session.';
  const why =
    tammes === VERSION
      ? 'another engine or platform made those'
      : `Tammes ${tammes} made those, and this is ${VERSION}`;
  return `${others} of ${steps} steps made other bytes than in the session: ${why}.`;
}

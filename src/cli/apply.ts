import { type Command, Option } from 'commander';
import { byId } from '../catalog/by-id.ts';
import type { LoadableFamily } from '../catalog/generated/families.ts';
import { type Matrix, toFloat32 } from '../core/matrix.ts';
import { writeFormat } from '../io/index.ts';
import type { AnyMethod, RunOptions } from '../method/method.ts';
import { addEngineFlags, type EngineFlags, withEngine } from './engine.ts';
import { claimOutputs } from './files.ts';
import { addInputFlags, INPUTS, type InputFlags, readInput } from './input.ts';
import { interruptible } from './interrupt.ts';
import { addOptionFlags, givenOptions, wordAfter } from './options.ts';
import { formatIdOf, type ToFlag, toFlag, writeWhole } from './tables.ts';
import { ProgressBar, print, say } from './terminal.ts';

interface Flags extends InputFlags, EngineFlags, ToFlag {
  readonly output: string;
  readonly method: string;
  readonly json?: true;
  readonly quiet?: true;
}

/** What a method of the kind `points → points` gives, besides facts of its own. */
interface Mapped extends Readonly<Record<string, unknown>> {
  readonly points: Matrix;
}
type Mapping = (points: Matrix, options: object, run: RunOptions) => Promise<Mapped>;

/** `tammes NAME FILE -o OUT --method ID`: the command of a family whose methods make points of points. */
export async function applyCommand(family: LoadableFamily) {
  const name = family.command?.name ?? family.id;
  const methods = byId(name, 'method', await family.load());
  const [first = ''] = methods.ids();
  return {
    configure(command: Command, argv: readonly string[]): void {
      command
        .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
        .requiredOption('-o, --output <file>', 'file to write; its extension names the format')
        .addOption(toFlag())
        .addOption(
          new Option('--method <id>', 'how; its own options: --method ID --help')
            .choices(methods.ids())
            .default(first),
        )
        .option('--json', 'print one JSON object and nothing else on standard output')
        .option('--quiet', 'no progress and no remarks')
        .addHelpText(
          'after',
          `${INPUTS}\nExample:\n  $ tammes ${name} vectors.npy -o out.npy --method ${first}\n`,
        );
      addEngineFlags(addInputFlags(command));
      const named = methods.get(wordAfter(argv, '--method', methods.ids()) ?? first);
      addOptionFlags(command, named.spec.options, new Set());
      command.action((files: readonly string[], flags: Flags) =>
        interruptible((signal) => run(methods.get(flags.method), files, flags, signal)),
      );
    },
  };
}

async function run(
  method: AnyMethod,
  files: readonly string[],
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  writeFormat(flags.output, { format: formatIdOf(flags) });
  await claimOutputs(method.spec.family, { output: flags.output }, flags.json, ['output']);
  const values = flags as unknown as Record<string, unknown>;
  const options = givenOptions(values, method.spec.options);
  const began = performance.now();
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const table = await readInput(files, flags);
    const { points, ...facts } = await withEngine(flags, (engine) =>
      (method as unknown as Mapping)(table.points, options, {
        engine,
        signal,
        onProgress: bar.update,
      }),
    );
    const out = { ...table, points: toFloat32(points) };
    const paths = await writeWhole(flags.output, out, formatIdOf(flags));
    bar.clear();
    const seconds = (performance.now() - began) / 1000;
    const shape = { n: points.rows, d: table.points.cols, dim: points.cols };
    if (flags.json) {
      const plain = Object.entries(facts).filter(([, value]) => typeof value !== 'object');
      const known = { method: method.spec.id, ...shape, ...Object.fromEntries(plain), seconds };
      return await print(JSON.stringify(known));
    }
    if (flags.quiet) return;
    say(`${method.spec.id}: ${shape.d} columns to ${shape.dim}`);
    say(`Wrote ${paths.join(', ')}`);
  } finally {
    bar.clear();
  }
}

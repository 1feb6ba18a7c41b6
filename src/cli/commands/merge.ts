import { type Command, Option } from 'commander';
import { type Merged, merge, mergerById, mergerIds } from '../../apps/verbs/merge.ts';
import { OptionError } from '../../core/errors.ts';
import { counted, grouped } from '../../core/text.ts';
import { fileStore } from '../../io/byte-store.ts';
import { placeOf } from '../../io/node/places.ts';
import { saveModel } from '../../learning/index.ts';
import { claimOutputs } from '../files.ts';
import { interruptible } from '../interrupt.ts';
import { addOptionFlags, givenOptions, wordAfter } from '../options.ts';
import { print, remarksOnce, say } from '../terminal.ts';

interface Flags {
  readonly output: string;
  readonly base?: string;
  readonly method?: string;
  readonly settingsOfBase?: string;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `
Examples:
  $ tammes merge a.safetensors b.safetensors --base base.safetensors -o merged.safetensors --scale 0.5
  $ tammes merge a.safetensors b.safetensors --base base.safetensors -o merged.safetensors --method ties
  $ tammes merge seed1.safetensors seed2.safetensors -o mean.safetensors --method average

Models are of one learner, with the same classes, sizes and tensors, and were trained from the same base
(tammes learn … --start base.safetensors). Whether the result is any good only rows with labels say: embed them.
adamerging and concrete learn through the network, and are in the library alone: tammes/merging.
`;

const USUAL = 'task-arithmetic';

export function configure(command: Command, argv: readonly string[]): void {
  const ids = mergerIds();
  const named = mergerById(wordAfter(argv, '--method', ids) ?? USUAL);
  command
    .argument('<models...>', 'models that tammes learn wrote')
    .requiredOption('-o, --output <file>', 'file for the merged model (safetensors)')
    .option('--base <file>', 'the model from which they were fine-tuned')
    .addOption(
      new Option('--method <id>', 'how; its own options: --method ID --help')
        .choices(ids)
        .default(undefined, USUAL),
    );
  addOptionFlags(command, named.spec.options, new Set());
  command
    .option(
      '--settings-of-base <names>',
      'settings in whose numbers the models may differ, such as scaling: the result has those of the base',
    )
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no remarks')
    .addHelpText('after', help)
    .action((files: readonly string[], flags: Flags) =>
      interruptible((signal) => mergeFiles(files, flags, signal)),
    );
}

async function mergeFiles(
  files: readonly string[],
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const { output, base, method = USUAL } = flags;
  await claimOutputs('merge', { output }, flags.json);
  await requireAnother(output, base === undefined ? files : [...files, base]);
  const merged = await merge(
    {
      models: files.map(fileStore),
      base: base === undefined ? undefined : fileStore(base),
      settingsOfBase: flags.settingsOfBase?.split(',').map((name) => name.trim()),
    },
    method,
    givenOptions(flags as unknown as Record<string, unknown>, mergerById(method).spec.options),
    { signal },
  );
  await saveModel(fileStore(output), merged.model);
  await tell(merged, method, flags);
}

/** Refuses to write over a model that goes in, links followed. */
async function requireAnother(output: string, inputs: readonly string[]): Promise<void> {
  const target = await targetOf(output);
  for (const path of inputs) {
    if ((await targetOf(path)) === target)
      throw new OptionError('merge', 'output', `another file than the model ${path}`, output);
  }
}

async function targetOf(path: string): Promise<string> {
  const place = await placeOf(path);
  return 'target' in place ? place.target : path;
}

async function tell(merged: Merged, method: string, flags: Flags): Promise<void> {
  const { model, models, interference, facts, warnings } = merged;
  const { kind, parameters } = model;
  const numbers = parameters.reduce((sum, { data }) => sum + data.length, 0);
  if (flags.json) {
    const known = { method, kind, models, tensors: parameters.length, numbers };
    const told = { ...known, interference, facts, warnings, output: flags.output };
    return print(JSON.stringify(told));
  }
  if (flags.quiet) return;
  for (const remark of remarksOnce(warnings)) say(remark);
  const tensors = counted(parameters.length, 'tensor');
  say(
    `${method}: ${counted(models, 'model')} of ${kind}, ${grouped(numbers)} numbers in ${tensors}`,
  );
  for (const line of linesOf(interference)) say(line);
  say(`Wrote ${flags.output}`);
}

function linesOf({ signConflicts, cosines, fromBase }: Merged['interference']): string[] {
  const apart = cosines.flatMap((row, i) => row.slice(0, i)).filter((x) => x !== null);
  const lines: string[] = [];
  if (fromBase) {
    const far = fromBase.map(({ distance }) => (distance === null ? '–' : distance.toFixed(3)));
    lines.push(`Distance from the base, in its length: ${far.join(', ')}`);
  }
  if (apart.length > 0)
    lines.push(
      `Cosines of ${fromBase ? 'what they learned' : 'their weights'}: ${Math.min(...apart).toFixed(3)} to ${Math.max(...apart).toFixed(3)}`,
    );
  if (signConflicts !== null)
    lines.push(`Numbers that some moved up and others down: ${(100 * signConflicts).toFixed(1)} %`);
  return lines;
}

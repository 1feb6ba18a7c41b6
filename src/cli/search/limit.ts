import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Command, Option } from 'commander';
import { limitDataset } from '../../apps/limit/limit-dataset.ts';
import { InputError } from '../../core/errors.ts';
import { retrievalTaskFiles } from '../../io/beir.ts';
import { writeBytes } from '../files.ts';
import { wholeFrom } from '../options.ts';
import { print, say } from '../terminal.ts';

interface Flags {
  readonly output: string;
  readonly documents: number;
  readonly queries: number;
  readonly likes: number;
  readonly seed: number;
  readonly json?: true;
  readonly quiet?: true;
}

const HELP = `
Documents "A likes X, Y and Z." and queries "Who likes X?" in the form of BEIR: every pair of the fewest documents that
have enough pairs answers one query (LIMIT; Weller and others 2025). Names and likes are made words.

Examples:
  $ tammes search limit -o likes
  $ tammes search build likes -o likes.index --index bm25
  $ tammes search evaluate likes.index likes --at 2,10
`;

/** `tammes search limit`. */
export function configureLimit(command: Command): void {
  command
    .requiredOption('-o, --output <folder>', 'folder to make')
    .addOption(sizeOption('--documents <count>', 'documents', 46))
    .addOption(sizeOption('--queries <count>', 'queries, each answered by two documents', 1000))
    .addOption(sizeOption('--likes <count>', 'things that a document likes, at least', 45))
    .addOption(
      new Option('--seed <integer>', 'seed of all draws').default(0).argParser(wholeFrom(0)),
    )
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no remarks')
    .addHelpText('after', HELP)
    .action(writeTask);
}

const sizeOption = (flag: string, what: string, usual: number) =>
  new Option(flag, what).default(usual).argParser(wholeFrom(1));

async function writeTask({ output, json, quiet, ...sizes }: Flags): Promise<void> {
  const task = limitDataset(sizes);
  const isThere = await stat(output).catch(() => undefined);
  if (isThere)
    throw new InputError(output, 'there is such a folder or file already; name another.');
  for (const [name, text] of Object.entries(retrievalTaskFiles(task))) {
    const path = join(output, name);
    await mkdir(dirname(path), { recursive: true });
    await writeBytes(path, text);
  }
  const { documents, queries, judgements } = task;
  const counts = {
    documents: documents.ids.length,
    queries: queries.ids.length,
    judgements: judgements.length,
  };
  if (json) return print(JSON.stringify({ folder: output, ...counts }));
  if (!quiet) say(`Wrote ${counts.documents} documents and ${counts.queries} queries to ${output}`);
}

import { writeSync } from 'node:fs';
import { Command } from 'commander';
import { VERSION } from '../core/version.ts';
import { hidden } from '../io/addresses.ts';
import { type CommandEntry, commands } from './commands.ts';

const help = `
Where a command takes a file of vectors:
  vectors.npy         a file in any of its formats, also packed (.gz, .zst)
  -                   standard input, or standard output; --to names the format there
  'part-*.parquet'    several files as one table, in the natural order of their names
  folder              the files of a folder
  dataset:glove       a data set that comes with Tammes (tammes info --help lists them)

Examples:
  $ tammes measure vectors.npy
  $ tammes convert 'part-*.parquet' - --to csv | head
`;

/** Commander writes help and version without waiting; a closed pipe ends them. */
function printNow(text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(1, bytes, done);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

/** Runs the command line; sets the exit code of the process and lets it end by itself. */
export async function main(given: readonly string[]): Promise<void> {
  // No command sees a password, so none is printed or written: addresses are known without it from here on.
  const argv = given.map(hidden);
  const program = new Command('tammes')
    .description('The geometry of embedding spaces: measure, spread and show vectors.')
    .version(VERSION)
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: printNow })
    .addHelpText('after', help);
  // Whoever writes waits for the answer; Node would throw it once more, with a stack.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  try {
    for (const entry of commands) await add(program, entry, argv);
    if (argv.length <= 2) program.help({ error: true });
    await program.parseAsync([...argv]);
  } catch (error) {
    const { exitCodeOf } = await import('./exit.ts');
    process.exitCode = exitCodeOf(error);
  }
}

/** A command that is not named on the command line has its line in the help, and no more. */
async function add(program: Command, entry: CommandEntry, argv: readonly string[]): Promise<void> {
  const { name, description, load } = entry;
  const command = program.command(name).description(description);
  if (argv.includes(name)) await (await load()).configure(command, argv);
}

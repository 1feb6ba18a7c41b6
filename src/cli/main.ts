import { Command } from 'commander';
import { VERSION } from '../core/version.ts';
import { type CommandEntry, commands } from './commands.ts';

/** Runs the command line; sets the exit code of the process and lets it end by itself. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('tammes')
    .description('The geometry of embedding spaces: measure, spread and show vectors.')
    .version(VERSION)
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', '\nExample:\n  $ tammes measure vectors.npy\n');
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
  if (argv.includes(name)) (await load()).configure(command, argv);
}

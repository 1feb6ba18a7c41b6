import { Command } from 'commander';
import { VERSION } from '../core/version.ts';
import * as code from './commands/code.ts';
import * as compare from './commands/compare.ts';
import * as convert from './commands/convert.ts';
import * as disperse from './commands/disperse.ts';
import * as info from './commands/info.ts';
import * as measure from './commands/measure.ts';
import * as methods from './commands/methods.ts';
import * as start from './commands/start.ts';
import * as study from './commands/study.ts';
import { exitCodeOf } from './exit.ts';

const commands = [start, measure, compare, disperse, code, info, convert, methods, study];

/** Runs the command line; sets the exit code of the process and lets it end by itself. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('tammes')
    .description('The geometry of embedding spaces: measure, spread and show vectors.')
    .version(VERSION)
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', '\nExample:\n  $ tammes measure vectors.npy\n');
  for (const command of commands) command.register(program, argv);
  try {
    if (argv.length <= 2) program.help({ error: true });
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

import { hostname } from 'node:os';
import { type Command, Option } from 'commander';
import { processorCount } from '#threads';
import { OptionError } from '../../core/errors.ts';
import { interruptible } from '../interrupt.ts';
import { wholeFrom, wholeNumber, wholeOption } from '../options.ts';
import { print, say } from '../terminal.ts';
import { LAUNCHERS, type LauncherName, launcherText } from '../workers/launchers.ts';
import { ThreadPool } from '../workers/pool.ts';
import { queueAddress, queueFlag } from '../workers/queue/address.ts';
import { serve } from '../workers/queue/serve.ts';

interface WorkerFlags {
  readonly queue?: string | true;
  readonly threads?: number;
  readonly taskThreads: number;
  readonly name?: string;
  readonly once?: number | true;
  readonly lockSeconds: number;
  readonly graceSeconds: number;
  readonly printLauncher?: LauncherName;
  readonly nodes: number;
  readonly quiet?: true;
}

const help = `
A worker computes the tasks that commands with --queue hand out. It opens the stores that a task names: folders
must be there under the same path, for buckets it has credentials of its own. Redis carries no vectors.

Examples:
  $ tammes worker --queue redis://127.0.0.1:6379
  $ TAMMES_QUEUE=redis://:secret@host:6379 tammes worker --queue --threads 16
  $ tammes worker --print-launcher slurm --nodes 64 --threads 16 > workers.sh
`;

/** Seconds without work after which `--once` ends, where it says none. */
const ONCE_SECONDS = 10;

export function configure(command: Command): void {
  command
    .addOption(queueFlag())
    .option(
      '--threads <count>',
      'tasks at a time, each in a thread [one per processor]',
      wholeNumber,
    )
    .addOption(wholeOption('--task-threads <count>', 'threads that compute one task', 1, 1))
    .option('--name <name>', 'what the worker is called in lists [host and process]')
    .option(
      '--once [seconds]',
      `end when there was nothing to do for so many seconds [${ONCE_SECONDS}]`,
      wholeFrom(1),
    )
    .addOption(
      wholeOption(
        '--lock-seconds <seconds>',
        'silence after which another worker may take its tasks',
        60,
        1,
      ),
    )
    .addOption(
      wholeOption('--grace-seconds <seconds>', 'what tasks get to end when it is stopped', 20, 0),
    )
    .addOption(
      new Option('--print-launcher <kind>', 'print a script that starts workers').choices(
        LAUNCHERS,
      ),
    )
    .addOption(wholeOption('--nodes <count>', 'workers that the script starts', 4, 1))
    .option('--quiet', 'say nothing')
    .addHelpText('after', help)
    .action(async (flags: WorkerFlags) => {
      const threads = flags.threads ?? processorCount();
      if (flags.printLauncher !== undefined) {
        return print(launcherText(flags.printLauncher, { nodes: flags.nodes, threads }));
      }
      if (flags.queue === undefined) {
        throw new OptionError('worker', 'queue', 'given, like redis://host:6379', flags.queue);
      }
      const address = queueAddress(flags.queue);
      const once = flags.once === true ? ONCE_SECONDS : flags.once;
      const { lockSeconds, graceSeconds, name = `${hostname()}-${process.pid}` } = flags;
      const said = flags.quiet ? () => {} : say;
      await interruptible(async (signal) => {
        const pool = new ThreadPool({ size: threads, threads: flags.taskThreads });
        try {
          await serve(address, { pool, name, once, lockSeconds, graceSeconds, say: said, signal });
        } finally {
          await pool.end();
        }
      });
    });
}

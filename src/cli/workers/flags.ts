import type { Command } from 'commander';
import type { EngineFlags } from '../engine.ts';
import { wholeNumber } from '../options.ts';
import { queueFlag } from './queue/address.ts';

/** The flags of every command whose work can be spread. */
export interface WorkFlags extends EngineFlags {
  readonly store?: string | undefined;
  readonly workers?: number | undefined;
  readonly queue?: string | true | undefined;
  readonly plan?: true | undefined;
  readonly keepWork?: true | undefined;
  readonly json?: true | undefined;
  readonly quiet?: true | undefined;
}

/** Adds the flags of work that is spread over threads, processes or machines; the engine's flags are added apart. */
export function addWorkFlags(command: Command): Command {
  return command
    .option(
      '--store <store>',
      'where the outputs of the work lie: a folder or s3://bucket/prefix [the store of the table]',
    )
    .option('--workers <count>', 'compute in so many workers on this machine', wholeNumber)
    .addOption(queueFlag())
    .option('--plan', 'say what it would take, and do nothing')
    .option('--keep-work', 'keep the outputs of the work, for runs that come after');
}

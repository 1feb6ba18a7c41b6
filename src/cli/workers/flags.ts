import { type Command, InvalidArgumentError } from 'commander';
import type { EngineFlags } from '../engine.ts';
import { byteCount, wholeNumber } from '../options.ts';
import { queueFlag } from './queue/address.ts';

/** The flags of every command whose work can be spread. */
export interface WorkFlags extends EngineFlags {
  readonly store?: string | undefined;
  readonly workers?: number | undefined;
  readonly queue?: string | true | undefined;
  readonly plan?: true | undefined;
  readonly nodes?: number | undefined;
  readonly nodeThreads?: number | undefined;
  readonly nodePrice?: number | undefined;
  readonly bandwidth?: number | undefined;
  readonly keepWork?: true | undefined;
  readonly json?: true | undefined;
  readonly quiet?: true | undefined;
}

/** Adds the flags of work that is spread over threads, processes or machines; the engine's flags are added apart. */
export function addWorkFlags(command: Command): Command {
  return addSpreadFlags(command)
    .option('--plan', 'say what it would take, by rates that are measured here, and do nothing')
    .option('--nodes <count>', 'with --plan: machines that it is to run on', wholeNumber)
    .option('--node-threads <count>', 'with --plan: tasks at a time on each', wholeNumber)
    .option('--node-price <number>', 'with --plan: what an hour of a machine costs', price)
    .option(
      '--bandwidth <bytes>',
      'with --plan: bytes a second between a machine and the store, such as 3GB [as measured here]',
      byteCount,
    );
}

/** The same without those of planning. */
export function addSpreadFlags(command: Command): Command {
  return command
    .option(
      '--store <store>',
      'where the outputs of the work lie: a folder or s3://bucket/prefix [the store of the table]',
    )
    .option('--workers <count>', 'compute in so many workers on this machine', wholeNumber)
    .addOption(queueFlag())
    .option('--keep-work', 'keep the outputs of the work, for runs that come after');
}

function price(given: string): number {
  const value = Number(given);
  if (given.trim() !== '' && value >= 0 && value < Infinity) return value;
  throw new InvalidArgumentError('Expected a number from 0 on.');
}

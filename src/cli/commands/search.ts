import type { Command } from 'commander';
import { configureBench } from '../search/bench.ts';
import { configureBuild } from '../search/build.ts';
import { configureQuery } from '../search/query.ts';

const help = `
Examples:
  $ tammes search build vectors.npy -o vectors.index --index exact
  $ tammes search query vectors.index queries.npy -k 10 --json
  $ tammes search query vectors.index queries.npy --recall 0.95
  $ tammes search bench vectors.npy
`;

export function configure(command: Command, argv: readonly string[]): void {
  command.addHelpText('after', help);
  const build = command.command('build').description('Build an index over vectors.');
  configureBuild(build, argv);
  configureQuery(command.command('query').description('Ask an index for the nearest rows.'));
  configureBench(
    command.command('bench').description('Recall and speed of indexes, effort by effort.'),
  );
}

import type { Command } from 'commander';
import { configureBuild } from '../search/build.ts';
import { configureQuery } from '../search/query.ts';

const help = `
Examples:
  $ tammes search build vectors.npy -o vectors.index --index exact
  $ tammes search query vectors.index queries.npy -k 10 --json
  $ tammes search build papers.csv -o papers.index --index ivf
  $ tammes search query papers.index queries.npy --where 'year >= 2020 and topic = "physics"'
`;

export function configure(command: Command, argv: readonly string[]): void {
  command.addHelpText('after', help);
  const build = command.command('build').description('Build an index over vectors.');
  configureBuild(build, argv);
  configureQuery(command.command('query').description('Ask an index for the nearest rows.'));
}

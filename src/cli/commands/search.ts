import type { Command } from 'commander';
import { configureBuild } from '../search/build.ts';
import { configureNear } from '../search/near.ts';
import { configureQuery } from '../search/query.ts';
import { configureWords } from '../search/words.ts';

const help = `
Examples:
  $ tammes search build vectors.npy -o vectors.index --index exact
  $ tammes search query vectors.index queries.npy -k 10 --json
  $ tammes search near dataset:glove --formula 'king - man + woman'
  $ tammes search words dataset:glove --similarity king queen
`;

export function configure(command: Command, argv: readonly string[]): void {
  command.addHelpText('after', help);
  const build = command.command('build').description('Build an index over vectors.');
  configureBuild(build, argv);
  configureQuery(command.command('query').description('Ask an index for the nearest rows.'));
  configureNear(
    command.command('near').description('The rows nearest to a word, a row, a formula or a text.'),
  );
  configureWords(
    command.command('words').description('Whether words are there, how alike, which is odd.'),
  );
}

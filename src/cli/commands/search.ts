import type { Command } from 'commander';
import { configureBench } from '../search/bench.ts';
import { configureBuild } from '../search/build.ts';
import { configureEvaluate } from '../search/evaluate.ts';
import { configureLimit } from '../search/limit.ts';
import { configureNear } from '../search/near.ts';
import { configureQuery } from '../search/query.ts';
import { configureWords } from '../search/words.ts';

const help = `
Examples:
  $ tammes search near dataset:glove --formula 'king - man + woman'
  $ tammes search words dataset:glove --similarity king queen
  $ tammes search build vectors.npy -o vectors.index --index exact
  $ tammes search query vectors.index queries.npy -k 10 --json
  $ tammes search build tokens.parquet -o tokens.index --index fde --document id
  $ tammes search build scifact -o words.index --index bm25
  $ tammes search evaluate words.index scifact
  $ tammes search build papers.csv -o papers.index --index ivf
  $ tammes search query papers.index queries.npy --where 'year >= 2020 and topic = "physics"'
  $ tammes search query vectors.index queries.npy --recall 0.95
  $ tammes search bench vectors.npy
  $ tammes search build papers.csv --in pgvector -o postgres://me@localhost/db --table papers --index graph
  $ tammes search query postgres://me@localhost/db queries.npy --in pgvector --table papers --where 'year >= 2020'
`;

export function configure(command: Command, argv: readonly string[]): void {
  command.addHelpText('after', help);
  configureNear(
    command.command('near').description('The rows nearest to a word, a row, a formula or a text.'),
  );
  configureWords(
    command.command('words').description('Whether words are there, how alike, which is odd.'),
  );
  const build = command.command('build').description('Build an index over vectors or texts.');
  configureBuild(build, argv);
  configureQuery(command.command('query').description('Ask an index for the nearest rows.'));
  configureBench(
    command.command('bench').description('Recall and speed of indexes, effort by effort.'),
  );
  configureEvaluate(
    command.command('evaluate').description('Judge what indexes answer to the queries of a task.'),
  );
  configureLimit(
    command.command('limit').description('Make a task that single vectors fail: who likes what.'),
  );
}

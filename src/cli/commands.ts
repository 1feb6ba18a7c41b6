import type { Command } from 'commander';
import { families } from '../catalog/generated/families.ts';

/** A command by name. What it needs is loaded when it is called: the others cost nothing. */
export interface CommandEntry {
  readonly name: string;
  readonly description: string;
  readonly load: () => Promise<{
    /** Adds the command's arguments, flags and action. */
    readonly configure: (command: Command, argv: readonly string[]) => void | Promise<void>;
  }>;
}

const own: readonly CommandEntry[] = [
  {
    name: 'start',
    description: 'Run the main job on shipped word vectors: measure, spread, measure, report.',
    load: () => import('./commands/start.ts'),
  },
  {
    name: 'measure',
    description:
      'Measure the geometry of vectors: numbers with intervals beside a null, and findings.',
    load: () => import('./commands/measure.ts'),
  },
  {
    name: 'neighbors',
    description: 'The nearest other rows of every row, exactly or with the share that was found.',
    load: () => import('./commands/neighbors.ts'),
  },
  {
    name: 'track',
    description: 'Measure snapshots of vectors one after another: how each number goes.',
    load: () => import('./commands/track.ts'),
  },
  {
    name: 'compare',
    description: 'Say how alike two sets of vectors are, each number beside its value by chance.',
    load: () => import('./commands/compare.ts'),
  },
  {
    name: 'rank',
    description:
      'Order the runs of a sweep by RankMe, without labels, and say how well that order is known.',
    load: () => import('./commands/rank.ts'),
  },
  {
    name: 'layers',
    description:
      'Follow the tokens of a text through the layers of a model, beside a shuffled control.',
    load: () => import('./commands/layers.ts'),
  },
  {
    name: 'disperse',
    description: 'Spread points on the unit sphere while keeping them near where they were.',
    load: () => import('./commands/disperse.ts'),
  },
  {
    name: 'code',
    description:
      'Make points on the sphere as far apart as possible, with proof of how good they are.',
    load: () => import('./commands/code.ts'),
  },
  {
    name: 'learn',
    description: 'Train an encoder on vectors or texts, with dispersion inside its loss.',
    load: () => import('./commands/learn.ts'),
  },
  {
    name: 'embed',
    description: 'The embeddings that a trained model gives.',
    load: () => import('./commands/embed.ts'),
  },
  {
    name: 'merge',
    description: 'Merge models that were trained from one base into one.',
    load: () => import('./commands/merge.ts'),
  },
  {
    name: 'reduce',
    description:
      'Make vectors shorter, fewer, or a map to look at; the model places new rows alone.',
    load: () => import('./commands/reduce.ts'),
  },
  {
    name: 'align',
    description: 'Build a bridge between two spaces, and say whether it can be used.',
    load: () => import('./commands/align.ts'),
  },
  {
    name: 'compress',
    description: 'Store vectors in fewer bytes, and say which neighbours are lost.',
    load: () => import('./commands/compress.ts'),
  },
  {
    name: 'decompress',
    description: 'Vectors of a compressed store as an ordinary file.',
    load: () => import('./commands/decompress.ts'),
  },
  {
    name: 'search',
    description:
      'Build an index over vectors and ask it for the nearest, with the recall of each answer.',
    load: () => import('./commands/search.ts'),
  },
  {
    name: 'explain',
    description:
      'Say what a direction means, why two things are near, and take a concept out of vectors.',
    load: () => import('./commands/explain.ts'),
  },
  {
    name: 'studio',
    description: 'Look at vectors in a page of the browser, measure them there, and act on them.',
    load: () => import('./commands/studio.ts'),
  },
  {
    name: 'info',
    description: 'Say what a file holds, without reading all of it.',
    load: () => import('./commands/info.ts'),
  },
  {
    name: 'convert',
    description: 'Convert vectors from one format to another, block by block.',
    load: () => import('./commands/convert.ts'),
  },
  {
    name: 'shard',
    description: 'Cut vectors into a table of shards, in a folder or a bucket, that can grow.',
    load: () => import('./commands/shard.ts'),
  },
  {
    name: 'worker',
    description: 'Compute tasks that other commands hand out with --queue.',
    load: () => import('./commands/worker.ts'),
  },
  {
    name: 'jobs',
    description: 'List, stop and resume the plans that run at a queue.',
    load: () => import('./commands/jobs.ts'),
  },
  {
    name: 'methods',
    description: 'List the catalogue: every method, its paper and its options.',
    load: () => import('./commands/methods.ts'),
  },
  {
    name: 'study',
    description:
      'Repeat what a paper claims, beside a fair baseline; without an id, list the studies.',
    load: () => import('./commands/study.ts'),
  },
];

/** One for each family that makes points of points. */
const ofFamilies: readonly CommandEntry[] = families.flatMap((family) =>
  family.command
    ? [{ ...family.command, load: async () => (await import('./apply.ts')).applyCommand(family) }]
    : [],
);

/** Every command, in the order of the help. */
export const commands: readonly CommandEntry[] = [...own, ...ofFamilies];

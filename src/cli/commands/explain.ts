import type { Command } from 'commander';
import type { CommandEntry } from '../commands.ts';

const help = `
Each takes --json and --help.

Examples:
  $ tammes explain axis products.parquet --scores price -o price.safetensors
  $ tammes explain erase vectors.parquet --classes gender -o without.npy
  $ tammes explain pair --words dataset:glove --a 'king of france' --b 'queen in paris'
  $ tammes explain why vectors.parquet --classes topic --row 17
`;

/** What can be explained, in the order of the help. */
const parts: readonly CommandEntry[] = [
  {
    name: 'axis',
    description:
      'Fit a direction to scores, classes, extremes, pairs or words; say how well it orders.',
    load: () => import('../explain/axis.ts'),
  },
  {
    name: 'boxes',
    description: 'Classes as boxes that lie in each other, and new ones from a few rows.',
    load: () => import('../explain/boxes.ts'),
  },
  {
    name: 'cam',
    description: 'Say which tokens or places make the score of a class: a class activation map.',
    load: () => import('../explain/cam.ts'),
  },
  {
    name: 'concepts',
    description: 'Say to which names rows or classes are nearest, and what such coordinates keep.',
    load: () => import('../explain/concepts.ts'),
  },
  {
    name: 'dictionary',
    description: 'Find sparse features of which every row is a sum of few, named by their rows.',
    load: () => import('../explain/dictionary.ts'),
  },
  {
    name: 'erase',
    description: 'Take a concept out of vectors, and say what probes still find of it.',
    load: () => import('../explain/erase.ts'),
  },
  {
    name: 'factor',
    description: 'Take a grid of rows apart into one vector for each value of each factor.',
    load: () => import('../explain/factor.ts'),
  },
  {
    name: 'guard',
    description: 'Take a concept out of those rows of a set that bring the set near to it.',
    load: () => import('../explain/guard.ts'),
  },
  {
    name: 'images',
    description: 'Say how far apart images look, and where: without anything learned before.',
    load: () => import('../explain/images.ts'),
  },
  {
    name: 'lens',
    description: 'Say which tokens hidden states name, layer by layer, as if each were the last.',
    load: () => import('../explain/lens.ts'),
  },
  {
    name: 'match',
    description: 'Which named concepts make two rows match, by a model of named dimensions.',
    load: () => import('../explain/match.ts'),
  },
  {
    name: 'monitor',
    description:
      'Watch a decision between two classes: probes of layers, and an alarm of known rate.',
    load: () => import('../explain/monitor.ts'),
  },
  {
    name: 'pair',
    description: 'Say which tokens, patches or rows make two things near: contributions that sum.',
    load: () => import('../explain/pair.ts'),
  },
  {
    name: 'predict',
    description: 'Labels of least expected distance in a metric of labels, beside the likeliest.',
    load: () => import('../explain/predict.ts'),
  },
  {
    name: 'prototypes',
    description: 'Say which rows stand for each class, and what they are worth.',
    load: () => import('../explain/prototypes.ts'),
  },
  {
    name: 'rules',
    description: 'Put a readable tree in the place of a classifier, and say how far to trust it.',
    load: () => import('../explain/rules.ts'),
  },
  {
    name: 'sort',
    description: 'Order rows by a saved axis, with an interval for each.',
    load: () => import('../explain/sort.ts'),
  },
  {
    name: 'why',
    description: 'Say which training rows or ratings make a prediction what it is.',
    load: () => import('../explain/why.ts'),
  },
  {
    name: 'zeroshot',
    description: 'What is recognised of classes without training rows, by their meanings.',
    load: () => import('../explain/zeroshot.ts'),
  },
];

export async function configure(command: Command, argv: readonly string[]): Promise<void> {
  command.addHelpText('after', help);
  for (const { name, description, load } of parts) {
    const part = command.command(name).description(description);
    if (argv.includes(name)) await (await load()).configure(part, argv);
  }
}

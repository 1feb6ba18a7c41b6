import type { Command } from 'commander';
import type { CommandEntry } from '../commands.ts';

const help = `
Each takes --json and --help.
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
    name: 'erase',
    description: 'Take a concept out of vectors, and say what probes still find of it.',
    load: () => import('../explain/erase.ts'),
  },
  {
    name: 'guard',
    description: 'Take a concept out of those rows of a set that bring the set near to it.',
    load: () => import('../explain/guard.ts'),
  },
  {
    name: 'monitor',
    description:
      'Watch a decision between two classes: probes of layers, and an alarm of known rate.',
    load: () => import('../explain/monitor.ts'),
  },
  {
    name: 'sort',
    description: 'Order rows by a saved axis, with an interval for each.',
    load: () => import('../explain/sort.ts'),
  },
];

export async function configure(command: Command, argv: readonly string[]): Promise<void> {
  command.addHelpText('after', help);
  for (const { name, description, load } of parts) {
    const part = command.command(name).description(description);
    if (argv.includes(name)) await (await load()).configure(part, argv);
  }
}

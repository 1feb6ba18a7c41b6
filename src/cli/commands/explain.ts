import type { Command } from 'commander';
import type { CommandEntry } from '../commands.ts';

const help = `
Each takes --json and --help.
`;

/** What can be explained, in the order of the help. */
const parts: readonly CommandEntry[] = [
  {
    name: 'predict',
    description: 'Labels of least expected distance in a metric of labels, beside the likeliest.',
    load: () => import('../explain/predict.ts'),
  },
  {
    name: 'prototypes',
    description: 'Which rows stand for each class, and what they are worth.',
    load: () => import('../explain/prototypes.ts'),
  },
  {
    name: 'rules',
    description: 'A readable tree in the place of a classifier, and how far it can be trusted.',
    load: () => import('../explain/rules.ts'),
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

import type { Command } from 'commander';
import type { CommandEntry } from '../commands.ts';

const help = `
Each takes --json and --help.
`;

/** What can be explained, in the order of the help. */
const parts: readonly CommandEntry[] = [
  {
    name: 'cam',
    description: 'Which tokens or places make the score of a class: a class activation map.',
    load: () => import('../explain/cam.ts'),
  },
  {
    name: 'pair',
    description: 'Which tokens, patches or rows make two things near: contributions that sum.',
    load: () => import('../explain/pair.ts'),
  },
  {
    name: 'why',
    description: 'Which training rows or ratings make a prediction what it is.',
    load: () => import('../explain/why.ts'),
  },
];

export async function configure(command: Command, argv: readonly string[]): Promise<void> {
  command.addHelpText('after', help);
  for (const { name, description, load } of parts) {
    const part = command.command(name).description(description);
    if (argv.includes(name)) await (await load()).configure(part, argv);
  }
}

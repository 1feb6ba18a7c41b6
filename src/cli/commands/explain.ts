import type { Command } from 'commander';
import type { CommandEntry } from '../commands.ts';

const help = `
Each takes --json and --help.
`;

/** What can be explained, in the order of the help. */
const parts: readonly CommandEntry[] = [
  {
    name: 'images',
    description: 'Say how far apart images look, and where: without anything learned before.',
    load: () => import('../explain/images.ts'),
  },
  {
    name: 'lens',
    description: 'Which tokens hidden states name, layer by layer, as if each were the last.',
    load: () => import('../explain/lens.ts'),
  },
];

export async function configure(command: Command, argv: readonly string[]): Promise<void> {
  command.addHelpText('after', help);
  for (const { name, description, load } of parts) {
    const part = command.command(name).description(description);
    if (argv.includes(name)) await (await load()).configure(part, argv);
  }
}

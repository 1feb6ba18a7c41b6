import type { Command } from 'commander';
import { catalog, citation, methodById } from '../../catalog/index.ts';
import { type AnyOptionSpec, describeRange } from '../../method/options.ts';
import { print } from '../terminal.ts';

export function configure(command: Command): void {
  command
    .argument('[id]', 'show one method whole')
    .option('--papers', 'list the papers, with their methods, study and verdict')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ tammes methods\n  $ tammes methods riesz-energy\n  $ tammes methods --papers\n',
    )
    .action(async (id: string | undefined, { json, papers }: { json?: true; papers?: true }) => {
      if (papers) return printPapers(json === true);
      const specs = (id ? methodById(id) : [...catalog.values()]).map(({ spec }) => spec);
      if (json) return print(JSON.stringify(specs, null, 2));
      return print(id ? specs.map(page).join('\n') : list(specs));
    });
}

async function printPapers(json: boolean): Promise<void> {
  const { paperLines, VERDICTS } = await import('../../studies/index.ts');
  const lines = paperLines();
  if (json) return print(JSON.stringify(lines, null, 2));
  const text = lines.map(({ slug, title, methods, study, verdict }) => {
    const state = verdict ? VERDICTS[verdict] : study ? 'not run yet' : 'no study yet';
    return `${slug}\n  ${title}\n  ${methods.join(', ') || 'no method yet'}; ${state}`;
  });
  return print(text.join('\n'));
}

type Spec = ReturnType<typeof methodById>[number]['spec'];

function list(specs: readonly Spec[]): string {
  const width = Math.max(...specs.map(({ id }) => id.length));
  const lines: string[] = [];
  for (const family of new Set(specs.map((spec) => spec.family))) {
    lines.push(`${lines.length > 0 ? '\n' : ''}${family}`);
    for (const { id, family: own, summary } of specs) {
      if (own === family) lines.push(`  ${id.padEnd(width)}  ${summary}`);
    }
  }
  return lines.join('\n');
}

function page(spec: Spec): string {
  const lines = [`${spec.id} (${spec.family}): ${spec.title}`, '', spec.summary, ''];
  for (const [name, option] of Object.entries(spec.options)) lines.push(optionLine(name, option));
  lines.push(...commandLines(spec));
  for (const reference of spec.references) lines.push('', citation(reference).replaceAll('*', ''));
  for (const deviation of spec.deviations ?? []) lines.push(`  Differs: ${deviation}`);
  return `${lines.join('\n')}\n`;
}

/** How a number and its first option are asked for. */
function commandLines(spec: Spec): readonly string[] {
  const command = { metrics: 'measure vectors.npy', comparisons: 'compare a.npy b.npy' }[
    spec.family
  ];
  const [first] = Object.entries(spec.options);
  if (!command || !first) return [];
  const term = `${spec.id}(${first[0]}=${first[1].default})`;
  return ['', `  $ tammes ${command} --metrics '${term}'`];
}

function optionLine(name: string, option: AnyOptionSpec): string {
  const symbol = option.symbol ? `, ${option.symbol}` : '';
  return `  ${name} = ${option.default}${symbol}: ${option.doc} ${describeRange(option)}`;
}

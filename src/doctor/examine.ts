import { type Examined, type Finding, SEVERITIES } from './contract.ts';
import { rules } from './rules/index.ts';

/** What is wrong with a file, worst first; empty where nothing is. */
export function examine(file: Examined): Finding[] {
  const found = new Map<string, Finding>();
  for (const { id, examine } of rules) {
    const finding = examine(file);
    if (finding) found.set(id, { id, ...finding });
  }
  for (const { id, explains = [] } of rules) {
    const cause = found.get(id);
    const effects = explains.filter((effect) => found.has(effect));
    if (!cause || effects.length === 0) continue;
    for (const effect of effects) found.delete(effect);
    const sentence = `${cause.sentence} Likely because of it: ${effects.join(', ')}.`;
    found.set(id, { ...cause, sentence });
  }
  const rank = ({ severity }: Finding) => SEVERITIES.indexOf(severity);
  return [...found.values()].sort((a, b) => rank(a) - rank(b));
}

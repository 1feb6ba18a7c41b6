import { type Examined, type Finding, SEVERITIES } from './contract.ts';
import { rules } from './rules/index.ts';

/** What is wrong with a file, worst first; empty where nothing is. */
export function examine(file: Examined): Finding[] {
  const found = new Map<string, Finding>();
  for (const { id, examine } of rules) {
    const finding = examine(file);
    if (finding) found.set(id, { id, ...finding });
  }
  const explained = new Set([...found.keys()].flatMap((id) => effectsOf(id, found)));
  const rank = ({ severity }: Finding) => SEVERITIES.indexOf(severity);
  return [...found.values()]
    .filter(({ id }) => !explained.has(id))
    .map((finding) => withEffects(finding, effectsOf(finding.id, found)))
    .sort((a, b) => rank(a) - rank(b));
}

/** What was found that follows from a cause, and what follows from that. */
function effectsOf(cause: string, found: ReadonlyMap<string, Finding>): string[] {
  const effects = new Set<string>();
  const follow = (id: string): void => {
    for (const effect of rules.find((rule) => rule.id === id)?.explains ?? []) {
      if (!found.has(effect) || effects.has(effect)) continue;
      effects.add(effect);
      follow(effect);
    }
  };
  follow(cause);
  return [...effects];
}

function withEffects(cause: Finding, effects: readonly string[]): Finding {
  if (effects.length === 0) return cause;
  return { ...cause, sentence: `${cause.sentence} Likely because of it: ${effects.join(', ')}.` };
}

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
  return [...found.values()]
    .filter(({ id }) => !explained.has(id))
    .map((finding) => withEffects(finding, effectsOf(finding.id, found)))
    .sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf({ severity }: Finding): number {
  return SEVERITIES.indexOf(severity);
}

/** What was found that follows from a cause, and what follows from that; nothing hides behind what is less bad. */
function effectsOf(cause: string, found: ReadonlyMap<string, Finding>): string[] {
  const effects = new Set<string>();
  const follow = (id: string): void => {
    for (const effect of rules.find((rule) => rule.id === id)?.explains ?? []) {
      const [worse, of] = [found.get(effect), found.get(id)];
      if (!worse || !of || effects.has(effect) || rankOf(worse) < rankOf(of)) continue;
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

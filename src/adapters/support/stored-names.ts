/**
 * The names that columns get in another engine: `_` stands for what the engine cannot have in a name, and behind a name that is
 * taken by another or by the adapter itself, as often as it takes.
 *
 * @param own names that the adapter, or the engine, has for itself
 * @param strange what may not stand in a name; left out, all may
 */
export function storedNames(
  names: readonly string[],
  own: readonly string[],
  strange?: RegExp,
): Readonly<Record<string, string>> {
  const isFree = (name: string) => !own.includes(name) && name !== '';
  const wanted = names.map((name) => (strange ? name.replaceAll(strange, '_') : name));
  const taken = new Set([
    ...own,
    '',
    ...names.filter((name, i) => name === wanted[i] && isFree(name)),
  ]);
  return Object.fromEntries(
    names.map((name, i) => {
      let stored = wanted[i];
      if (stored === name && isFree(name)) return [name, stored];
      while (taken.has(stored)) stored += '_';
      taken.add(stored);
      return [name, stored];
    }),
  );
}

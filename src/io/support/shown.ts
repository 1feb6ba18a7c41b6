/** A name of a file's own as it stands in a sentence: plain names as they are, others quoted and cut. */
export function shown(name: string): string {
  return /^[\p{L}\p{N}_./:<>-]{1,80}$/u.test(name) ? name : JSON.stringify(name.slice(0, 80));
}

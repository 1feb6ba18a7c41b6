/** Browsers load no machine code. */
export function loadAddon(): Error {
  return new Error('browsers have none');
}

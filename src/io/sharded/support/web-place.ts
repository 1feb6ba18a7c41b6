import { InputError } from '../../../core/errors.ts';

/** The address of a folder on a web server, with a slash at its end. */
export function webPlace(address: string): URL {
  const plain = address.replace(/[?#].*$/s, '');
  const url = URL.canParse(plain) ? new URL(plain) : undefined;
  if (url === undefined) throw new InputError('https://…', 'this is no address.');
  if (url.username !== '' || url.password !== '') {
    // Not printed: they may be secret.
    throw new InputError('https://…', 'names and passwords do not belong into an address.');
  }
  // What stands behind a question mark may be a signature.
  if (plain !== address) {
    throw new InputError(plain, 'the address of a folder is expected, without ? and #.');
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

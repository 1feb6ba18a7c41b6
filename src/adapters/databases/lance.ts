import type { TablePlace } from '../../io/contract.ts';
import { importPeer, type PeerLoader } from '../support/load-peer.ts';
import { isLance } from './support/lance-address.ts';
import { openLance } from './support/lance-reader.ts';
import { claimLance, createLance } from './support/lance-writer.ts';

/**
 * Tables of LanceDB: `lance://FOLDER/TABLE`, `lance://FOLDER` for its only table, `lance://s3://bucket/prefix/TABLE`;
 * with `?vector=`, `&id=`, `&label=` where the columns are not the usual ones, and `&version=` for an older version.
 * What is written is a new version: the old one stays.
 *
 * @param load gets the packages `@lancedb/lancedb` and `apache-arrow`; left out, they are imported
 * @example
 * import { convert } from 'tammes/io';
 * const places = [lance()];
 * await convert('vectors.npy', 'lance://papers/abstracts', { places });
 */
export function lance(load: PeerLoader = importPeer): TablePlace {
  return {
    id: 'lance',
    recognizes: isLance,
    open: (address, options) => openLance(address, options, load),
    claim: (address) => claimLance(address, load),
    create: (address, coming) => createLance(address, coming, load),
  };
}

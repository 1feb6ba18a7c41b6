import { byId } from '../../catalog/by-id.ts';
import * as codecs from '../../families/compression/index.ts';
import type { Codec } from '../../families/compression/types.ts';

const { ids, get } = byId<Codec>('compress', 'codec', codecs);

/** The ids of all codecs. */
export const codecIds = ids;
/** The codec of that id, else a sentence that names them all. */
export const codecById = get;

// The script of a page without points.
import { saveButtons } from './save.ts';

saveButtons(document);

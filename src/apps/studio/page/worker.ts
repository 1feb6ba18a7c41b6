// The session of a page without a server lives here.
import { Session } from '../session/session.ts';

export { Session };

import type { Endpoint } from '../http/endpoint.ts';
import type { ExchangeNote } from './exchange-note.ts';
import type { RequestHead } from './request-head.ts';
import type { Peer } from './upstream.ts';

/** One request on its way. */
export interface Passage {
  readonly head: RequestHead;
  readonly client: Peer;
  readonly note: ExchangeNote;
  readonly endpoint: Endpoint;
  /** The target gets the host that the client named. */
  readonly keepsHost: boolean;
  /** The proxy is about to end: the client is not to send another request. */
  readonly isClosing: () => boolean;
}

/** What has become of the two connections. */
export interface PassageEnd {
  readonly keepsClient: boolean;
  readonly keepsTarget: boolean;
  /** The connections carry another protocol from now on. */
  readonly isUpgraded: boolean;
}

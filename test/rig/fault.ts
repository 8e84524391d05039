import { closedUrl } from '../cli/command.ts';
import { type CertificateOptions, selfSigned } from './certificate.ts';
import { fullBacklog } from './full-backlog.ts';
import { type Rig, type RigOptions, startRig } from './rig.ts';
import { answer, type Scenario } from './scenario.ts';

/** What one of the two targets of a fault does. Requests for other paths than `/faulty` are answered in order. */
export interface Behaviour {
  /** For each request of `/faulty` in turn, the last one for all that follow. */
  readonly faulty?: readonly Scenario[];
  /** For each request of anything else. */
  readonly others?: readonly Scenario[];
  readonly start?: 'request' | 'head' | 'connect';
  readonly tls?: Partial<CertificateOptions>;
  /** The command line is told to trust that certificate. */
  readonly trusted?: boolean;
  readonly wantsCertificate?: boolean;
  /** What it takes in a TLS handshake (RFC 7301). */
  readonly speaks?: string[];
  /** Where it listens; 127.0.0.1 if absent. */
  readonly host?: string;
  /** It has ended before the run begins. */
  readonly gone?: boolean;
  /** The URL that the target is given in place of its own. */
  readonly url?: (rig: Rig) => string;
}

/** `closed`: nothing listens there. `full`: the system has no room for one more connection, and lets it wait. */
export type Nobody = 'closed' | 'full';

/** One row of the fault table made real: what the targets do, and how they are asked. */
export interface Fault {
  /** The rows it stands for and a few words: the name of its snapshot. */
  readonly name: `${string}-${string}`;
  /** What is absent is in order. */
  readonly reference?: Behaviour | Nobody;
  readonly candidate?: Behaviour | Nobody;
  /** The lines of the case file; a GET and a POST of `/faulty` and a GET of `/fine` if absent. */
  readonly cases?: readonly object[];
  /** More of the command line. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What no two runs of this one have in common, and the word for it. */
  readonly moving?: readonly (readonly [pattern: RegExp, name: string])[];
  /** What the configuration says. */
  readonly config?: string;
  /** How many requests that may not be repeated reach the reference and the candidate; one each if absent. */
  readonly posts?: readonly [reference: number, candidate: number];
}

/** A small JSON answer, the same of every target. */
export const healthy: Scenario = [answer(200, '{"id":1,"name":"x"}', 'content-type: application/json\r\n')];

/** A target in its place. */
export interface Placed {
  readonly name: string;
  readonly url: string;
  /** Null where nobody answers. */
  readonly rig: Rig | null;
  /** A certificate to trust. */
  readonly authority: string | null;
  close(): Promise<void>;
}

/** Puts up one target of a fault. */
export async function place(name: string, behaviour: Behaviour | Nobody = {}): Promise<Placed> {
  const nobody = { name, rig: null, authority: null };
  if (behaviour === 'closed') return { ...nobody, url: await closedUrl(), close: async () => {} };
  if (behaviour === 'full') return { ...nobody, ...(await fullBacklog()) };
  const tls = behaviour.tls === undefined ? null : selfSigned(behaviour.tls);
  const rig = await startRig(optionsOf(behaviour, tls));
  if (behaviour.gone === true) await rig.close();
  const { url = (it: Rig) => it.url, trusted = false } = behaviour;
  return { name, url: url(rig), rig, authority: trusted ? (tls?.cert ?? null) : null, close: rig.close };
}

function optionsOf(behaviour: Behaviour, tls: { readonly key: string; readonly cert: string } | null): RigOptions {
  const { faulty = [healthy], others = [healthy], start, host, wantsCertificate = false, speaks } = behaviour;
  return {
    answers: start === 'connect' ? faulty : others,
    routes: { '/faulty': faulty },
    ...(start === undefined ? {} : { start }),
    ...(host === undefined ? {} : { host }),
    ...(tls === null
      ? {}
      : { tls: { ...tls, requestCert: wantsCertificate, ...(speaks === undefined ? {} : { ALPNProtocols: speaks }) } }),
  };
}

const json = { 'content-type': 'application/json' };

/** What is asked where a fault does not say. */
export const usualCases: readonly object[] = [
  { suite: 's', id: 'faulty', request: { path: '/faulty' } },
  { suite: 's', id: 'fine', request: { path: '/fine' } },
  { suite: 's', id: 'posted', request: { method: 'POST', path: '/faulty', headers: json, text: '{"n":1}' } },
];

import type { Recording } from '../recorded/read-recording.ts';
import type { Routes } from './routes.ts';
import type { CompareOptions } from './rules.ts';
import type { Tracking } from './tracking.ts';

/** One implementation under test, ready to be sent to. */
export interface Target {
  readonly name: string;
  /** Origin and optional path prefix, without a trailing slash: `http://127.0.0.1:3100`. */
  readonly url: string;
  readonly role: 'reference' | 'candidate';
  /** Headers of this target alone (its own credentials), in order and casing as written. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Query parameters of this target alone (its own credentials), not encoded. */
  readonly query?: readonly (readonly [name: string, value: string])[];
  /** Of these headers those that are no part of its `auth`; all of them if absent. */
  readonly plainHeaders?: readonly (readonly [name: string, value: string])[];
  /** Where its credential comes from, if it hands one out. */
  readonly login?: Login;
  /** Every request goes out on a connection of its own. */
  readonly fresh?: boolean;
  /** Nobody but this target writes to its store: `parity shadow` may copy writes to it. */
  readonly isolated?: boolean;
  /** A command to start, as argv (never a shell), or null. */
  readonly command: readonly string[] | null;
  /** Path that answers below 500 once the target is ready, or null: a TCP connection is enough. */
  readonly ready: string | null;
  /** What runs there, where people say it. */
  readonly version?: string;
  readonly commit?: string;
  /** Its answers are recorded ones: nothing is sent. `url` is where they were recorded. */
  readonly recorded?: Recording;
  /** What it is built with, in lower case: `express`. */
  readonly stack?: string;
  /** How its TLS connections are made. */
  readonly tls?: TargetTls;
  /** What all its connections lead through. */
  readonly proxy?: TargetProxy;
  /** The same as people wrote it, for records: without keys and credentials. */
  readonly connectionSettings?: ConnectionSettings;
}

/** How a target is connected to, as people wrote it; absent keys are those that nobody wrote. */
export interface ConnectionSettings {
  readonly ca?: WrittenPem;
  readonly cert?: WrittenPem;
  readonly key?: WrittenPem;
  readonly serverName?: string;
  readonly insecure?: true;
  /** `http://127.0.0.1:3128`, without credentials. */
  readonly proxy?: string;
  /** The proxy wants a user and a password. */
  readonly proxyCredentials?: true;
}

/** Where a PEM text comes from. */
export interface WrittenPem {
  /** A path, relative to the configuration or else the working directory, with `${NAME}` for variables; empty for a text that was written out. */
  readonly written: string;
  /** The variables hold the text itself. */
  readonly isText?: true;
}

/** What the TLS connections to one target need; an absent key is as Node has it. Certificates and key are PEM texts. */
export interface TargetTls {
  /** The authorities that may sign its certificate, in place of those that Node trusts. */
  readonly ca?: string;
  /** The certificate that the client shows, with those between it and its authority. */
  readonly cert?: string;
  readonly key?: string;
  /** The name that is asked for (SNI) and that the certificate must be made out to; the host of the URL if absent. */
  readonly serverName?: string;
  /** The certificate of the target is not checked. */
  readonly insecure?: true;
}

/** An HTTP proxy that makes tunnels (CONNECT). */
export interface TargetProxy {
  /** It is spoken to over TLS. */
  readonly secure: boolean;
  /** Name or address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** Value of `proxy-authorization`: a credential. */
  readonly authorization?: string;
}

/** How a target hands out its credential: one request before the first case. */
export interface Login {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly body: Uint8Array | null;
  };
  /** Where in the answer the credential is. */
  readonly token: { readonly from: 'pointer' | 'header' | 'cookie'; readonly name: string };
  readonly as: LoginPlace;
}

/** Where each request carries the credential. */
export interface LoginPlace {
  readonly in: 'header' | 'query';
  /** Of a header in lower case. */
  readonly name: string;
  /** What comes before it: `Bearer `, or `sid=` of a cookie. */
  readonly prefix: string;
}

/** Everything a run is told, from defaults, `parity.yaml` and flags, later ones winning. */
export interface Config {
  /** The file it was read from, or null. */
  readonly file: string | null;
  /** Directory that relative paths of the file are resolved against. */
  readonly root: string;
  /** The reference first, then the candidates in the order they were defined. */
  readonly targets: readonly Target[];
  /** The targets are one implementation, asked twice: whatever diverges says nothing about parity. */
  readonly selfCheck: boolean;
  /** Absolute paths of case files and folders. */
  readonly cases: readonly string[];
  /** Absolute path of the tracker, or null for none. */
  readonly tracker: string | null;
  readonly tracking: Tracking;
  /** Absolute path of the folder that run folders go to. */
  readonly out: string;
  readonly compare: CompareOptions;
  /** Route templates such as `/v1/objects/{key...}` that fold paths into one route, and where operations are named; see `findings/route.ts`. */
  readonly routes: Routes;
  /** Absolute paths of the OpenAPI descriptions that coverage is counted against; absent for none. */
  readonly openapi?: readonly string[];
  /** Hosts that nothing is sent to before somebody has allowed it; `*.` stands for all below. */
  readonly protected: readonly string[];
  readonly concurrency: number;
  /** Requests a second and target, or null for no limit. */
  readonly rate: number | null;
  /** Total deadline of one request, in milliseconds. */
  readonly timeoutMs: number;
  /** How long targets that cannot be sent to are waited for before the first case, in milliseconds. */
  readonly waitMs: number;
  /** Cap of one response body, in bytes, before decoding. */
  readonly maxBodyBytes: number;
  /** Values that must never be shown: what `${NAME}` in the file or a case stood for. */
  readonly secrets: readonly string[];
}

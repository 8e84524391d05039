/** What the command line says, as written; an absent key leaves the file's value or the default. */
export interface ConfigFlags {
  /** `false`: no file, not even one that lies near. */
  readonly config?: string | false;
  /** `NAME=URL`. */
  readonly target?: readonly string[];
  readonly reference?: string;
  readonly cases?: readonly string[];
  /** `false` is `--no-tracker`. */
  readonly tracker?: string | false;
  readonly out?: string;
  readonly level?: string;
  readonly concurrency?: string;
  readonly rate?: string;
  readonly timeout?: string;
  readonly wait?: string;
  /** Two targets may have one address. */
  readonly selfCheck?: boolean;
  readonly maxBody?: string;
  /** For all targets. */
  readonly connection?: ConnectionKeys;
}

/** `tls` and `proxy` of a target as flags: files as PEM, relative to the working directory. */
export interface ConnectionKeys {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly insecure?: boolean;
  readonly proxy?: string;
}

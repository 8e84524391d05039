/** Names of targets, suites and cases: ASCII, so that two names that look equal are equal. */
export const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

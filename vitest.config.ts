import { defineConfig } from 'vitest/config';

/** Tests of properties over many random inputs, of large inputs and of many processes: each takes over four seconds. */
const manyInputs = [
  'test/assurance/self-check.test.ts',
  'test/cases/fast/jsonl-reader.test.ts',
  'test/compare/json/json-limits.test.ts',
  'test/compare/json/json-oracle.test.ts',
  'test/compare/json/unordered-captures.test.ts',
  'test/compare/media/decode-codings.test.ts',
  'test/compare/rules/rules-replace.test.ts',
  'test/compare/rules/rules-unordered.test.ts',
  'test/compare/values/timestamps.test.ts',
  'test/drift/class-files.test.ts',
  'test/drift/decoders/decoders.test.ts',
  'test/drift/engine/significance.test.ts',
  'test/drift/hostile.test.ts',
  'test/drift/kit/kinds.test.ts',
  'test/drift/safety.test.ts',
  'test/drift/unrelated.test.ts',
  'test/findings/cluster.test.ts',
  'test/findings/maps.test.ts',
  'test/http/send/fast-path.test.ts',
  'test/live/gate-simulation.test.ts',
  'test/noise/arrays/**',
  'test/noise/detectors.test.ts',
  'test/recorder/reduce.test.ts',
  'test/run/divergent/divergent-cases.test.ts',
  'test/run/selection.test.ts',
  'test/tracker/file/lock.test.ts',
  'test/tracker/many-hands.test.ts',
];

/** What starts the built command line, services, browsers or compilers takes minutes, but for one run from start to end. */
const wholeProduct = ['test/{browser,cli,docs,rig,twins,verdict}/**/*.test.ts'];
const firstRuns = ['test/cli/run.test.ts', 'test/cli/no-evidence.test.ts'];
/** Servers in eight languages, built from what the registries give. */
const realServers = ['test/twins/**/real.test.ts'];
/** The packages of the servers in test/twins bring tests of their own. */
const installed = ['**/node_modules/**'];
const withinOneRoom = ['test/*.test.ts', 'test/!(browser|cli|docs|rig|twins|verdict)/**/*.test.ts'];

/** Two tiers: `npm test` runs `quick`, in under two minutes on two cores; `npm run test:all` runs `long` and `real`, too. */
export default defineConfig({
  test: {
    globalSetup: ['test/own-folder.ts'],
    // What a shared machine takes ten times as long for is no failure; what hangs is. What a test starts is given 150 seconds.
    // What a file imports is compiled, and optimised, once: a third of the processor's time. No test changes what others import.
    isolate: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    env: { NO_COLOR: '1' },
    projects: [
      {
        extends: true,
        test: { name: 'quick', include: [...withinOneRoom, ...firstRuns], exclude: [...manyInputs, ...installed] },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: [...wholeProduct, ...manyInputs],
          exclude: [...firstRuns, ...realServers, ...installed],
        },
      },
      { extends: true, test: { name: 'real', include: realServers, exclude: installed } },
    ],
  },
});

// Builds dist/lib (tsc: modules and types) and dist/cli (rolldown: bundled, heavy parts split off and loaded on use).
import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { writePageScript } from './page-script.mjs';

const require = createRequire(import.meta.url);
const root = dirname(import.meta.dirname);
rmSync(join(root, 'dist'), { recursive: true, force: true });

await writePageScript();

const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
const types = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
if (types.status !== 0) process.exit(types.status ?? 1);

// Each file costs its reading, so what is imported together is one. Not the entry itself: it waits for what is imported later.
const together = {
  start: ['src/cli/errors.ts', 'src/cli/version.ts'],
  run: ['src/cli/run.ts'],
};
const chunkOf = new Map();
const gather = {
  name: 'gather',
  buildEnd() {
    const take = (id, name) => {
      const module = this.getModuleInfo(id);
      if (module === null || module.isExternal || chunkOf.has(id)) return;
      chunkOf.set(id, name);
      for (const imported of module.importedIds) take(imported, name);
    };
    for (const [name, paths] of Object.entries(together)) for (const path of paths) take(join(root, path), name);
  },
};

const bundle = await rolldown({
  input: { main: join(root, 'src/cli/main.ts') },
  plugins: [gather],
  preserveEntrySignatures: 'allow-extension',
  // Optional: whoever wants `--engine` installs them.
  external: ['bullmq', 'ioredis'],
  platform: 'node',
  logLevel: 'warn',
});
await bundle.write({
  dir: join(root, 'dist/cli'),
  format: 'esm',
  minify: true,
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [{ debugName: 'together', name: (id) => chunkOf.get(id) ?? null }],
  },
  entryFileNames: '[name].js',
  chunkFileNames: 'chunk-[name]-[hash].js',
});
await bundle.close();
chmodSync(join(root, 'dist/cli/main.js'), 0o755);

// Loaded with --import: makes one exported function of the tool throw where its arguments contain a mark, as a bug of it would.
import { register } from 'node:module';

const [file, name, mark] = process.env.PLANTED_FAULT.split(' ');

const textOf = (args) => {
  const seen = new Set();
  return JSON.stringify(args, (_, value) => {
    if (value?.type === 'Buffer') return Buffer.from(value.data).toString('latin1');
    if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return undefined;
    seen.add(value);
    return value;
  });
};

globalThis.throwIfMarked = (args) => {
  if (mark === undefined || textOf(args).includes(mark)) throw new TypeError(`planted in ${name}`);
};

const hooks = `
  let planted;
  export const initialize = (data) => { planted = data; };
  export const load = async (url, context, nextLoad) => {
    const loaded = await nextLoad(url, context);
    // The modules lie one folder deeper than the bundle.
    if (url.endsWith('/dist/lib/cli/version.js'))
      return { ...loaded, source: String(loaded.source).replace('../../package', '../../../package') };
    if (!url.endsWith('/dist/lib/' + planted.file + '.js')) return loaded;
    const source = String(loaded.source);
    const declared = new RegExp('export (async function|function\\\\*?|const) ' + planted.name + '\\\\b');
    if (!declared.test(source)) throw new Error(planted.file + ' exports no ' + planted.name);
    const wrapped = 'export function ' + planted.name + '(...args) { throwIfMarked(args); return original(...args); }';
    return { ...loaded, source: source.replace(declared, '$1 original') + '\\n' + wrapped };
  };`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`, { data: { file, name } });

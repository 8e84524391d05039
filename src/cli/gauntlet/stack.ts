import { endLeftovers, openLedger } from '../../gauntlet/services/ledger.ts';
import { stopCodes } from '../../run/verdict.ts';
import { print } from '../console.ts';
import type { Options } from '../options.ts';
import { stopOnSignals } from '../signals.ts';
import { clearLeftovers, openGauntlet, start } from './open.ts';

/** `parity gauntlet up`: starts the services that are not ready and leaves them running; 0 once all are ready. */
export async function upCommand(options: Options): Promise<number> {
  const { file } = await openGauntlet(options);
  await clearLeftovers(file.root);
  const ledger = await openLedger(file.root);
  const stopping = stopOnSignals('what runs has three seconds to end');
  try {
    const services = await start(file, { ledger, stopping, stay: true });
    if (!stopping.signal.aborted) {
      await ledger.keep();
      await print(`up: ${file.services.map(({ name }) => name).join(', ') || 'no services in gauntlet.yaml'}`);
      return 0;
    }
    await services.stop();
    await ledger.close();
    return stopCodes[stopping.signal.reason] ?? 130;
  } catch (error) {
    await ledger.close();
    throw error;
  } finally {
    stopping.forget();
  }
}

/** `parity gauntlet down`: ends the services that `up` started, and what killed gauntlets left running; nothing else. */
export async function downCommand(options: Options): Promise<number> {
  const { file } = await openGauntlet(options);
  const ended = await endLeftovers(file.root, { all: true });
  await print(ended.length === 0 ? 'down: nothing was running' : `down: ${ended.join(', ')}`);
  return 0;
}

import { request, targetAt, transportTo } from '../rig/target.ts';

/** Sends GET to each URL of the command line and prints the outcomes as JSON, for a process that trusts another authority. */
const outcomes = process.argv.slice(2).map(async (url) => {
  const transport = transportTo(targetAt(url));
  const { outcome } = await transport.send('go', request('GET', '/'));
  await transport.close();
  return outcome;
});
process.stdout.write(JSON.stringify(await Promise.all(outcomes)));

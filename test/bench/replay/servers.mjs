// One twin in a process of its own, so that the servers do not share a thread with what is measured.
import { startTwin } from '../../../dist/lib/twins/twin.js';

const twin = await startTwin(process.argv[2] === 'go' ? 'go' : 'rust');
process.stdout.write(`${twin.url}\n`);
process.on('SIGTERM', () => twin.close());

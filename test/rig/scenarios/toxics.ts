import type { Fault } from '../fault.ts';
import { answer, down, drip, fin, rst, type Scenario, stall, wait, write } from '../scenario.ts';

const body = '{"id":1,"name":"x"}';
const head = 'content-type: application/json\r\n';
const whole = `HTTP/1.1 200 S\r\n${head}content-length: ${body.length}\r\n\r\n${body}`;
const toxic = (name: Fault['name'], ...moves: Scenario): Fault => ({ name, candidate: { faulty: [moves] } });
const patient = { args: ['--timeout', '10s'] };

/** The seven things that Toxiproxy does to a connection. */
export const toxics: readonly Fault[] = [
  { ...toxic('T01-latency', wait(150), answer(200, body, head)), ...patient },
  { ...toxic('T02-down', down(null)), args: ['--concurrency', '1'], posts: [1, 0] },
  { ...toxic('T03-bandwidth', drip(whole, 16, 5)), ...patient },
  { ...toxic('T04-slow-close', write(whole.replace('200 S\r\n', '200 S\r\nconnection: close\r\n')), wait(100), fin) },
  toxic('T05-timeout', stall),
  { ...toxic('T05-timeout-then-closed', wait(100), fin), ...patient },
  toxic('T06-reset-peer', write(whole.slice(0, 30)), wait(1000), rst),
  { ...toxic('T07-slicer', drip(whole, 1, 1)), ...patient },
  toxic('T08-limit-data', write(whole.slice(0, -5)), fin),
];

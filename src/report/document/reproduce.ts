import type { RecordedCase, RecordedTaking, RunHeader } from '../../record/types.ts';
import { curlLine } from './curl.ts';
import { namesRelativeFiles } from './curl-connection.ts';
import { exchangesOf } from './report-cases.ts';

/**
 * What sends a case to a target: a command for a shell for each request of its steps as it was sent, in their order, those of `before`
 * first as the case file has them, and comments on what has to be filled in.
 */
export const reproduceLines = (runCase: RecordedCase, target: RunHeader['targets'][number]): string[] => {
  const { before = [], taken = [] } = runCase.setting ?? {};
  const ready = before.filter((one) => one.target === null || one.target === target.name);
  const isFirst = (at: number) => at === 0 || exchanges[at - 1]?.step !== exchanges[at]?.step;
  const exchanges = exchangesOf(runCase, target.name);
  const steps = exchanges.flatMap(({ step, request }, at) => [
    ...taken.filter((one) => isFirst(at) && one.step === step).map(takingLine),
    curlLine(target, request),
  ]);
  const isElsewhere = target.connection !== undefined && namesRelativeFiles(target.connection);
  return [
    ...(isElsewhere && exchanges.length > 0
      ? ['# in the folder of the configuration: certificates are named from there']
      : []),
    ...(ready.length === 0 ? [] : ['# the `before` requests of the case, as in its file']),
    ...ready.map(({ request }) => curlLine(target, request)),
    ...(ready.length === 0 ? [] : ['# the steps of the case']),
    ...steps,
  ];
};

const takingLine = ({ name, place, from }: RecordedTaking): string => {
  const answer = from === null ? '`before`' : `step ${from + 1}`;
  return `# {{${name}}} is the ${place} of the answer to ${answer}; the value below is from the run`;
};

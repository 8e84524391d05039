import type { Config } from '../../config/config.ts';
import { answeredAlike } from './answered-alike.ts';
import { capturedWords } from './captured-words.ts';
import { clientCertificate } from './client-certificate.ts';
import { comparedInPart } from './compared-in-part.ts';
import { comparedWithoutKeys } from './compared-without-keys.ts';
import { failedAlike } from './failed-alike.ts';
import { comparedByFormat, notRepeated } from './generated-values.ts';
import { leftOver } from './left-over.ts';
import { matchedAfterRepeat } from './matched-after-repeat.ts';
import { noted } from './noted.ts';
import { recordedOnce } from './recorded-once.ts';
import { refusedAll } from './refused-all.ts';
import { sentMore } from './sent-more.ts';
import { serviceEnded } from './service-exit.ts';
import { stateLooksShared } from './shared-state.ts';
import { spoiled } from './spoiled.ts';
import { uncheckedCertificate } from './unchecked-certificate.ts';
import { undecided } from './undecided.ts';
import type { Warning } from './warning.ts';
import { xmlAsText } from './xml-as-text.ts';

/** What a run warns of, by name, in the order in which it is shown. */
export const warnings: Readonly<Record<string, (config: Config) => Warning>> = {
  noted,
  'unchecked-certificate': uncheckedCertificate,
  'client-certificate': clientCertificate,
  'service-ended': serviceEnded,
  spoiled,
  'refused-all': refusedAll,
  'compared-in-part': comparedInPart,
  'failed-alike': failedAlike,
  'shared-state': stateLooksShared,
  'recorded-once': recordedOnce,
  'not-repeated': notRepeated,
  'compared-by-format': comparedByFormat,
  undecided,
  'captured-words': capturedWords,
  'compared-without-keys': comparedWithoutKeys,
  'xml-as-text': xmlAsText,
  'matched-after-repeat': matchedAfterRepeat,
  'left-over': leftOver,
  'sent-more': sentMore,
  'answered-alike': answeredAlike,
};

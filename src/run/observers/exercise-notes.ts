import { exercisesNothing, type RecordedExercise, remedy } from '../../record/exercise.ts';
import { maxExerciseNotesNamed } from '../limits.ts';

/** Sentences on suites of which half or more, and not all, was refused alike by both sides. */
export function exerciseNotes(suites: readonly RecordedExercise[]): string[] {
  const partly = suites.filter((one) => !exercisesNothing(one));
  const rest = partly.length - maxExerciseNotesNamed;
  const notes = partly.slice(0, maxExerciseNotesNamed).map(noteOf);
  return rest > 0 ? [...notes, `${rest} more suites were refused alike in half of their cases or more`] : notes;
}

function noteOf({ suite, judged, refused, statuses }: RecordedExercise): string {
  const said = `both sides refused ${refused} of ${judged} cases of the suite ${suite} alike (${statuses.join(', ')})`;
  return `${said}: these show nothing of the services; ${remedy(statuses)}, or say expect: { status: ${statuses[0]} } where a case is about that`;
}

type NoiseTaking = Pick<typeof import('../../noise/subtract-noise.ts'), 'isSteady' | 'settle'>;

let loaded: NoiseTaking | null = null;

/** Loads what tells noise from divergence: of no use before a case is sent again. */
export async function readyToTakeNoise(): Promise<void> {
  loaded ??= await import('../../noise/subtract-noise.ts');
}

/** Whether it is loaded. */
export function isReadyToTakeNoise(): boolean {
  return loaded !== null;
}

/** What tells noise from divergence. Throws a TypeError before `readyToTakeNoise`. */
export function noiseTaking(): NoiseTaking {
  if (loaded === null) throw new TypeError('there are several answers, and nothing that tells noise in them');
  return loaded;
}

import { print } from '../console.ts';

/** `parity worker --manifest kubernetes`: an Indexed Job that needs no broker; each of its pods runs one shard, and one command merges them. */
export async function printManifest(): Promise<number> {
  await print(`# Each pod runs the shard of its index. The case files and parity.yaml are in the image; the records go to a volume that all share.
# Afterwards, where the volume is mounted: parity merge /results/*
apiVersion: batch/v1
kind: Job
metadata:
  name: parity
spec:
  completionMode: Indexed
  completions: 8
  parallelism: 4
  backoffLimitPerIndex: 2
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: parity
          image: parity-prober:latest
          workingDir: /project
          command: [parity, run, --shard, auto/8, --out, /results, --reporter, json]
          volumeMounts:
            - { name: results, mountPath: /results }
      volumes:
        - name: results
          persistentVolumeClaim: { claimName: parity-results }`);
  return 0;
}

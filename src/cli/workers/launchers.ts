/** Ways to start workers on many machines. */
export const LAUNCHERS = ['local', 'slurm', 'kubernetes'] as const;
export type LauncherName = (typeof LAUNCHERS)[number];

export interface LauncherOptions {
  /** Machines, or processes. */
  readonly nodes: number;
  /** Tasks at a time on each. */
  readonly threads: number;
}

/** A script or a manifest that starts workers; the queue's address comes from TAMMES_QUEUE and is not in it. */
export function launcherText(name: LauncherName, options: LauncherOptions): string {
  return TEXTS[name](options);
}

/** Seconds without work after which a launched worker ends. */
const IDLE = 120;

/** MiB for a task: a few shards of 64 MiB, its results, and Node. */
const MEGABYTES_A_TASK = 768;

const TEXTS: Readonly<Record<LauncherName, (options: LauncherOptions) => string>> = {
  local: ({ nodes, threads }) => `#!/usr/bin/env bash
# Workers on this machine: ${nodes} processes, ${threads} tasks at a time in each. Ctrl-C stops all of them.
#   TAMMES_QUEUE=redis://127.0.0.1:6379 bash local.sh
set -euo pipefail
: "\${TAMMES_QUEUE:?set it to the address of the queue, like redis://127.0.0.1:6379}"
workers=()
stop() {
  kill -TERM "\${workers[@]}" 2>/dev/null || true
}
trap stop INT TERM
for i in $(seq 1 ${nodes}); do
  tammes worker --queue --threads ${threads} --name "$(hostname)-$i" --once ${IDLE} &
  workers+=("$!")
done
for worker in "\${workers[@]}"; do
  # A stop ends the first wait; the second waits for the worker's own end.
  wait "$worker" || wait "$worker" || true
done
`,
  slurm: ({ nodes, threads }) => `#!/usr/bin/env bash
# Workers as a Slurm array: ${nodes} of them, ${threads} tasks at a time in each. The tables and the work lie on a file
# system that all nodes share, or in a bucket.
#   TAMMES_QUEUE=redis://login-node:6379 sbatch --export=ALL slurm.sh
#SBATCH --job-name=tammes
#SBATCH --array=1-${nodes}
#SBATCH --cpus-per-task=${threads}
#SBATCH --mem=${threads * MEGABYTES_A_TASK}M
#SBATCH --time=24:00:00
#SBATCH --requeue
#SBATCH --signal=B:TERM@60
set -euo pipefail
: "\${TAMMES_QUEUE:?set it to the address of the queue, like redis://login-node:6379}"
# exec: the signal before the end of the time goes to the worker, which gives its tasks back.
exec tammes worker --queue --threads "$SLURM_CPUS_PER_TASK" \\
  --name "slurm-$SLURM_ARRAY_JOB_ID-$SLURM_ARRAY_TASK_ID" --grace-seconds 30 --once ${IDLE}
`,
  kubernetes: ({
    nodes,
    threads,
  }) => `# Workers as an Indexed Job: ${nodes} of them, ${threads} tasks at a time in each.
#   kubectl create secret generic tammes-queue --from-literal=url=redis://redis:6379
#   kubectl apply -f kubernetes.yaml
# The image is any that has Node and npm install -g tammes bullmq ioredis. For tables in a bucket, its credentials are
# environment variables as the queue's address is; for tables in a folder, a volume is mounted at the same path in all.
apiVersion: batch/v1
kind: Job
metadata:
  name: tammes-workers
spec:
  completionMode: Indexed
  completions: ${nodes}
  parallelism: ${nodes}
  backoffLimitPerIndex: 20
  ttlSecondsAfterFinished: 3600
  template:
    metadata:
      labels:
        app: tammes-worker
    spec:
      restartPolicy: Never
      terminationGracePeriodSeconds: 60
      containers:
        - name: worker
          image: tammes:latest
          command: [tammes]
          args:
            - worker
            - --queue
            - --threads
            - '${threads}'
            - --name
            - $(POD_NAME)
            - --grace-seconds
            - '30'
            - --once
            - '${IDLE}'
          env:
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: TAMMES_QUEUE
              valueFrom:
                secretKeyRef:
                  name: tammes-queue
                  key: url
          resources:
            requests:
              cpu: '${threads}'
              memory: ${threads * MEGABYTES_A_TASK}Mi
            limits:
              memory: ${threads * MEGABYTES_A_TASK}Mi
`,
};

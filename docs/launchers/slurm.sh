#!/usr/bin/env bash
# Workers as a Slurm array: 64 of them, 16 tasks at a time in each. The tables and the work lie on a file
# system that all nodes share, or in a bucket.
#   TAMMES_QUEUE=redis://login-node:6379 sbatch --export=ALL slurm.sh
#SBATCH --job-name=tammes
#SBATCH --array=1-64
#SBATCH --cpus-per-task=16
#SBATCH --mem=12288M
#SBATCH --time=24:00:00
#SBATCH --requeue
#SBATCH --signal=B:TERM@60
set -euo pipefail
: "${TAMMES_QUEUE:?set it to the address of the queue, like redis://login-node:6379}"
# exec: the signal before the end of the time goes to the worker, which gives its tasks back.
exec tammes worker --queue --threads "$SLURM_CPUS_PER_TASK" \
  --name "slurm-$SLURM_ARRAY_JOB_ID-$SLURM_ARRAY_TASK_ID" --grace-seconds 30 --once 120

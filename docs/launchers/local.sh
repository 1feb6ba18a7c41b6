#!/usr/bin/env bash
# Workers on this machine: 2 processes, 4 tasks at a time in each. Ctrl-C stops all of them.
#   TAMMES_QUEUE=redis://127.0.0.1:6379 bash local.sh
set -euo pipefail
: "${TAMMES_QUEUE:?set it to the address of the queue, like redis://127.0.0.1:6379}"
workers=()
stop() {
  kill -TERM "${workers[@]}" 2>/dev/null || true
}
trap stop INT TERM
for i in $(seq 1 2); do
  tammes worker --queue --threads 4 --name "$(hostname)-$i" --once 120 &
  workers+=("$!")
done
for worker in "${workers[@]}"; do
  # A stop ends the first wait; the second waits for the worker's own end.
  wait "$worker" || wait "$worker" || true
done

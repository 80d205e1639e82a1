# Sourced by deploy/dev/run: the console and the company as child processes, and their orderly end.

declare -A pids=()

# only_once FILE: one at a time per checkout, because both would use the same cluster.
only_once() {
  exec 9>"$1"
  flock -n 9 || fail "deploy/dev/run is already running in this checkout."
}

# start_process NAME FOLDER COMMAND...: in a session of its own, so that Ctrl-C reaches this script alone, which then
# ends everything in order.
start_process() {
  local name=$1 folder=$2
  shift 2
  (cd "$folder" && exec setsid "$@") >"$logs/$name.log" 2>&1 </dev/null 9>&- &
  pids[$name]=$!
}

is_alive() { kill -0 "${pids[$1]}" 2>/dev/null; }

# wait_until_ready NAME PORT PATH SECONDS
wait_until_ready() {
  local until=$((SECONDS + $4)) code=
  while [ "$SECONDS" -lt "$until" ]; do
    is_alive "$1" || fail_with_log "$logs/$1.log" "The $1 ended instead of starting."
    code=$(http_status "$2" "$3")
    if [ "$code" = 200 ]; then
      return 0
    fi
    sleep 0.3
  done
  fail_with_log "$logs/$1.log" "The $1 was not ready after $4 seconds (the last answer was ${code:-none})."
}

# stop_process NAME SECONDS: asked first, made to after that time.
stop_process() {
  local pid=${pids[$1]:-} until=$((SECONDS + $2))
  if [ -z "$pid" ]; then
    return 0
  fi
  kill -TERM "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null && [ "$SECONDS" -lt "$until" ]; do
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
}

# The company first, so that it does not talk to a console that has gone; the database last.
stop_all() {
  set +e # whatever is wrong with one of them, the others are still stopped
  trap '' INT TERM HUP
  trap - EXIT
  say "Stopping …"
  stop_process simulator 10
  stop_process console 30
  cluster_stop
}

# watch_over NAME...: until somebody ends this script, or one of them ends by itself.
watch_over() {
  local name
  while :; do
    for name in "$@"; do
      is_alive "$name" || fail_with_log "$logs/$name.log" "The $name ended by itself."
    done
    sleep 1 &
    wait $! || true
  done
}

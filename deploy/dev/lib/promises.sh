# Sourced by deploy/dev/promises: running one promise, the older build that R17 upgrades from, and the page of results.

# The last commit before the intake of issue 3: another schema, another write path.
older_commit=20e8dab
older=$root/artifacts/promises/older
promise_results=$root/artifacts/promises
mkdir -p "$promise_results"

wants() { [[ " ${wanted[*]} " == *" $1 "* ]]; }

# Each is a class of its own: R1_Acknowledged_is_durable and so on. R20 is checked at every quiet point of all of them.
all_promises() {
  find tests/OpsConsole.E2E/Promises -name 'R[0-9]*_*.cs' -printf '%f\n' | cut -d_ -f1 | sort -V
}

start_database() {
  if [ -n "${OPSCONSOLE_TEST_POSTGRES:-}" ]; then
    return 0
  fi
  need_postgres
  test_cluster=$(mktemp -d /tmp/opsconsole-promises-XXXXXX)
  cluster_start "$(cluster_folder "$test_cluster")" >&2
  OPSCONSOLE_TEST_POSTGRES=$(cluster_connection postgres)
  export OPSCONSOLE_TEST_POSTGRES
}

clean_up() {
  set +e
  cluster_stop
  rm -rf "${test_cluster:-}"
  if [ -d "$older" ]; then
    git worktree remove --force "$older" 2>/dev/null
  fi
}

# An older console, so that the upgrade is a real one. A shallow checkout has none: then both builds are this one.
build_older() {
  if git cat-file -e "$older_commit^{commit}" 2>/dev/null && git worktree add --force --detach "$older" "$older_commit" >/dev/null 2>&1; then
    say "Building the older console ($older_commit) …" >&2
    (cd "$older" && build_release src/OpsConsole.Web) >&2
    export OPSCONSOLE_OLD_BUILD=$older/src/OpsConsole.Web/bin/Release/net10.0/OpsConsole.Web.dll
  else
    say "The commit $older_commit is not in this checkout: R17 upgrades from the same build." >&2
  fi
}

# run_promise NAME: its line, or that it ended without one.
run_promise() {
  local line=$promise_results/$1.md log=$promise_results/$1.log status=0
  rm -f "$line"
  dotnet test tests/OpsConsole.E2E -c Release --no-build --filter "FullyQualifiedName~.$1_" >"$log" 2>&1 || status=$?
  if [ ! -s "$line" ]; then
    printf '| %s | ended without a result, see %s | **broken** |\n' "$1" "${log#"$root"/}" >"$line"
    status=1
  fi
  cat "$line"
  lines+=("$(cat "$line")")
  return $status
}

write_note() {
  {
    say "# The promises, as they were last held"
    say
    say "Each promise is a class in \`tests/OpsConsole.E2E/Promises\`: the real console as a process, a database and a broker of its own, the"
    say "fault, and afterwards what clients were told against what is stored. The conservation law (R20: received = stored + duplicates +"
    say "conflicts + quarantined + in flight, and each count equals its table) is checked at every quiet point of every one of them. A client"
    say "that heard nothing knows nothing: that is counted as unanswered, not as failed."
    say
    say "\`$command_line\` on $(date -u +%F), commit $(git rev-parse --short HEAD), $(nproc) cores, $form forms."
    say
    say "| promise | counts | |"
    say "|---|---|---|"
    printf '%s\n' "${lines[@]}"
  } >docs/promises.md
}

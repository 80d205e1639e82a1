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
  if [ -n "$note" ]; then note_promise "$(cat "$line")"; fi
  return $status
}

# note_promise LINE: its row in docs/promises.md, in place of the last one of the same promise and form.
note_promise() {
  local page=docs/promises.md name rest when rows
  name=$(cut -d'|' -f2 <<<"$1" | tr -d ' ')
  rest=${1#"| $name | "}
  when="$(date -u +%F) $(git rev-parse --short HEAD)"
  rows=$( (grep -E '^\| R[0-9]' "$page" 2>/dev/null | grep -v "^| $name | $form |" || true; printf '| %s | %s | %s | %s\n' "$name" "$form" "$when" "$rest") | sort -V)
  {
    cat deploy/dev/lib/promises.head.md
    printf '%s\n' "$rows"
  } >"$page"
}

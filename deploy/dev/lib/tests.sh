# Sourced by deploy/dev/test: what the tests need besides PostgreSQL, running them and adding them up.

results=$root/artifacts/tests
crashed=()

# The npm clients that the wire tests start, exactly as locked.
need_clients() {
  local log=$logs/npm.log stamp=tests/clients/node_modules/.package-lock.json
  command -v npm >/dev/null || install_packages "Node.js" nodejs npm
  if [ ! -e "$stamp" ] || [ tests/clients/package-lock.json -nt "$stamp" ]; then
    say "Installing the npm clients …"
    npm --prefix tests/clients ci --no-audit --no-fund >"$log" 2>&1 || fail_with_log "$log" "The npm clients in tests/clients could not be installed."
  fi
}

need_browser() {
  local missing=()
  command -v chromium >/dev/null || missing+=(chromium)
  [ -d /usr/share/fonts/truetype/dejavu ] || missing+=(fonts-dejavu-core)
  if [ ${#missing[@]} -gt 0 ]; then
    install_packages Chromium "${missing[@]}"
  fi
}

# The tests start brokers of their own; the one that the package starts by itself is not used.
need_rabbit() {
  if ! compgen -G '/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server' >/dev/null; then
    install_packages RabbitMQ rabbitmq-server
  fi
}

# run_suite PROJECT: its results go to a trx file; one that leaves none has crashed. A test that hangs is ended and named.
run_suite() {
  local name=$1 status=0
  say
  say "Running $name …"
  dotnet test "tests/$name" -c Release --no-build --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" \
    --blame-hang-timeout 10m --blame-hang-dump-type none ${filter[@]+"${filter[@]}"} 2>&1 | tee "$results/$name.log" || status=$?
  if [ ! -s "$results/$name.trx" ]; then
    # A filter may well match nothing in a project.
    if [ ${#filter[@]} -eq 0 ] || [ "$status" -ne 0 ]; then
      crashed+=("$name")
    fi
  elif [ "$status" -ne 0 ] && [ "$(count_of "$results/$name.trx" failed)" -eq 0 ]; then
    crashed+=("$name")
  fi
}

# count_of FILE passed|failed|skipped. A test that did not run is one that is counted in total but not as executed.
count_of() {
  local line
  line=$(grep -o '<Counters [^>]*' "$1" | head -n 1)
  number() { grep -oE " $1=\"[0-9]+\"" <<<"$line" | grep -oE '[0-9]+'; }
  case $2 in
    passed) number passed ;;
    failed) echo $(($(number executed) - $(number passed))) ;;
    skipped) echo $(($(number total) - $(number executed))) ;;
  esac
}

add_up() {
  local passed=$checks_passed failed=$checks_failed skipped=$checks_skipped file
  for file in "$results"/*.trx; do
    [ -e "$file" ] || continue
    passed=$((passed + $(count_of "$file" passed)))
    failed=$((failed + $(count_of "$file" failed)))
    skipped=$((skipped + $(count_of "$file" skipped)))
  done
  say
  if [ ${#crashed[@]} -gt 0 ]; then
    say "Ended without telling all their results: ${crashed[*]} (see artifacts/tests)."
  fi
  say "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] && [ ${#crashed[@]} -eq 0 ]
}

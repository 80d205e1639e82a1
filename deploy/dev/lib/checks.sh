# Sourced by deploy/dev/test: the files of deploy/ themselves, each by the tool that will read it. A tool that is not
# installed leaves its check as skipped, never as passed.

checks_passed=0
checks_failed=0
checks_skipped=0

# check NAME TOOL COMMAND...
check() {
  local name=$1 tool=$2 log=$results/checks.log
  shift 2
  if ! command -v "$tool" >/dev/null; then
    say "  skipped  $name ($tool is not installed)"
    checks_skipped=$((checks_skipped + 1))
  elif "$@" >"$log" 2>&1; then
    say "  passed   $name"
    checks_passed=$((checks_passed + 1))
  else
    say "  failed   $name"
    sed 's/^/           /' "$log"
    checks_failed=$((checks_failed + 1))
  fi
}

# Docker's plugin, or the older program of the same name.
if docker compose version >/dev/null 2>&1; then
  compose=(docker compose)
else
  compose=(docker-compose)
fi

compose_config() {
  env MSSQL_SA_PASSWORD=Only-For-This-Check-1 OPSCONSOLE_ADMIN_EMAIL=admin@example.com OPSCONSOLE_ADMIN_PASSWORD=Only-For-This-Check-1 \
    OPSCONSOLE_BOOTSTRAP_KEY=only-for-this-check "$@" "${compose[@]}" -f deploy/compose/compose.yaml config ${format:+--format "$format"}
}

# Passwords have no defaults: compose must refuse, and name the one that is missing.
compose_wants_passwords() {
  local name answer
  for name in MSSQL_SA_PASSWORD OPSCONSOLE_ADMIN_PASSWORD OPSCONSOLE_BOOTSTRAP_KEY; do
    if answer=$(compose_config "$name=" 2>&1) || [[ $answer != *"$name"* ]]; then
      say "$answer"
      return 1
    fi
  done
}

all_are_bash() {
  local script
  for script in "$@"; do
    bash -n "$script" || return 1
  done
}

# The table of licences is written by the same program as the published bill of materials, from the lock files.
licences_are_listed() {
  local assets=src/OpsConsole.Web/obj/project.assets.json
  [ -f "$assets" ] || dotnet restore src/OpsConsole.Web || return 1
  dotnet run --file build/Sbom.cs -- "$assets" "$results/sbom.cdx.json" "$results/licences.md" || return 1
  diff docs/licences.md "$results/licences.md" || { say "Write it anew: dotnet run --file build/Sbom.cs -- $assets artifacts/sbom.cdx.json docs/licences.md"; return 1; }
}

# Not root, nothing to write to, nothing to gain.
containers_are_confined() {
  format=json compose_config | node -e '
    const { services } = JSON.parse(require("fs").readFileSync(0, "utf8"));
    const faults = ["migrate", "console", "simulator"].flatMap(name => [
      services[name].read_only === true || `${name}: its file system can be written`,
      services[name].cap_drop?.includes("ALL") || `${name}: it keeps capabilities`,
      services[name].security_opt?.includes("no-new-privileges:true") || `${name}: it may gain privileges`,
    ]).filter(fault => fault !== true);
    console.log(faults.join("\n"));
    process.exit(faults.length ? 1 : 0);'
}

run_checks() {
  say
  say "Running the checks of deploy/ …"
  check "the scripts are valid bash" bash all_are_bash deploy/dev/run deploy/dev/test deploy/dev/promises deploy/dev/lib/*.sh migrations/add.sh .ci/run
  check "compose accepts compose.yaml" "${compose[0]}" compose_config
  check "compose.yaml has no password of its own" "${compose[0]}" compose_wants_passwords
  check "every library's licence is read and listed" dotnet licences_are_listed
  check "the containers are confined" "${compose[0]}" containers_are_confined
  check "Prometheus accepts its configuration and rules" promtool promtool check config deploy/prometheus/prometheus.yml
  check "the alerts say what they should" promtool promtool test rules deploy/prometheus/alerts.test.yml
}

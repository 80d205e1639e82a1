# Sourced by deploy/dev/run and deploy/dev/test: the SDK and the build.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# No build servers that outlive the command.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_USE_MSBUILD_SERVER=0

need_dotnet() {
  command -v dotnet >/dev/null || fail "The .NET SDK is missing: install version 10 (https://dot.net) and start again."
  local answer
  answer=$(dotnet --version 2>&1) || fail "This .NET SDK cannot build OpsConsole, which needs version 10: $(printf '%s' "$answer" | head -n 1)"
}

# build_release PROJECT...: exactly the locked packages, then everything in Release.
build_release() {
  local project log=$logs/build.log
  : >"$log"
  for project in "$@"; do
    say "Building $(basename "$project") …"
    dotnet restore "$project" --locked-mode -v q >>"$log" 2>&1 || fail_with_log "$log" "The packages of $project could not be restored."
    dotnet build "$project" -c Release --no-restore -v q >>"$log" 2>&1 || fail_with_log "$log" "$project does not build."
  done
}

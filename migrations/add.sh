#!/usr/bin/env bash
# migrations/add.sh NAME: adds a migration for the present model to each database.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ $# -eq 1 ] || { echo "usage: migrations/add.sh NAME" >&2; exit 2; }

dotnet tool restore >/dev/null
for project in migrations/*/*.csproj; do
  echo "$(basename "$(dirname "$project")"): $1"
  dotnet ef migrations add "$1" --project "$project"
done

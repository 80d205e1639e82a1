# Sourced by deploy/dev/run and deploy/dev/test: a private PostgreSQL cluster in a folder of its own. It listens on a
# free port of 127.0.0.1, asks for a password, and keeps every acknowledged write (the console refuses less).

oldest_postgres=15
cluster=            # its folder
cluster_port=
cluster_password=

# PostgreSQL refuses to run as root; then the cluster belongs to the user that the package made.
as_owner() {
  if is_root; then
    (cd / && exec runuser -u postgres -- "$@")
  else
    (cd / && exec "$@")
  fi
}

# The newest PostgreSQL on this machine, or the one that made the data in the folder given; sets pg_bin.
find_postgres() {
  local folder=${1:-} made_by=
  pg_bin=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
  pg_bin=${pg_bin%/initdb}
  if [ ! -x "$pg_bin/initdb" ]; then
    pg_bin=$(dirname "$(command -v initdb 2>/dev/null)" 2>/dev/null || true)
  fi
  if [ -n "$folder" ] && made_by=$(as_owner cat "$folder/data/PG_VERSION" 2>/dev/null) && [ -x "/usr/lib/postgresql/$made_by/bin/initdb" ]; then
    pg_bin=/usr/lib/postgresql/$made_by/bin
  fi
  [ -x "$pg_bin/initdb" ]
}

need_postgres() {
  if ! find_postgres; then
    install_packages PostgreSQL postgresql
    find_postgres || fail "PostgreSQL was installed, but its initdb is nowhere to be found."
  fi
  local version
  version=$("$pg_bin/postgres" --version | grep -oE '[0-9]+' | head -n 1)
  [ "$version" -ge "$oldest_postgres" ] ||
    fail "PostgreSQL $version is too old: OpsConsole needs $oldest_postgres or newer; install one, or name a database of your own in ConnectionStrings__OpsConsole."
}

# cluster_folder WANTED: the folder wanted, or one under /var/tmp where the cluster's user cannot reach that.
cluster_folder() {
  local wanted=$1 elsewhere
  mkdir -p "$wanted"
  if is_root; then
    chown postgres: "$wanted"
    if ! as_owner test -w "$wanted"; then
      elsewhere=/var/tmp/opsconsole-$(printf '%s' "$wanted" | sha256sum | cut -c 1-12)
      say "The user postgres may not enter $wanted, so the database is kept in $elsewhere." >&2
      install -d -o postgres -m 700 "$elsewhere"
      wanted=$elsewhere
    fi
  fi
  chmod 700 "$wanted"
  printf '%s' "$wanted"
}

cluster_make() {
  local log
  log=$(mktemp)
  say "Making a private PostgreSQL cluster …"
  # Text sorts by a real language here, as on a production server, so that code which counts on byte order shows.
  as_owner sh -c 'umask 077; cat >"$1"' sh "$cluster/password" <<<"$(random_of a-zA-Z0-9 32)"
  as_owner "$pg_bin/initdb" -D "$cluster/data" --username=opsconsole --pwfile="$cluster/password" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US --no-instructions >"$log" 2>&1 ||
    fail_with_log "$log" "The PostgreSQL cluster could not be made in $cluster."
  rm -f "$log"
}

# cluster_start FOLDER: makes the cluster there when there is none, and starts it.
cluster_start() {
  cluster=$1
  find_postgres "$cluster"
  as_owner test -s "$cluster/data/PG_VERSION" || cluster_make
  if as_owner "$pg_bin/pg_ctl" -D "$cluster/data" status >/dev/null 2>&1; then
    cluster_stop # left behind by a start that was killed
  fi
  cluster_password=$(as_owner cat "$cluster/password")
  local attempt
  for attempt in 1 2 3; do
    cluster_port=$(free_port)
    if as_owner "$pg_bin/pg_ctl" -D "$cluster/data" -l "$cluster/postgres.log" -w -t 60 start -o "-c port=$cluster_port \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300 -c shared_buffers=256MB \
        -c fsync=on -c synchronous_commit=on -c full_page_writes=on" >/dev/null 2>&1 </dev/null; then
      return 0
    fi
  done
  as_owner tail -n 25 "$cluster/postgres.log" >&2 || true
  fail "PostgreSQL did not start after $attempt attempts; its log is $cluster/postgres.log."
}

cluster_stop() {
  if [ -n "$cluster" ]; then
    as_owner "$pg_bin/pg_ctl" -D "$cluster/data" -m fast -w -t 60 stop >/dev/null 2>&1 || true
  fi
}

# cluster_connection DATABASE
cluster_connection() {
  printf 'Host=127.0.0.1;Port=%s;Username=opsconsole;Password=%s;Database=%s' "$cluster_port" "$cluster_password" "$1"
}

# cluster_database NAME: made when it is not there yet.
cluster_database() {
  local psql=(env PGPASSWORD="$cluster_password" "$pg_bin/psql" -XAtq -h 127.0.0.1 -p "$cluster_port" -U opsconsole -d postgres)
  if [ -z "$("${psql[@]}" -c "select 1 from pg_database where datname = '$1'")" ]; then
    "${psql[@]}" -c "create database \"$1\""
  fi
}

# Sourced by deploy/dev/run and deploy/dev/test; the current folder is the checkout's root.
# What both need: words for the person who watches, secrets of this checkout, free ports, missing packages.

root=$PWD
dev=$root/.dev
logs=$dev/logs
mkdir -p "$logs"

say() { printf '%s\n' "$*"; }

# One sentence that says what is wrong and what to do about it, and the end.
fail() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

# fail_with_log FILE SENTENCE: the end of a log, then the sentence.
fail_with_log() {
  if [ -r "$1" ]; then
    printf '\n--- the last lines of %s\n' "${1#"$root"/}" >&2
    tail -n 25 "$1" >&2
  fi
  fail "$2"
}

# random_of CHARACTERS LENGTH
random_of() {
  local pool
  pool=$(head -c 2048 /dev/urandom | LC_ALL=C tr -dc "$1")
  printf '%s' "${pool:0:$2}"
}

# kept NAME VALUE: a secret of this checkout; the first value given is the one that stays.
kept() {
  local file=$dev/$1
  if [ ! -s "$file" ]; then
    (umask 077 && printf '%s\n' "$2" >"$file")
  fi
  cat "$file"
}

is_root() { [ "$(id -u)" -eq 0 ]; }

# install_packages WHAT_FOR PACKAGE...: by apt-get, as root or with sudo.
install_packages() {
  local what=$1 log=$logs/apt-get.log
  shift
  local sudo=()
  command -v apt-get >/dev/null || fail "$what is missing and this is not Debian or Ubuntu: install $* by your system's own means and start again."
  if ! is_root; then
    command -v sudo >/dev/null || fail "$what is missing and installing it needs root: run 'apt-get install $*' as root and start again."
    sudo -v || fail "$what is missing and installing it needs root, which sudo refused: have '$*' installed and start again."
    sudo=(sudo)
  fi
  say "Installing $what ($*) …"
  {
    "${sudo[@]}" apt-get update -q &&
      "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends "$@"
  } >"$log" 2>&1 || fail_with_log "$log" "$what could not be installed: apt-get refused $*."
}

port_is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A port that nobody listens on, below the range that the system hands out by itself.
free_port() {
  local port
  while :; do
    port=$((20000 + (RANDOM << 15 | RANDOM) % 12000))
    port_is_open "$port" || break
  done
  printf '%s' "$port"
}

# http_status PORT PATH: the status code, or nothing when nobody answers. (A fresh machine may lack curl.)
http_status() {
  local code=
  {
    exec 3<>"/dev/tcp/127.0.0.1/$1" || return 0
    printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1:%s\r\n\r\n' "$2" "$1" >&3
    read -t 10 -r _ code _ <&3 || true
    exec 3>&-
  } 2>/dev/null
  printf '%s' "$code"
}

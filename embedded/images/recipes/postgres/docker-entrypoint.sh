#!/bin/bash
# Starts PostgreSQL as the official image does. A first start makes the cluster as the environment says:
#   POSTGRES_PASSWORD  password of the superuser; needed unless POSTGRES_HOST_AUTH_METHOD is trust
#   POSTGRES_USER      name of the superuser (postgres)
#   POSTGRES_DB        a database to create (named as the superuser)
#   POSTGRES_INITDB_ARGS, POSTGRES_INITDB_WALDIR   further arguments of initdb
#   POSTGRES_HOST_AUTH_METHOD   how clients over the network prove who they are (as passwords are stored: scram-sha-256)
# The first four are read from the file named by <NAME>_FILE where that is set instead.
set -Eeuo pipefail

fail() {
  echo "error: $*" >&2
  exit 1
}

# Sets a variable from its environment variable, else from the file that <NAME>_FILE names, else to a default.
setting() {
  local name=$1 default=${2-} file=$1_FILE
  if [[ -n ${!name-} && -n ${!file-} ]]; then
    fail "both $name and $file are set; set one of them"
  elif [[ -n ${!file-} ]]; then
    printf -v "$name" '%s' "$(< "${!file}")"
  else
    printf -v "$name" '%s' "${!name:-$default}"
  fi
  export "${name?}"
  unset "$file"
}

make_folders() {
  local folder
  for folder in "$PGDATA" ${POSTGRES_INITDB_WALDIR:+"$POSTGRES_INITDB_WALDIR"}; do
    mkdir -p "$folder"
    chmod 0700 "$folder" || true
  done
  # A mount of its own may lie here, whose owner and mode are somebody else's business.
  mkdir -p /var/run/postgresql || true
  chmod 3775 /var/run/postgresql 2> /dev/null || true
  if ((EUID == 0)); then
    find "$PGDATA" ${POSTGRES_INITDB_WALDIR:+"$POSTGRES_INITDB_WALDIR"} /var/run/postgresql ! -user postgres -exec chown postgres {} +
  fi
}

# SQL for the server that the initialisation runs; what the environment says of servers elsewhere is not meant here.
query() {
  PGHOST='' PGHOSTADDR='' psql --set ON_ERROR_STOP=1 --no-psqlrc --no-password --username "$POSTGRES_USER" "$@"
}

# An empty database in place of the one that another version made would look like a loss of data.
refuse_other_versions() {
  local version
  for version in /var/lib/postgresql/{,data/,*/docker/}PG_VERSION; do
    if [[ -s $version ]]; then
      fail "${version%/*} holds data of PostgreSQL $(< "$version"), and this is PostgreSQL $PG_MAJOR; use an image of that version, or move the data by pg_dump and pg_restore"
    fi
  done
}

create_cluster() {
  local waldir=(${POSTGRES_INITDB_WALDIR:+--waldir "$POSTGRES_INITDB_WALDIR"})
  # The variable holds words with shell quoting: so the official image reads it. The password passes by a file descriptor.
  eval 'initdb --username="$POSTGRES_USER" --pwfile=<(printf "%s\n" "$POSTGRES_PASSWORD") '"$POSTGRES_INITDB_ARGS"' "${waldir[@]}"'
}

allow_network() {
  local method=${POSTGRES_HOST_AUTH_METHOD:-$(postgres -C password_encryption "$@")}
  printf '\nhost all all all %s\n' "$method" >> "$PGDATA/pg_hba.conf"
}

create_database() {
  query --dbname postgres --set name="$POSTGRES_DB" <<'SQL'
select format('create database %I', :'name') where not exists (select from pg_database where datname = :'name') \gexec
SQL
}

run_scripts() {
  local script
  for script in /docker-entrypoint-initdb.d/*; do
    echo "initialising: $script"
    case $script in
      *.sh)
        if [[ -x $script ]]; then
          "$script"
        else
          . "$script"
        fi
        ;;
      *.sql) query --dbname "$POSTGRES_DB" --file "$script" ;;
      *.sql.gz) gunzip --stdout "$script" | query --dbname "$POSTGRES_DB" ;;
      *.sql.xz) xz --decompress --stdout "$script" | query --dbname "$POSTGRES_DB" ;;
      *.sql.zst) zstd --decompress --stdout "$script" | query --dbname "$POSTGRES_DB" ;;
      *) echo "initialising: $script is none of .sh, .sql, .sql.gz, .sql.xz, .sql.zst: ignored" ;;
    esac
  done
}

initialise() {
  if [[ -z $POSTGRES_PASSWORD && ${POSTGRES_HOST_AUTH_METHOD-} != trust ]]; then
    fail "the cluster in $PGDATA has to be made, and the superuser has no password; set POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE"
  fi
  refuse_other_versions
  create_cluster
  allow_network "$@"
  export PGPASSWORD=${PGPASSWORD:-$POSTGRES_PASSWORD}
  # On the socket only: nobody is served before all is done.
  pg_ctl --pgdata "$PGDATA" --wait --options "$(printf '%q ' "$@" -c listen_addresses= -p "${PGPORT:-5432}")" start
  create_database
  run_scripts
  pg_ctl --pgdata "$PGDATA" --wait --mode fast stop
  echo "initialised $PGDATA"
}

# Whether the server is asked to tell something rather than to serve.
only_tells() {
  local argument
  for argument; do
    case $argument in
      '-?' | --help | --describe-config | -V | --version) return 0 ;;
    esac
  done
  return 1
}

if [[ ${1-} == -* ]]; then
  set -- postgres "$@"
fi

if [[ ${1-} == postgres ]] && ! only_tells "$@"; then
  make_folders
  if ((EUID == 0)); then
    exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
  fi
  if [[ ! -s $PGDATA/PG_VERSION ]]; then
    # In a subshell: the server does not inherit the password.
    (
      setting POSTGRES_PASSWORD
      setting POSTGRES_USER postgres
      setting POSTGRES_DB "$POSTGRES_USER"
      setting POSTGRES_INITDB_ARGS
      shopt -s nullglob
      initialise "${@:2}"
    )
  fi
fi

exec "$@"

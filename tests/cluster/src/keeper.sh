# Keeps one server: makes it, starts it at each "start", and at the end of the input stops it and
# removes all of it. So no server outlives the test that wanted it, however that test ended.
set -eu
programs=$1
shift
folder=$(mktemp -d "${TMPDIR:-/tmp}/attune-postgres.XXXXXX")
waiter=
finish() {
    # Whoever started it last.
    "$programs/pg_ctl" -D "$folder/data" -s -m immediate stop 2>/dev/null || true
    rm -rf "$folder"
}
trap finish EXIT
"$programs/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$folder/log"
for setting in "unix_socket_directories=$folder" listen_addresses= max_connections=200 shared_buffers=32MB "$@"; do
    echo "${setting%%=*} = '${setting#*=}'"
done >>"$folder/data/postgresql.conf"
echo "folder $folder"
while read -r word; do
    [ "$word" = start ] || continue
    [ -z "$waiter" ] || wait "$waiter" || true
    # In a shell that waits for it: the id of a process that was killed and that nobody waited for is still
    # taken, and PostgreSQL then takes it for a server that runs.
    { "$programs/postgres" -D "$folder/data" >>"$folder/log" 2>&1 </dev/null || true; } &
    waiter=$!
    until "$programs/pg_isready" -q -h "$folder"; do
        kill -0 "$waiter" || { tail -5 "$folder/log" >&2; exit 1; }
        sleep 0.05
    done
    echo "ready $(head -1 "$folder/data/postmaster.pid")"
done

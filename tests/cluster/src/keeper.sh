# Keeps one server: makes it, starts it at each "start", and at the end of the input stops it and
# removes all of it. So no server outlives the test that wanted it, however that test ended.
set -eu
programs=$1
shift
folder=$(mktemp -d "${TMPDIR:-/tmp}/attune-postgres.XXXXXX")
server=
finish() {
    [ -z "$server" ] || { kill -QUIT "$server" && wait "$server"; } 2>/dev/null || true
    rm -rf "$folder"
}
trap finish EXIT
"$programs/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$folder/log"
echo "folder $folder"
while read -r word; do
    [ "$word" = start ] || continue
    [ -z "$server" ] || wait "$server" || true
    "$programs/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c max_connections=200 \
        -c shared_buffers=32MB "$@" >>"$folder/log" 2>&1 </dev/null &
    server=$!
    until "$programs/pg_isready" -q -h "$folder"; do
        kill -0 "$server" || { tail -5 "$folder/log" >&2; exit 1; }
        sleep 0.05
    done
    echo "ready $server"
done

# What the tests of the store share.
set -u
rounds=${STORE_ROUNDS:-20}
if [ "${1-}" = --bin ]; then
    bin=$2
    shift 2
fi
bin=$(cd "${bin:-$(dirname "$0")/../../build/release/bin}" && pwd) || exit 2
scratch=$(mktemp -d "${TMPDIR:-/tmp}/voc-store.XXXXXX") || exit 2
trap 'umount "$scratch/shut" "$scratch/disk" 2>/dev/null; rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
unset VOC_DATADIR LANGUAGE LC_MESSAGES
export LC_ALL=C.UTF-8 TZ=UTC PATH="$bin:$PATH" HOME="$scratch" XDG_CACHE_HOME="$scratch/.cache"
cd "$scratch" || exit 2
failed=0

fail() {
    echo "FAIL $*"
    failed=$((failed + 1))
}

# records FROM TO: the same every time.
records() {
    awk -v from="$1" -v to="$2" 'BEGIN {
        for (i = from; i <= to; i++)
            printf "{\"id\":\"m%d\",\"time\":\"2026-%02d-%02dT10:00:00Z\",\"channel\":\"chat\",\"customer\":\"c%d\"," \
                   "\"rating\":{\"nps\":%d},\"text\":\"Invoice number%d was wrong again and nobody answered\"," \
                   "\"lang\":\"en\",\"terms\":[\"invoice\",\"number%d\",\"wrong\"]," \
                   "\"themes\":[{\"id\":\"billing\",\"weight\":1}]}\n",
                i, 1 + i % 12, 1 + i % 28, i % 50, i % 11, i, i
    }'
}

# holds DB FILE: the store holds exactly the records of the file, once, and all its parts agree.
holds() {
    voc query "$1" --format records 'SELECT json AS record FROM record' | sort >got
    sort "$2" | cmp -s - got || fail "$3: $1 does not hold the records of $2"
    n=$(wc -l <"$2")
    parts=$(voc query "$1" --format tsv "SELECT (SELECT count(*) FROM message), (SELECT count(DISTINCT id) FROM message),
        (SELECT count(*) FROM theme), (SELECT count(*) FROM rating), (SELECT count(*) FROM version)" | tail -n 1)
    [ "$parts" = "$n	$n	$n	$n	0" ] || fail "$3: $1 holds $parts, not $n of each"
    found=$(voc query "$1" --format tsv "SELECT count(*) FROM search WHERE search MATCH 'invoice'" | tail -n 1)
    [ "$found" = "$n" ] || fail "$3: the index of $1 finds $found of $n"
    if command -v sqlite3 >/dev/null; then
        sqlite3 "$1" "INSERT INTO search(search) VALUES('integrity-check'); PRAGMA integrity_check" >check 2>&1
        [ "$(cat check)" = ok ] || fail "$3: $(head -n 1 check)"
    fi
}

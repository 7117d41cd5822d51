#!/usr/bin/env bash
# Hunts the leak of this example as a person would, and checks each step: runs the server under load, sees its memory grow,
# and finds the line by top, by diff, by a series, by the live page and by pprof. Then runs the repaired server.
# Needs bash, Maven and a JDK 17 or newer. Exit status: 0 found at the line where it is planted, and nowhere else; 1 not so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly ALLOCINFO=tag-tools/bin/allocinfo
readonly SOURCE=examples/leakhunt/src/main/java/io/codetag/examples/leakhunt/Subscriptions.java
readonly RATE=600
readonly PATIENCE=1200 # tenths of a second for each thing that is waited for

usage() {
    cat <<'END'
usage: examples/leakhunt/hunt.sh [--no-build] [--keep DIR]
  --no-build  takes the jars as they are; without it, Maven builds them first
  --keep DIR  leaves what was written (reports, the series, the profile) in DIR, which must be new or empty
END
}

say() { printf '\n==> %s\n' "$*"; }
die() {
    printf '\n==> FAILED: %s\n' "$*" >&2
    exit 1
}

# Shows a command, runs it, and keeps what it prints in $work/NAME.
run() {
    local name=$1
    shift
    printf '\n$ %s\n' "${*//$work\//}"
    "$@" 2>&1 | tee "$work/$name"
}

# Waits until a file has a line that matches, or so many of them.
await() {
    local file=$1 pattern=$2 wanted=${3:-1}
    for ((i = 0; i < PATIENCE; i++)); do
        if (($(grep -c -e "$pattern" "$file") >= wanted)); then
            return
        fi
        kill -0 "$last" 2>/dev/null || die "a program has ended: $(cat "$file")"
        sleep 0.1
    done
    die "waited in vain for '$pattern': $(cat "$file")"
}

# Starts the server and its load; sets pid, and server to the file it prints to.
start_server() {
    server=$work/$1
    shift
    printf '\n$ LeakHuntMain %s\n' "$*"
    : >"$server"
    "$java" -cp 'examples/leakhunt/target/*:examples/leakhunt/target/lib/*' \
        io.codetag.examples.leakhunt.LeakHuntMain "$@" >"$server" 2>"$server.log" &
    last=$!
    pid=$last
    children+=("$pid")
    await "$server" '^listening'
    cat "$server"
    await "$server" '^warm'
    grep '^warm' "$server"
}

stop() {
    kill "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

# Fails unless the first line of a table that names a tag names the leak.
expect_first() {
    local first
    first=$(grep -m 1 -e 'func:' "$1" || true)
    [[ $first == *"$leak"* ]] || die "$2 points at '$first', the leak is $leak"
    printf '\n--> %s points at %s\n' "$2" "$leak"
}

# Prints an answer of a server on the loopback interface: the port, the path.
fetch() {
    exec 3<>"/dev/tcp/127.0.0.1/$1"
    printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$2" "$1" >&3
    cat <&3
    exec 3>&-
}

clean_up() {
    local status=$?
    trap - EXIT
    for child in "${children[@]}"; do
        stop "$child"
    done
    if [[ -z $keep ]]; then
        rm -rf -- "$work"
    fi
    exit "$status"
}

children=()
build=yes
keep=
while (($#)); do
    case $1 in
        --no-build) build= ;;
        --keep)
            keep=${2:?"--keep wants a folder"}
            shift
            ;;
        --help)
            usage
            exit
            ;;
        *)
            usage >&2
            exit 2
            ;;
    esac
    shift
done

java=java
[[ -z ${JAVA_HOME:-} ]] || java=$JAVA_HOME/bin/java
if [[ -n $build ]]; then
    say "building"
    mvn -q -B -ntp -pl examples/leakhunt,tag-tools -am -DskipTests package
fi
if [[ -n $keep ]]; then
    mkdir -p -- "$keep"
    work=$(cd -- "$keep" && pwd)
    [[ -z $(ls -A -- "$work") ]] || die "$work is not empty"
else
    work=$(mktemp -d)
fi
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Where the leak is planted: the one place that allocates mailboxes.
line=$(grep -n 'pages.allocate(0, MAILBOX)' "$SOURCE" | cut -d: -f1)
leak="io/codetag/examples/leakhunt/Subscriptions.java:$line func:subscribe"

most=$(sed -n 's/.*int CAPACITY = \([0-9]*\);.*/\1/p' "$SOURCE")

say "1. Memory grows"
start_server server.txt --rate "$RATE"
served=$(grep -c '^served' "$server")
await "$server" '^served' "$((served + 4))"
grep '^served' "$server"

say "2. Who grows now: top"
run top.txt "$ALLOCINFO" top "$pid" --plain --sort growth --count 5 --interval 2s --human
awk 'BEGIN { RS = "" } { last = $0 } END { print last }' "$work/top.txt" >"$work/top-last.txt"
expect_first "$work/top-last.txt" top

say "3. What grew between two moments: diff"
run before.out "$ALLOCINFO" convert "$pid" --to text -o "$work/before.txt"
run watch.txt "$ALLOCINFO" watch "$pid" --count 8 --interval 1s -o "$work/series.jsonl"
run diff.txt "$ALLOCINFO" diff "$work/before.txt" "$pid" --only grew --human
expect_first "$work/diff.txt" diff

say "4. What grows and does not stop: leaks, over the series that was written meanwhile"
run leaks.txt "$ALLOCINFO" leaks "$work/series.jsonl" --human
expect_first "$work/leaks.txt" leaks

say "5. The live page"
printf '\n$ %s serve %s\n' "$ALLOCINFO" "$pid"
: >"$work/serve.txt"
"$ALLOCINFO" serve "$pid" >"$work/serve.txt" 2>&1 &
last=$!
page=$last
children+=("$page")
await "$work/serve.txt" '^http://'
cat "$work/serve.txt"
port=$(sed -n 's|^http://127.0.0.1:\([0-9]*\)/.*|\1|p' "$work/serve.txt")
fetch "$port" / >"$work/page.html"
grep -q '<!DOCTYPE html>' "$work/page.html" || die "there is no page at port $port"
fetch "$port" /allocinfo >"$work/page.txt"
grep -q -F "$leak" "$work/page.txt" || die "the page does not know of $leak"
printf '\n--> the page answers, and has %s\n' "$leak"
stop "$page"

say "6. In pprof"
run pprof.out "$ALLOCINFO" convert "$pid" --to pprof -o "$work/heap.pb.gz"
"$ALLOCINFO" convert "$work/before.txt" --to pprof -o "$work/before.pb.gz"
if command -v go >/dev/null; then
    run pprof.txt go tool pprof -top -lines -diff_base="$work/before.pb.gz" "$work/heap.pb.gz"
    first=$(sed -n '/flat%/{n;p;q}' "$work/pprof.txt")
    [[ $first == *"leakhunt/Subscriptions.java:$line"* ]] || die "pprof points at '$first'"
    printf '\n--> pprof points at Subscriptions.java:%s\n' "$line"
else
    echo "there is no go here: go tool pprof heap.pb.gz would show it"
fi
stop "$pid"

say "The line, and what becomes of its block"
sed -n "$((line - 8)),$((line + 1))p;/private void expireOldest/,/^    }/p" "$SOURCE"

say "7. The repaired server, under the same load"
start_server repaired.txt --rate "$RATE" --repaired
served=$(grep -c '^served' "$server")
await "$server" '^served' "$((served + 4))"
run repaired-show.txt "$ALLOCINFO" show "$pid" --function subscribe
mailboxes=$(awk '/func:subscribe/ { print $2 }' "$work/repaired-show.txt")
((mailboxes <= most)) || die "$mailboxes mailboxes are live, and at most $most may be open"
printf '\n--> %s mailboxes are live: at most %s may be open\n' "$mailboxes" "$most"
stop "$pid"

say "found: $leak"

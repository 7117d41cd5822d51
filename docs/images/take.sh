#!/usr/bin/env bash
# Takes the pictures of the documentation anew, of a program that really leaks: examples/leakhunt, the page it serves, and
# `allocinfo top` in a terminal. Run it after `mvn package`. Needs chromium, chromium-driver, tmux and curl; takes about
# two minutes. The pictures differ from run to run in the numbers.
set -euo pipefail

readonly HERE=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
readonly ROOT=$HERE/../..
readonly TOOLS=$ROOT/tag-tools/target
readonly LEAKHUNT=$ROOT/examples/leakhunt/target
readonly WIDTH=1280 HEIGHT=800

die() {
    printf 'take.sh: %s\n' "$*" >&2
    exit 2
}
for program in chromium chromedriver tmux curl base64; do
    command -v "$program" >/dev/null || die "$program is not installed: apt-get install chromium chromium-driver tmux curl"
done
compgen -G "$LEAKHUNT/*.jar" >/dev/null || die "examples/leakhunt is not built; run: mvn -DskipTests package"

work=$(mktemp -d)
jobs=()
cleanup() {
    tmux -L "pictures-$$" kill-server 2>/dev/null || true
    ((${#jobs[@]})) && kill "${jobs[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf -- "$work"
}
trap cleanup EXIT

# Waits until a file has a line that a pattern matches, and prints what the pattern's group matched.
await() {
    for _ in {1..600}; do
        found=$(sed -nE "s~.*$2.*~\1~p" "$1" | head -n 1)
        if [[ -n $found ]]; then
            printf '%s' "$found"
            return
        fi
        sleep 0.2
    done
    die "waited in vain for '$2' in: $(cat "$1")"
}

# --- the browser: WebDriver by curl ------------------------------------------------------------------------------------

browser() { curl -sS -X POST -H 'Content-Type: application/json' -d "$2" "$session/$1" >/dev/null; }
visit() { browser url "{\"url\":\"$1\"}"; }
script() { browser execute/sync "{\"script\":\"$1\",\"args\":[]}"; }
cdp() { browser goog/cdp/execute "{\"cmd\":\"$1\",\"params\":$2}"; }
colours() { cdp Emulation.setEmulatedMedia "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"$1\"}]}"; }
size() { cdp Emulation.setDeviceMetricsOverride "{\"width\":$1,\"height\":$2,\"deviceScaleFactor\":1,\"mobile\":false}"; }
picture() {
    sleep 1 # for what is drawn a moment after the page changed
    curl -sS "$session/screenshot" | sed -E 's/.*"value": ?"([^"]*)".*/\1/' | base64 -d >"$HERE/$1.png"
    printf '%s: %s bytes\n' "$1.png" "$(wc -c <"$HERE/$1.png")"
}

start_browser() {
    chromedriver --port=0 >"$work/driver.log" 2>&1 &
    jobs+=($!)
    local address options='"--headless=new","--disable-gpu","--disable-dev-shm-usage","--hide-scrollbars"'
    ((EUID)) || options+=',"--no-sandbox"'
    address=http://127.0.0.1:$(await "$work/driver.log" 'on port ([0-9]+)\.')
    session=$address/session/$(curl -sS -X POST -H 'Content-Type: application/json' "$address/session" -d \
        "{\"capabilities\":{\"alwaysMatch\":{\"goog:chromeOptions\":{\"binary\":\"$(command -v chromium)\",\"args\":[$options]}}}}" |
        sed -E 's/.*"sessionId": ?"([^"]*)".*/\1/')
}

# --- the program ---------------------------------------------------------------------------------------------------------

java -XX:TieredStopAtLevel=1 -Dcodetag.page=0 -cp "$LEAKHUNT/*:$LEAKHUNT/lib/*:$TOOLS/*:$TOOLS/lib/*" \
    io.codetag.examples.leakhunt.LeakHuntMain >"$work/program.log" 2>&1 &
jobs+=($!)
pid=$(await "$work/program.log" '^pid +([0-9]+)')
page=$(await "$work/program.log" 'the live page is at (http[^ ]+)')
await "$work/program.log" '^(warm)' >/dev/null

# --- the page: first light, what grew since a moment; then dark, over time -----------------------------------------------

start_browser
size $WIDTH $HEIGHT
colours light
visit "$page"
sleep 3
script "document.getElementById('compare').click()"
script "const by = document.querySelector('#choices select'); by.value = 'bytes'; by.dispatchEvent(new Event('change'))"
sleep 25
picture page-light
colours dark
script "document.getElementById('compare').click(); document.getElementById('tab-timeline').click()"
picture page-dark

# --- the table in a terminal: what tmux shows, character for character, drawn by the browser -----------------------------

tmux -L "pictures-$$" new-session -d -x 112 -y 12 "$ROOT/tag-tools/bin/allocinfo top $pid --human --sort growth --interval 1s"
sleep 20
{
    printf '<!DOCTYPE html><meta charset="utf-8"><style>body{margin:0;padding:14px 16px;background:#16191f;color:#d7dce4}'
    printf 'pre{margin:0;font:14px/1.35 "DejaVu Sans Mono",monospace}</style><pre>'
    tmux -L "pictures-$$" capture-pane -e -p | sed -E \
        -e 's/&/\&amp;/g; s/</\&lt;/g' -e 's/\x1b\[1m/<b>/g; s/\x1b\[7m/<b>/g; s/\x1b\[(0|22|27)?m/<\/b>/g; s/\x1b\[[0-9;]*m//g'
    printf '</pre>'
} >"$work/top.html"
size 976 258
visit "file://$work/top.html"
picture top

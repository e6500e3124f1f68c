#!/bin/sh
# A setup to start from, for makeself and its like: copies what the user may install into a folder.
#
#     makeself FOLDER example-tools.run "Example Tools" ./install.sh
#     ./example-tools.run -- TARGET [--token-file FILE]
set -eu

# "block": without an answer nothing is installed; "hide": what needs no license is.
on_no_verdict=block

# Nobody else may name another server: it would allow everything, and see the token.
server=https://licenses.example.com

here=$(cd "$(dirname "$0")" && pwd)
usage="usage: install.sh TARGET [--token-file FILE]"
target=${1:?$usage}
shift
case $# in
    0) ;;
    2) [ "$1" = --token-file ] && [ "$2" != - ] || { echo "$usage" >&2; exit 64; } ;;
    *) echo "$usage" >&2; exit 64 ;;
esac
. "$here/qls-licenses.sh"

if ! qls_ask "$here/qls-precheck" "$here/consumers.json" --no-environment --server "$server" --timeout 15 "$@" && [ "$on_no_verdict" = block ]; then
    echo "Your licenses could not be checked. Nothing is installed." >&2
    exit 3
fi

# package, and the component that it needs a license for
install_package() {
    if [ -n "$2" ] && ! qls_allowed "$2"; then
        echo "$1 is left out: your license does not cover $2, or it could not be checked." >&2
        return
    fi
    mkdir -p "$target"
    cp -R "$here/packages/$1" "$target/"
    echo "$1 is installed."
}

install_package editor ""
install_package designer com.example.designer
install_package tester com.example.tester

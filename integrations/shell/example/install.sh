#!/bin/sh
# A setup to start from, for makeself and its like: copies what the user may install into a folder.
#
#     makeself FOLDER example-tools.run "Example Tools" ./install.sh
#     ./example-tools.run -- TARGET [OPTION OF qls-precheck...]
set -eu

# "block": without an answer nothing is installed; "hide": what needs no license is.
on_no_verdict=block

here=$(cd "$(dirname "$0")" && pwd)
target=${1:?usage: install.sh TARGET [OPTION...]}
shift
. "$here/qls-licenses.sh"

if ! qls_ask "$here/qls-precheck" "$here/consumers.json" --no-environment --timeout 15 "$@" && [ "$on_no_verdict" = block ]; then
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
install_package designer org.example.designer
install_package tester org.example.tester

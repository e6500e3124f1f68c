# The program qls-precheck for each system: built, and run where nothing is installed for it. .ci/platforms reads this.

# target file : takes the built program.
keep_program() {
    local size
    collect "$(dirname "$2")" "$1" "$(basename "$2")"
    size=$(stat -c %s "$2")
    ((size <= MAX_PROGRAM)) || { echo "$2 has $size bytes, more than $MAX_PROGRAM" >&2; exit 1; }
}

# folder words command... : fails unless the program, started by the command in the folder, gives the verdicts of the demo,
# and a diagnosis with these words in it. A subshell: its trap ends the server and removes the folder, whatever happens.
demo() (
    folder=$1 words=$2
    shift 2
    trap 'rm -rf "$folder"' EXIT
    here build --workspace --locked --quiet --bin qls-standin
    cp examples-c/consumers.json "$folder"
    coproc SERVING { exec target/debug/qls-standin serve --licenses standin/licenses/demo.json; }
    standin=$SERVING_PID
    trap 'rm -rf "$folder"; kill "$standin"' EXIT
    read -r _ address <&"${SERVING[0]}"
    read -r _ token <&"${SERVING[0]}"
    echo "$token" > "$folder/token"
    cd "$folder"
    code=0
    printed=$("$@" check consumers.json --server "$address" --token-file token < /dev/null) || code=$?
    echo "$printed"
    table=$("$root/.ci/table")
    # 1: some are denied.
    [[ $code == 1 && $printed == "$table" ]] || {
        echo "the program ended with $code, and not with the table that the README shows" >&2
        exit 1
    }
    code=0
    printed=$("$@" diagnose --server "$address" --token-file token < /dev/null) || code=$?
    echo "$printed"
    [[ $code == 0 && $printed == *"$words"* && $printed == *"[QLS_OK]" ]] || {
        echo "the diagnosis ended with $code, or lacks '$words' or [QLS_OK]" >&2
        exit 1
    }
)

# program : fails unless it says, at a proxy that wants the signed-in user, that it is static and what to take instead.
# A subshell, as above.
lacks_kerberos() (
    need_python
    coproc PROXY { exec python3 -c '
import socket
with socket.create_server(("127.0.0.1", 0)) as server:
    print(server.getsockname()[1], flush=True)
    while True:
        with server.accept()[0] as peer:
            peer.recv(65536)
            peer.sendall(b"HTTP/1.1 407 Who?\r\nProxy-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n")'; }
    proxy=$PROXY_PID
    trap 'kill "$proxy" || true' EXIT
    read -r port <&"${PROXY[0]}"
    code=0
    said=$("$1" check examples-c/consumers.json --server https://licenses.example.com --proxy "http://localhost:$port" \
        --token-file <(echo a-token) 2>&1 < /dev/null) || code=$?
    echo "$said"
    said=$(tr -s '[:space:]' ' ' <<< "$said")
    [[ $code == 3 && $said == *"this program is static, and loads no library for it; take the build for glibc"* ]] || {
        echo "the program ended with $code, and does not say that it is static" >&2
        exit 1
    }
)

# target folder : takes the stand-in too, where it was built: a release has it.
keep_standin() {
    local name=qls-standin
    [[ $1 != *windows* ]] || name+=.exe
    # One of an earlier run may be of other sources.
    rm -f "$out/$1/$name"
    [[ -z $packages_of_release ]] || collect "$2" "$1" "$name"
}
packages_of_release=${QLS_RELEASE:+qls-standin}

# Static, so that it starts where there is nothing else.
static_program() {
    local program=$out/$1/qls-precheck place=$TMPDIR/busybox package
    step "Linux musl: the program"
    # Zig has what begins a static program; the toolchain of Rust that comes with sources has not.
    # -pie: Zig does not know -static-pie, by which rustc asks for code that can lie at any address.
    for package in qls-precheck-cli $packages_of_release; do
        RUSTC_BOOTSTRAP=1 RUSTFLAGS="-C target-feature=+crt-static $remap" cargo-zigbuild rustc --release --locked \
            --target "$1" -Zbuild-std=std,panic_unwind --package "$package" --bins -- \
            -Clink-self-contained=no -Clink-arg=-pie
    done
    keep_standin "$1" "$out/build/$1/release"
    keep_program "$1" "$out/build/$1/release/qls-precheck"
    step "Linux musl: the program in a root with nothing but busybox"
    mkdir "$place"
    (cd "$place" && env -u TMPDIR apt-get download -q busybox-static && dpkg -x busybox-static_*.deb .)
    find "$place" -mindepth 1 -maxdepth 1 ! -name bin -exec rm -r {} +
    cp "$program" "$place"
    [[ "$(chroot "$place" /qls-precheck --version)" == *x86_64-unknown-linux-gnu* ]] || {
        echo "the program's version does not name the build for glibc" >&2
        exit 1
    }
    # What a build cannot do is part of its reports.
    demo "$place" "This is the static build." chroot "$place" /bin/busybox sh -c 'exec /qls-precheck "$@"' sh
    # Also where there is a library for it.
    lacks_kerberos "$program"
    row "$1, the program" "$program" "$(needed "$program")" "Linux 3.2 (Rust's std)" \
        "the demo and a diagnosis, beside Debian's static busybox alone"
}

dynamic_program() {
    local program=$out/$1/qls-precheck debian=$CACHE/debian-$OLD_DEBIAN new place package
    step "Linux with glibc $FLOOR: the program"
    for package in qls-precheck-cli $packages_of_release; do
        RUSTFLAGS=$remap CARGO_TARGET_DIR=$out/glibc \
            cargo zigbuild --release --locked --target "$1.$FLOOR" --package "$package"
    done
    keep_standin "$1" "$out/glibc/$1/release"
    keep_program "$1" "$out/glibc/$1/release/qls-precheck"
    within_floor "$program"
    step "Linux with glibc $FLOOR: the program in Debian $OLD_DEBIAN"
    if [[ ! -d $debian ]]; then
        need debootstrap=debootstrap
        mkdir -p "$CACHE"
        new=$(mktemp -d -p "$CACHE")
        env -u TMPDIR debootstrap --variant=minbase "$OLD_DEBIAN" "$new"
        chmod 755 "$new"
        # Whole, or not at all. Another run may have been faster.
        mv -T "$new" "$debian" || rm -r "$new"
    fi
    place=$(mktemp -d -p "$debian/tmp")
    cp "$program" "$place"
    demo "$place" "qls-precheck $(version)" chroot "$debian" env -C "/tmp/$(basename "$place")" ./qls-precheck
    row "$1, the program" "$program" "$(needed "$program")" "$(newest_glibc "$program")" \
        "the demo and a diagnosis, in a root of Debian $OLD_DEBIAN"
}

# For a machine that this one emulates.
emulated_program() {
    local program=$out/$1/qls-precheck place=$TMPDIR/emulated package
    step "$1: the program"
    for package in qls-precheck-cli $packages_of_release; do
        cargo-zigbuild zigbuild --release --locked --target "$1.$FLOOR" --package "$package"
    done
    keep_program "$1" "$out/build/$1/release/qls-precheck"
    keep_standin "$1" "$out/build/$1/release"
    within_floor "$program" aarch64-linux-gnu-objdump
    step "$1: the program under qemu"
    mkdir "$place"
    cp "$program" "$place"
    demo "$place" "qls-precheck $(version)" qemu-aarch64 -L /usr/aarch64-linux-gnu ./qls-precheck
    row "$1, the program" "$program" "$(needed "$program")" \
        "$(newest_glibc "$program" aarch64-linux-gnu-objdump)" "qemu: the demo and a diagnosis"
}

windows_program() {
    local package
    step "Windows: the program"
    for package in qls-precheck-cli $packages_of_release; do
        "$CARGO" build --release --locked --target "$MINGW" --package "$package"
    done
    keep_program "$WINDOWS" "$out/build/$MINGW/release/qls-precheck.exe"
    keep_standin "$WINDOWS" "$out/build/$MINGW/release"
}

# With Wine at hand.
windows_demo() {
    local program=$out/$WINDOWS/qls-precheck.exe place=$TMPDIR/program
    step "Windows: the program under Wine"
    # What the Explorer shows as its details.
    [[ "$(strings -el "$program" | grep -xA1 ProductVersion | tail -n 1)" == "$(version)" ]] || {
        echo "$program has no version for Windows to show" >&2
        exit 1
    }
    mkdir "$place"
    cp "$program" "$place"
    demo "$place" "qls-precheck $(version)" /usr/lib/wine/wine64 qls-precheck.exe
    row "$MINGW, the program" "$program" "$(imported "$program")" "Windows 10 (Rust's std)" \
        "Wine: the demo and a diagnosis; built twice, the same bytes"
}

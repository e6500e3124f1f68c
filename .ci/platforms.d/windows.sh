# Windows: the DLL and a static library by MinGW, a static library for MSVC by clang. .ci/platforms reads this.

# What both make, and the name of the archive that has all of it.
WINDOWS=x86_64-windows
MINGW=x86_64-pc-windows-gnu
MSVC=x86_64-pc-windows-msvc
mingw_files=(qls_precheck.dll libqls_precheck.dll.a libqls_precheck.a)

need_wine() {
    need /usr/lib/wine/wine64=wine64 x86_64-w64-mingw32-gcc=gcc-mingw-w64-x86-64-win32
    export WINEPREFIX=$out/wine/prefix WINEPATH="Z:$out/wine" WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=" LC_ALL=C.UTF-8
    unset DISPLAY
    mkdir -p "$out/wine"
    x86_64-w64-mingw32-gcc -shared tests/c/bcryptprimitives.c -o "$out/wine/bcryptprimitives.dll" -ladvapi32
    /usr/lib/wine/wine64 wineboot -i
    # Tests ask the network that this machine is in for no proxy.
    /usr/lib/wine/wine64 reg add 'HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings\Connections' \
        /v DefaultConnectionSettings /t REG_BINARY /d 460000000100000001 /f
    # Programs find it by WINEPATH; what LoadLibraryExW() is told to take of the system alone, there.
    cp "$out/wine/bcryptprimitives.dll" "$WINEPREFIX/drive_c/windows/system32"
}

# target option... : builds the library, and keeps what rustc says that a program needs besides the static one;
# tests/windows.rs compares that with our list.
windows_library() {
    "$CARGO" rustc --release --locked --lib --target "$1" "${@:2}" -- --print native-static-libs 2>&1 | tee "$log"
    sed -n 's/^note: native-static-libs: //p' "$log" > "$out/$WINDOWS/needs-$1.txt"
}

mingw_library() {
    local to=$out/$WINDOWS
    step "Windows, MinGW: what it needs"
    # The C++ programs have threads, which the variant that Rust links with has not.
    need x86_64-w64-mingw32-gcc-win32=gcc-mingw-w64-x86-64-win32 \
        x86_64-w64-mingw32-g++-posix=g++-mingw-w64-x86-64-posix
    need_rust
    # Its dlltool puts no folder into the static library.
    export PATH=$root/.ci/mingw:$PATH
    std "$MINGW"
    linker_adds=("--inside=mingw-w64=$(dpkg-query -Wf '${source:Upstream-Version}' mingw-w64-x86-64-dev)"
        "--inside=libgcc=$(dpkg-query -Wf '${Version}' gcc-mingw-w64-base | cut -d- -f1)")

    step "Windows, MinGW: library"
    mkdir -p "$to/from-def"
    windows_library "$MINGW"
    collect "$out/build/$MINGW/release" "$WINDOWS" "${mingw_files[@]}"
    {
        printf 'LIBRARY qls_precheck.dll\nEXPORTS\n'
        x86_64-w64-mingw32-objdump -p "$to/qls_precheck.dll" | sed -n 's/^\t\[ *[0-9]*\] \(qls_\)/    \1/p'
    } > "$to/qls_precheck.def"
    x86_64-w64-mingw32-dlltool --def "$to/qls_precheck.def" --output-lib "$to/from-def/libqls_precheck.a"
}

windows() {
    local library=$out/$WINDOWS/qls_precheck.dll programs
    mingw_library
    windows_program
    # The programs wait for Wine and for servers most of the time.
    begin twin mingw_twin
    "$CARGO" build --release --locked --lib --target "$MINGW" --features panic-test
    collect "$out/build/$MINGW/release" "$WINDOWS/panic-test" "${mingw_files[@]}"
    step "Windows, MinGW: Wine"
    need_wine

    step "Windows, MinGW: C and C++ programs"
    need krb5kdc=krb5-kdc kadmin.local=krb5-admin-server kinit=krb5-user squid=squid
    c_tests "$MINGW" --test c_programs --test cpp_programs --test load --test windows --test negotiate --test hardening -- \
        --include-ignored --skip for_linux --skip plug_in --skip cmake --skip valgrind --skip clang --skip python
    programs=$passed

    step "Windows, MinGW: the same libraries and program, built in another folder"
    finish twin

    step "Windows, MinGW: the tests of the core, of os and of the program"
    core_tests "$MINGW" -p qls-precheck-cli
    row "$MINGW" "$library" "$(imported "$library")" "Windows 10 (Rust's std)" \
        "Wine: $programs tests of C and C++ programs, $passed of the core, of os and of the program; built twice, the same bytes"
    windows_demo
    step "Windows: setups by NSIS under Wine"
    need makensis=nsis
    integrations/nsis/tests/run "$out/$WINDOWS/qls-precheck.exe"
    wheel "$WINDOWS" win_amd64
}

# target [option...]: the tests of the core, of os, and what the options add, as programs for it. In there nobody has a ticket of
# Kerberos.
core_tests() {
    local runner=CARGO_TARGET_${1^^}_RUNNER
    export "${runner//-/_}=/usr/lib/wine/wine64" CARGO_PROFILE_DEV_DEBUG=false PROPTEST_CASES=16
    export KRB5_CONFIG=/dev/null KRB5CCNAME=FILE:/nonexistent
    # A test of os loads a DLL, which is an example to cargo.
    [[ $1 != "$MINGW" ]] || "$CARGO" build --locked --target "$1" -p qls-precheck-os --examples
    tests "$CARGO" test --locked --target "$1" -p qls-precheck-core -p qls-precheck-os "${@:2}" --tests --no-fail-fast
}

# target folder [flag]: what builds the library in that folder for MSVC, without a linker and anything of Microsoft's.
msvc_compilers() {
    local name=${1//-/_}
    std "$1" "${@:3}"
    # /Zl: objects from C name no runtime, as those from Rust name none, so that the program alone says which it has.
    # llvm-ar, since llvm-lib would write the objects' folders into the library.
    export "CC_$name=$out/msvc/bin/clang-cl" "AR_$name=llvm-ar" CC_SHELL_ESCAPED_FLAGS=1 \
        "CFLAGS_$name=/Zl -DRING_CORE_NOSTDLIBINC=1 -imsvc$(printf %q "$2/.ci/msvc/include")"
    # clang-cl has other options.
    unset CFLAGS
}

msvc_tools() {
    step "Windows, MSVC: what it needs"
    need clang=clang lld-link=lld llvm-dlltool=llvm /usr/include/wine/wine/windows/windows.h=libwine-dev \
        /usr/lib/llvm-14/include/c++/v1/vector=libc++-14-dev
    need_rust
    tests/msvc/prepare "$out/msvc"
    msvc_compilers "$MSVC" "$root"
}

msvc_library() {
    local to=$out/$WINDOWS
    step "Windows, MSVC: library"
    # Since mingw_library has set what it needs itself.
    msvc_compilers "$MSVC" "$root"
    mkdir -p "$to"
    llvm-dlltool -m i386:x86-64 -d "$to/qls_precheck.def" -l "$to/qls_precheck.dll.lib"
    "$CARGO" rustc --release --locked --lib --target "$MSVC" --crate-type staticlib --features panic-test
    collect "$out/build/$MSVC/release" "$WINDOWS/panic-test" qls_precheck.lib
    windows_library "$MSVC" --crate-type staticlib
    collect "$out/build/$MSVC/release" "$WINDOWS" qls_precheck.lib
    .ci/msvc/check "$to/qls_precheck.lib"
}

msvc() {
    local job runtime programs=0 jobs=()
    # Alone, and in this shell: it exports what the programs need, and Wine has failed to make its folder beside other work.
    need_wine
    need cmake=cmake ninja=ninja-build qmake6=qt6-base-dev pkg-config=pkg-config \
        krb5kdc=krb5-kdc kadmin.local=krb5-admin-server kinit=krb5-user squid=squid
    # Where nothing of it was compiled before, it is faster without what debuggers and the next compilation would need.
    [[ -d target/debug ]] || export CARGO_PROFILE_DEV_DEBUG=false CARGO_INCREMENTAL=0
    # The linkers of the libraries leave a processor idle.
    begin compiled here test --workspace --locked --no-run --test c_programs --test load --test windows --test negotiate \
        --test outside --test cpp_programs
    msvc_tools
    begin twin msvc_twin
    mingw_library
    # The archive has the program where `windows` has built it. Cargo knows whether it still is of these sources.
    [[ ! -e $out/$WINDOWS/qls-precheck.exe ]] || windows_program
    msvc_library
    archive "$WINDOWS"

    step "Windows, MSVC: C and C++ programs, CMake, qmake and pkg-config"
    finish compiled
    # They wait for Wine and for servers most of the time. Which runtime a program has is its compiler's option.
    export QLS_TEST_TARGET=$MSVC
    for runtime in MT MD; do
        # Some of these wait long, for proxy scripts that are silent: more of them at once.
        QLS_TEST_RUNTIME=$runtime RUST_TEST_THREADS=6 begin "windows-$runtime" \
            here test --workspace --locked --test windows -- --ignored
        QLS_TEST_RUNTIME=$runtime begin "$runtime" \
            here test --workspace --locked --test c_programs --test load -- --include-ignored --skip valgrind
        jobs+=("windows-$runtime" "$runtime")
    done
    QLS_TEST_RUNTIME=MT begin negotiate here test --workspace --locked --test negotiate -- --include-ignored --skip python
    begin outside here test --workspace --locked --test outside -- --ignored wine_
    # The example reads files by <fstream>, of which more is in libc++ itself than in its headers.
    begin cpp here test --workspace --locked --test cpp_programs -- --ignored --skip valgrind --skip example
    for job in "${jobs[@]}" negotiate outside cpp; do
        finish "$job"
        count "$out/$job.log"
        programs=$((programs + passed))
    done

    step "Windows, MSVC: the same library, built in another folder and told of the static runtime"
    finish twin
    cmp "$TMPDIR/twin/target/$MSVC/release/qls_precheck.lib" "$out/$WINDOWS/qls_precheck.lib"
    rm -r "$TMPDIR/twin"
    # The C++ programs were the last that were counted.
    row "$MSVC" "$out/$WINDOWS/qls_precheck.lib" "$(< cmake/libraries-windows.txt), and a C runtime" "Windows 10 (Rust's std)" \
        "Wine: $((programs - passed)) tests of C programs, $passed of C++ programs; built twice, the same bytes"
}

msvc-core() {
    msvc_tools
    need_wine
    step "Windows, MSVC: the tests of the core and of os"
    export LIB=$out/msvc/lib CARGO_TARGET_X86_64_PC_WINDOWS_MSVC_LINKER=lld-link
    core_tests "$MSVC"
    echo "| $MSVC, the core | | | | Wine: $passed tests of the core and of os |" >> "$table"
}

# Goes to a copy of the sources in another folder, with cargo's home by another name: what is built there has to be the
# same bytes.
twin() {
    mkdir "$TMPDIR/twin"
    git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents --no-dereference -t "$TMPDIR/twin"
    cd "$TMPDIR/twin"
    ln -s "${CARGO_HOME:-$HOME/.cargo}" cargo
    export CARGO_HOME=$PWD/cargo CARGO_TARGET_DIR=$PWD/target
    unmarked
}

mingw_twin() {
    local file
    twin
    std "$MINGW"
    "$CARGO" rustc --release --locked --lib --target "$MINGW" -- --print native-static-libs
    "$CARGO" build --release --locked --target "$MINGW" --package qls-precheck-cli
    for file in "${mingw_files[@]}" qls-precheck.exe; do
        cmp "target/$MINGW/release/$file" "$out/$WINDOWS/$file"
    done
    rm -r "$TMPDIR/twin"
}

# Told of the static runtime besides.
msvc_twin() {
    twin
    msvc_compilers "$MSVC" "$PWD" -Ctarget-feature=+crt-static
    "$CARGO" rustc --release --locked --lib --target "$MSVC" --crate-type staticlib -- --print native-static-libs
}

# Asks a Qt License Server, once, which components a setup may install. For POSIX shells, to be sourced:
#
#     . ./qls-licenses.sh
#     qls_ask ./qls-precheck consumers.json --timeout 15 || exit 1
#     if qls_allowed com.example.designer; then ...; fi
#
# Before an answer, and without one, nothing is allowed. Names that begin with qls_ are its own.

qls_verdicts=

# qls_ask PROGRAM CONSUMERS [OPTION...]
#
# Runs the program qls-precheck, with the options of its command `check`. Blocks until there is an answer, at most for
# --timeout, which is 30 seconds without that option; a pipe in place of a file is read before, and waited for as long.
# Returns 0 if there are verdicts, be they yes or no. Otherwise it returns what the program ended with, which has said why
# on standard error, or the shell that could not start it.
qls_ask() {
    qls_verdicts=
    qls_program=$1 qls_consumers=$2
    shift 2
    # What precedes the assignment keeps a script with "set -e" from ending here.
    qls_code=0
    qls_printed=$("$qls_program" check "$qls_consumers" "$@") || qls_code=$?
    case $qls_code in
        0 | 1) qls_verdicts=$qls_printed ;;
        *) return "$qls_code" ;;
    esac
}

# qls_allowed COMPONENT
#
# Returns 0 only if the server allows this component, in each row that it has. A name with
# blanks is never allowed.
qls_allowed() {
    printf '%s\n' "$qls_verdicts" | qls_name=$1 awk '
        # awk compares what looks like numbers as numbers, unless one side is joined to a text.
        NR > 1 && NF == 3 && ($1 "") == (ENVIRON["qls_name"] "") { if ($3 == "allowed") yes++; else no++ }
        END { exit !(yes && !no) }'
}

# Makes comments of the headers what Doxygen reads: the head of a file, parameters ("name   text"), and "Returns". The
# type of a status is an enumeration for C++ and a number for C: the reference has it once.
/^#ifndef __cplusplus$/,/^#endif \/\/ __cplusplus$/d
1s|^/\*$|/** @file|
s/^( *\*) ([a-z_]+) {2,}([^ ])/\1 @param \2 \3/
s/^( *\*) Returns /\1\n\1 @return /
s/^( *\*) Any thread/\1\n\1 Any thread/
# No links to files.
/^ *\*/s/ (qls_precheck[a-z_]*\.)/ %\1/g

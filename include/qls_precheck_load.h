/*
 * qls_precheck_load: the library loaded by the running program, from a file that it names, instead of linked.
 *
 *     qls_result *loaded = qls_load("/opt/example/libqls_precheck.so");
 *     if (qls_result_status(loaded) != QLS_OK)
 *         show(qls_result_message(loaded));
 *     qls_result_free(loaded);
 *
 * Compile qls_precheck_load.c into the program, and do not link the library: the file defines every function of
 * qls_precheck.h, and each calls the one of the library that was loaded. It is C99, and C++11 as well. On Linux
 * before glibc 2.34 link with -ldl.
 *
 * Every function may be called while nothing is loaded. Nothing is sent then, no verdict is given, and the status is
 * QLS_CONFIGURATION:
 *
 *   qls_client_new()                       a client that stays of no use: make a new one once the library is loaded
 *   setters                                QLS_CONFIGURATION
 *   qls_client_cancel(), _free()           nothing
 *   qls_check(), qls_list(), qls_diagnose() a result with the status QLS_CONFIGURATION, the cause "library-not-loaded"
 *                                          or "library-too-old", and a message that says which file was wanted and
 *                                          what is wrong with it
 *   qls_result_...()                       what their documentation says, for that result and for NULL
 *   qls_status_name(), qls_status_text()   the name, and one sentence that is the same for each status
 *   qls_version(), qls_abi_version()       "" and 0
 *
 * - A library that was loaded stays for as long as the process. There is no lock besides the library's own, so that a
 *   child of a fork never waits for one.
 * - The functions of qls_precheck.h keep their promises of threads and blocking; qls_client_cancel() may be called from
 *   a signal handler here too.
 * - A shared library or plug-in that compiles qls_precheck_load.c has these functions for itself: it shows them to
 *   nobody, and loads for itself.
 */
#ifndef QLS_PRECHECK_LOAD_H
#define QLS_PRECHECK_LOAD_H

#include "qls_precheck.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Loads the library. Call it before any other function, in one place: clients that were made before are of no use.
 *
 * path   the file, by its absolute path; copied. UTF-8 on Windows, elsewhere as the system has it. A path that is not
 *        absolute is refused, and no other file is searched for: a library that somebody has left in the working
 *        folder, or in the folder of downloads, is never taken for this one. Of what the library needs itself, Windows
 *        takes the system's alone.
 *
 * Returns a result, to be given to qls_result_free(); never NULL. Its status is one of
 *   QLS_OK               the library is loaded, now or by an earlier call with the same path,
 *   QLS_CONFIGURATION    it is not. The cause is "library-too-old" where the file has an older interface
 *                        (QLS_ABI_VERSION) than this program was compiled with, and otherwise "library-not-loaded": no
 *                        absolute path, no such file, none that the system can load, another library than this one, or
 *                        another path than that of the library which is loaded already.
 * A newer library serves as well. After a failure it may be called again, with the same path or another.
 * Any thread, also at the same time: but one library is ever used. Blocks while the file is read.
 */
qls_result *qls_load(const char *path);

#ifdef __cplusplus
}
#endif

#endif

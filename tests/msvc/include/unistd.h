/* The programs include it for POSIX systems; here they need nothing of it. */

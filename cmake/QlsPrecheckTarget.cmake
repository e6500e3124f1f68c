# What the installed package (QlsPrecheckConfig.cmake) and the source tree (CMakeLists.txt) share: how the files of the
# library are called, and the target for one of them. The tests use it on Linux, and for Windows with MinGW and clang-cl;
# the part for macOS has not been tried.

# clang links for MSVC by the options of gcc too, and MSVC is not set then.
set(_qls_simulated "${CMAKE_C_SIMULATE_ID}${CMAKE_CXX_SIMULATE_ID}")
if(MSVC OR _qls_simulated MATCHES "MSVC")
    set(QLS_PRECHECK_SHARED qls_precheck.dll)
    set(QLS_PRECHECK_IMPORT qls_precheck.dll.lib)
    set(QLS_PRECHECK_STATIC qls_precheck.lib)
elseif(WIN32)
    set(QLS_PRECHECK_SHARED qls_precheck.dll)
    set(QLS_PRECHECK_IMPORT libqls_precheck.dll.a)
    set(QLS_PRECHECK_STATIC libqls_precheck.a)
elseif(APPLE)
    set(QLS_PRECHECK_SHARED libqls_precheck.dylib)
    set(QLS_PRECHECK_STATIC libqls_precheck.a)
else()
    set(QLS_PRECHECK_SHARED libqls_precheck.so)
    set(QLS_PRECHECK_SONAME libqls_precheck.so.0)
    set(QLS_PRECHECK_STATIC libqls_precheck.a)
endif()

# What a program needs besides the static library: what `rustc --print native-static-libs` prints, less libgcc_s and
# libc. The compiler adds those by itself, and libgcc_s only where the program does not ask for a static one.
if(APPLE)
    # Never tried: the frameworks that hold the system's certificates.
    set(QLS_PRECHECK_NATIVE_LIBRARIES "-framework Security" "-framework CoreFoundation")
else()
    if(WIN32)
        set(_qls_list "${CMAKE_CURRENT_LIST_DIR}/libraries-windows.txt")
    else()
        set(_qls_list "${CMAKE_CURRENT_LIST_DIR}/libraries-linux.txt")
    endif()
    file(STRINGS "${_qls_list}" QLS_PRECHECK_NATIVE_LIBRARIES)
    string(REPLACE " " ";" QLS_PRECHECK_NATIVE_LIBRARIES "${QLS_PRECHECK_NATIVE_LIBRARIES}")
endif()

# qls_precheck_target(shared|static INCLUDE_FOLDER LIBRARY [IMPORT_LIBRARY]) defines QlsPrecheck::shared or
# QlsPrecheck::static. The import library is what is linked where the shared one is a DLL.
function(qls_precheck_target form include_folder library)
    string(TOUPPER ${form} kind)
    add_library(QlsPrecheck::${form} ${kind} IMPORTED)
    set_target_properties(QlsPrecheck::${form} PROPERTIES
        IMPORTED_LOCATION "${library}"
        INTERFACE_INCLUDE_DIRECTORIES "${include_folder}")
    if(form STREQUAL "static")
        set_target_properties(QlsPrecheck::static PROPERTIES
            INTERFACE_LINK_LIBRARIES "${QLS_PRECHECK_NATIVE_LIBRARIES}")
    elseif(WIN32)
        set_target_properties(QlsPrecheck::shared PROPERTIES IMPORTED_IMPLIB "${ARGV3}")
    endif()
endfunction()

# Defines QlsPrecheck::load: the program compiles the file that loads the shared library, and is not linked with it.
function(qls_precheck_load_target include_folder)
    set(source "${include_folder}/qls_precheck_load.c")
    add_library(QlsPrecheck::load INTERFACE IMPORTED)
    set_target_properties(QlsPrecheck::load PROPERTIES
        INTERFACE_INCLUDE_DIRECTORIES "${include_folder}"
        INTERFACE_SOURCES "${source}"
        INTERFACE_LINK_LIBRARIES "${CMAKE_DL_LIBS}")
    get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
    if(NOT "C" IN_LIST languages)
        # CMake would leave a file in C out, without a word.
        set_source_files_properties("${source}" PROPERTIES LANGUAGE CXX)
    endif()
endfunction()

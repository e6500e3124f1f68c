# find_package(QlsPrecheck [COMPONENTS shared static load]) gives QlsPrecheck::shared and QlsPrecheck::static, or the one
# of them that is installed, and QlsPrecheck::load. This file lies in PREFIX/share/cmake/QlsPrecheck, and PREFIX may be moved anywhere.

include("${CMAKE_CURRENT_LIST_DIR}/QlsPrecheckTarget.cmake")
get_filename_component(_qls_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

# The first file that is there of those that a variable names, in a folder below the prefix.
function(_qls_find result)
    if(CMAKE_LIBRARY_ARCHITECTURE)
        set(debian lib/${CMAKE_LIBRARY_ARCHITECTURE})
    endif()
    foreach(folder ${debian} lib64 lib bin)
        foreach(name ${ARGN})
            if(EXISTS "${_qls_prefix}/${folder}/${name}")
                set(${result} "${_qls_prefix}/${folder}/${name}" PARENT_SCOPE)
                return()
            endif()
        endforeach()
    endforeach()
    set(${result} "" PARENT_SCOPE)
endfunction()

_qls_find(_qls_shared ${QLS_PRECHECK_SHARED})
_qls_find(_qls_static ${QLS_PRECHECK_STATIC})
# cargo-c leaves out the "lib" of MinGW's import libraries.
_qls_find(_qls_import ${QLS_PRECHECK_IMPORT} qls_precheck.dll.a)
if(WIN32 AND NOT _qls_import)
    set(_qls_shared "")
endif()
# What is copied or installed with a program has to be the file, not a link to it.
while(IS_SYMLINK "${_qls_shared}")
    get_filename_component(_qls_folder "${_qls_shared}" DIRECTORY)
    file(READ_SYMLINK "${_qls_shared}" _qls_shared)
    get_filename_component(_qls_shared "${_qls_shared}" ABSOLUTE BASE_DIR "${_qls_folder}")
endwhile()

foreach(_qls_form shared static)
    if(_qls_${_qls_form})
        set(QlsPrecheck_${_qls_form}_FOUND TRUE)
        if(NOT TARGET QlsPrecheck::${_qls_form})
            qls_precheck_target(${_qls_form} "${_qls_prefix}/include" "${_qls_${_qls_form}}" "${_qls_import}")
            if(_qls_form STREQUAL "shared" AND NOT WIN32 AND NOT APPLE)
                # By this name a program asks for it: whoever installs the target for a program installs this file too.
                set_target_properties(QlsPrecheck::shared PROPERTIES IMPORTED_SONAME "${QLS_PRECHECK_SONAME}")
            endif()
        endif()
    else()
        set(QlsPrecheck_${_qls_form}_FOUND FALSE)
    endif()
endforeach()

# It needs no library before the program runs.
set(QlsPrecheck_load_FOUND TRUE)
if(NOT TARGET QlsPrecheck::load)
    qls_precheck_load_target("${_qls_prefix}/include")
endif()

set(QlsPrecheck_FOUND TRUE)
if(NOT _qls_shared AND NOT _qls_static)
    set(QlsPrecheck_FOUND FALSE)
    set(QlsPrecheck_NOT_FOUND_MESSAGE "There is no library below ${_qls_prefix} for the system that is compiled for.")
endif()
foreach(_qls_form ${QlsPrecheck_FIND_COMPONENTS})
    if(NOT QlsPrecheck_${_qls_form}_FOUND AND QlsPrecheck_FIND_REQUIRED_${_qls_form})
        set(QlsPrecheck_FOUND FALSE)
        set(QlsPrecheck_NOT_FOUND_MESSAGE "There is no ${_qls_form} library below ${_qls_prefix}.")
    endif()
endforeach()

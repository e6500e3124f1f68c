/* The Internet Options of a test program: in a registry key that replaces the user's in this process only. Include
 * expect.h first.
 */
#ifndef INTERNET_OPTIONS_H
#define INTERNET_OPTIONS_H

#include <windows.h>

#define SETTINGS "Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings"

static HKEY settings;
static char settings_stand_in[64];

static inline void set_text(const char *name, const char *text)
{
    if (text == NULL) {
        RegDeleteValueA(settings, name);
    } else {
        require(RegSetValueExA(settings, name, 0, REG_SZ, (const BYTE *)text, (DWORD)strlen(text) + 1) == 0, name);
    }
}

static inline void set_number(const char *name, DWORD number)
{
    require(RegSetValueExA(settings, name, 0, REG_DWORD, (const BYTE *)&number, sizeof number) == 0, name);
}

/* Whether the network is asked for a script, as Windows' own programs write it. */
static inline void set_detection(int on)
{
    BYTE value[56] = {0x46, 0, 0, 0, 1, 0, 0, 0, 1};
    HKEY connections;

    value[8] |= on ? 8 : 0;
    require(RegCreateKeyA(settings, "Connections", &connections) == 0, "RegCreateKey");
    require(RegSetValueExA(connections, "DefaultConnectionSettings", 0, REG_BINARY, value, sizeof value) == 0,
            "DefaultConnectionSettings");
    RegCloseKey(connections);
}

/* No proxy, and no detection, which would ask the real network. */
static inline void settings_begin(void)
{
    HKEY user;

    /* The same program may run more than once at a time. */
    snprintf(settings_stand_in, sizeof settings_stand_in, "Software\\qls-precheck-test-%lu", GetCurrentProcessId());
    require(RegCreateKeyA(HKEY_CURRENT_USER, settings_stand_in, &user) == 0, "RegCreateKey");
    require(RegOverridePredefKey(HKEY_CURRENT_USER, user) == 0, "RegOverridePredefKey");
    require(RegCreateKeyA(HKEY_CURRENT_USER, SETTINGS, &settings) == 0, "RegCreateKey");
    RegCloseKey(user);
    set_detection(0);
}

static inline void settings_end(void)
{
    RegCloseKey(settings);
    require(RegOverridePredefKey(HKEY_CURRENT_USER, NULL) == 0, "RegOverridePredefKey");
    RegDeleteTreeA(HKEY_CURRENT_USER, settings_stand_in);
}

#endif

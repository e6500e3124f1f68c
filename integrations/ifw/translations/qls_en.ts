<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>InstallerCheck</name>
    <message numerus="yes">
        <source>%n component(s) are not offered: only an installer checks their licenses.</source>
        <translation>
            <numerusform>%n component is not offered: only an installer checks its license.</numerusform>
            <numerusform>%n components are not offered: only an installer checks their licenses.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %n more; the log says why.</source>
        <translation>
            <numerusform>And %n more; the log says why.</numerusform>
            <numerusform>And %n more; the log says why.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LicenseReport</name>
    <message numerus="yes">
        <source>A license server will be asked. It learns from your token who you are, and it is told about %n component(s) of this installer.</source>
        <translation>
            <numerusform>A license server will be asked. It learns from your token who you are, and it is told about %n component of this installer.</numerusform>
            <numerusform>A license server will be asked. It learns from your token who you are, and it is told about %n components of this installer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n component(s) are covered by your licenses.</source>
        <translation>
            <numerusform>%1 of %n component is covered by your licenses.</numerusform>
            <numerusform>%1 of %n components are covered by your licenses.</numerusform>
        </translation>
    </message>
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>FailureTexts</name>
    <message>
        <source>Your token cannot be used.</source>
        <translation>Ihr Token kann nicht verwendet werden.</translation>
    </message>
    <message>
        <source>There is no token with which the license server can be asked.</source>
        <translation>Es gibt kein Token, mit dem der Lizenzserver gefragt werden kann.</translation>
    </message>
    <message>
        <source>A setting cannot be used on this computer.</source>
        <translation>Eine Einstellung kann auf diesem Computer nicht verwendet werden.</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be found.</source>
        <translation>Der Name des Lizenzservers konnte nicht gefunden werden.</translation>
    </message>
    <message>
        <source>The license server could not be reached.</source>
        <translation>Der Lizenzserver ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The proxy did not connect to the license server.</source>
        <translation>Der Proxy hat keine Verbindung zum Lizenzserver hergestellt.</translation>
    </message>
    <message>
        <source>The license server could not be verified.</source>
        <translation>Der Lizenzserver konnte nicht überprüft werden.</translation>
    </message>
    <message>
        <source>No secure connection to the license server could be made.</source>
        <translation>Es konnte keine sichere Verbindung zum Lizenzserver hergestellt werden.</translation>
    </message>
    <message>
        <source>The license server did not answer in time.</source>
        <translation>Der Lizenzserver hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>Die Prüfung wurde gestoppt.</translation>
    </message>
    <message>
        <source>The connection broke before the answer was complete.</source>
        <translation>Die Verbindung brach ab, bevor die Antwort vollständig war.</translation>
    </message>
    <message>
        <source>The license server refused to answer.</source>
        <translation>Der Lizenzserver hat die Antwort verweigert.</translation>
    </message>
    <message>
        <source>The license server did not understand the question.</source>
        <translation>Der Lizenzserver hat die Frage nicht verstanden.</translation>
    </message>
    <message>
        <source>The license server does not accept your token.</source>
        <translation>Der Lizenzserver akzeptiert Ihr Token nicht.</translation>
    </message>
    <message>
        <source>There is no license check at the server&apos;s address.</source>
        <translation>Unter der Adresse des Servers gibt es keine Lizenzprüfung.</translation>
    </message>
    <message>
        <source>The license server has too much to do at the moment.</source>
        <translation>Der Lizenzserver hat im Augenblick zu viel zu tun.</translation>
    </message>
    <message>
        <source>The license server has a problem of its own.</source>
        <translation>Der Lizenzserver hat selbst ein Problem.</translation>
    </message>
    <message>
        <source>The answer is not that of a license server.</source>
        <translation>Die Antwort ist nicht die eines Lizenzservers.</translation>
    </message>
    <message>
        <source>The answer is too large.</source>
        <translation>Die Antwort ist zu groß.</translation>
    </message>
    <message>
        <source>The license server could not be asked: there is a mistake in this installer.</source>
        <translation>Der Lizenzserver konnte nicht gefragt werden: Dieses Installationsprogramm hat einen Fehler.</translation>
    </message>
    <message>
        <source>Sign in to your Qt account, and check again.</source>
        <translation>Melden Sie sich bei Ihrem Qt-Konto an und prüfen Sie noch einmal.</translation>
    </message>
    <message>
        <source>Choose a file that has a token for this server.</source>
        <translation>Wählen Sie eine Datei mit einem Token für diesen Server.</translation>
    </message>
    <message>
        <source>Ask the administrator of this computer for help.</source>
        <translation>Bitten Sie den Administrator dieses Computers um Hilfe.</translation>
    </message>
    <message>
        <source>See whether this computer is connected to the right network, and check again.</source>
        <translation>Sehen Sie nach, ob dieser Computer mit dem richtigen Netzwerk verbunden ist, und prüfen Sie noch einmal.</translation>
    </message>
    <message>
        <source>Close other programs, and check again.</source>
        <translation>Schließen Sie andere Programme und prüfen Sie noch einmal.</translation>
    </message>
    <message>
        <source>Ask whether the server is running, and whether a firewall is in the way.</source>
        <translation>Fragen Sie, ob der Server läuft und ob eine Firewall die Verbindung blockiert.</translation>
    </message>
    <message>
        <source>See whether the proxy is set correctly.</source>
        <translation>Sehen Sie nach, ob der Proxy richtig eingestellt ist.</translation>
    </message>
    <message>
        <source>Sign in to this network, or see whether the user name and the password for the proxy are correct.</source>
        <translation>Melden Sie sich in diesem Netzwerk an, oder sehen Sie nach, ob Benutzername und Passwort für den Proxy stimmen.</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator to let this installer connect to the server.</source>
        <translation>Bitten Sie den Administrator des Netzwerks, dieses Installationsprogramm zum Server durchzulassen.</translation>
    </message>
    <message>
        <source>See whether the date and the time of this computer are correct.</source>
        <translation>Sehen Sie nach, ob Datum und Uhrzeit dieses Computers stimmen.</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator whether encrypted connections are inspected here.</source>
        <translation>Fragen Sie den Administrator des Netzwerks, ob verschlüsselte Verbindungen hier überprüft werden.</translation>
    </message>
    <message>
        <source>Open a browser, sign in to this network, and check again.</source>
        <translation>Öffnen Sie einen Browser, melden Sie sich in diesem Netzwerk an und prüfen Sie noch einmal.</translation>
    </message>
    <message>
        <source>Wait a moment, and check again.</source>
        <translation>Warten Sie einen Moment und prüfen Sie noch einmal.</translation>
    </message>
    <message>
        <source>Check again when you are ready.</source>
        <translation>Prüfen Sie noch einmal, wenn Sie bereit sind.</translation>
    </message>
    <message>
        <source>Ask whoever manages your licenses.</source>
        <translation>Wenden Sie sich an die Person, die Ihre Lizenzen verwaltet.</translation>
    </message>
    <message>
        <source>See whether the server&apos;s address is correct.</source>
        <translation>Sehen Sie nach, ob die Adresse des Servers stimmt.</translation>
    </message>
    <message>
        <source>Report this to whoever runs the license server.</source>
        <translation>Melden Sie dies dem Betreiber des Lizenzservers.</translation>
    </message>
    <message>
        <source>Report this to whoever made this installer.</source>
        <translation>Melden Sie dies dem Hersteller dieses Installationsprogramms.</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>Der Arbeitsspeicher reicht nicht aus.</translation>
    </message>
    <message>
        <source>The license server&apos;s address cannot be used.</source>
        <translation>Die Adresse des Lizenzservers kann nicht verwendet werden.</translation>
    </message>
    <message>
        <source>The proxy setting cannot be used.</source>
        <translation>Die Proxy-Einstellung kann nicht verwendet werden.</translation>
    </message>
    <message>
        <source>The token file cannot be used.</source>
        <translation>Die Token-Datei kann nicht verwendet werden.</translation>
    </message>
    <message>
        <source>The CA certificates cannot be used.</source>
        <translation>Die CA-Zertifikate können nicht verwendet werden.</translation>
    </message>
    <message>
        <source>There are no CA certificates with which the license server could be verified.</source>
        <translation>Es gibt keine CA-Zertifikate, mit denen der Lizenzserver überprüft werden könnte.</translation>
    </message>
    <message>
        <source>A part of this installer could not be loaded.</source>
        <translation>Ein Teil dieses Installationsprogramms konnte nicht geladen werden.</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be looked up.</source>
        <translation>Der Name des Lizenzservers konnte nicht nachgeschlagen werden.</translation>
    </message>
    <message>
        <source>The license server does not allow you to ask it.</source>
        <translation>Der Lizenzserver erlaubt Ihnen die Anfrage nicht.</translation>
    </message>
    <message>
        <source>Your token has expired.</source>
        <translation>Ihr Token ist abgelaufen.</translation>
    </message>
    <message>
        <source>The answer cannot be read.</source>
        <translation>Die Antwort kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>No secure connection to the proxy could be made.</source>
        <translation>Es konnte keine sichere Verbindung zum Proxy hergestellt werden.</translation>
    </message>
    <message>
        <source>The proxy could not be reached.</source>
        <translation>Der Proxy ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>See whether the CA file is the right one.</source>
        <translation>Sehen Sie nach, ob die CA-Datei die richtige ist.</translation>
    </message>
    <message>
        <source>Get the whole installer again, or ask the administrator of this computer for help.</source>
        <translation>Besorgen Sie sich das vollständige Installationsprogramm noch einmal, oder bitten Sie den Administrator dieses Computers um Hilfe.</translation>
    </message>
    <message>
        <source>Its certificate was revoked: do not trust this server, and report this to whoever runs it.</source>
        <translation>Sein Zertifikat wurde widerrufen: Vertrauen Sie diesem Server nicht, und melden Sie dies seinem Betreiber.</translation>
    </message>
    <message>
        <source>Report this to the administrator of this network.</source>
        <translation>Melden Sie dies dem Administrator dieses Netzwerks.</translation>
    </message>
    <message>
        <source>The license server could not be reached, and the script that chooses a proxy could not be asked.</source>
        <translation>Der Lizenzserver ist nicht erreichbar, und das Skript, das einen Proxy auswählt, konnte nicht befragt werden.</translation>
    </message>
</context>
<context>
    <name>GateTexts</name>
    <message>
        <source>The list of packages %1 cannot be used: %2</source>
        <translation>Die Paketliste %1 kann nicht verwendet werden: %2</translation>
    </message>
    <message>
        <source>The token file %1 cannot be used: %2</source>
        <translation>Die Token-Datei %1 kann nicht verwendet werden: %2</translation>
    </message>
    <message>
        <source>The CA file %1 cannot be used: %2</source>
        <translation>Die CA-Datei %1 kann nicht verwendet werden: %2</translation>
    </message>
    <message>
        <source>the token in QT_INSTALLER_JWT_TOKEN</source>
        <translation>dem Token in QT_INSTALLER_JWT_TOKEN</translation>
    </message>
    <message>
        <source>the signed-in Qt account</source>
        <translation>dem angemeldeten Qt-Konto</translation>
    </message>
    <message>
        <source>the token in %1</source>
        <translation>dem Token in %1</translation>
    </message>
    <message>
        <source>its script fails, probably since it expects a package that is left out: %1</source>
        <translation>sein Skript schlägt fehl, vermutlich weil es ein ausgelassenes Paket erwartet: %1</translation>
    </message>
    <message>
        <source>its script fails, since it expects %1, which is left out: %2</source>
        <translation>sein Skript schlägt fehl, weil es %1 erwartet, das ausgelassen wird: %2</translation>
    </message>
    <message>
        <source>its script fails, and mentions %1, which is left out: %2</source>
        <translation>sein Skript schlägt fehl und erwähnt %1, das ausgelassen wird: %2</translation>
    </message>
    <message>
        <source>needs %1, whose script fails</source>
        <translation>benötigt %1, dessen Skript fehlschlägt</translation>
    </message>
    <message>
        <source>needs %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>benötigt %1, dessen Lizenz ein Installationsprogramm prüft, nicht aber ein Wartungsprogramm</translation>
    </message>
    <message>
        <source>needs %1, which your license does not cover</source>
        <translation>benötigt %1, das Ihre Lizenz nicht abdeckt</translation>
    </message>
    <message>
        <source>needs %1, whose license could not be checked</source>
        <translation>benötigt %1, dessen Lizenz nicht geprüft werden konnte</translation>
    </message>
    <message>
        <source>belongs to %1, whose script fails</source>
        <translation>gehört zu %1, dessen Skript fehlschlägt</translation>
    </message>
    <message>
        <source>belongs to %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>gehört zu %1, dessen Lizenz ein Installationsprogramm prüft, nicht aber ein Wartungsprogramm</translation>
    </message>
    <message>
        <source>belongs to %1, which your license does not cover</source>
        <translation>gehört zu %1, das Ihre Lizenz nicht abdeckt</translation>
    </message>
    <message>
        <source>belongs to %1, whose license could not be checked</source>
        <translation>gehört zu %1, dessen Lizenz nicht geprüft werden konnte</translation>
    </message>
    <message>
        <source>%1 (built %2)</source>
        <translation>%1 (vom %2)</translation>
    </message>
    <message>
        <source>your license does not cover %1, says %2 for %3</source>
        <translation>Ihre Lizenz deckt %1 nicht ab (Auskunft von %2, gefragt mit %3)</translation>
    </message>
    <message>
        <source>%2 said nothing about %1 when asked with %3</source>
        <translation>%2 sagte nichts über %1 (gefragt mit %3)</translation>
    </message>
    <message>
        <source>the license for %1 was not checked, since the package came from elsewhere later</source>
        <translation>die Lizenz für %1 wurde nicht geprüft, weil das Paket später von anderswo kam</translation>
    </message>
    <message>
        <source>it needs a license for %1, which an installer checks, and a maintenance tool does not</source>
        <translation>benötigt eine Lizenz für %1, die ein Installationsprogramm prüft, nicht aber ein Wartungsprogramm</translation>
    </message>
    <message>
        <source>the license for %1 could not be checked</source>
        <translation>die Lizenz für %1 konnte nicht geprüft werden</translation>
    </message>
</context>
<context>
    <name>InstallerCheck</name>
    <message>
        <source>This installer&apos;s license check is set up wrongly: %1</source>
        <translation>Die Lizenzprüfung dieses Installationsprogramms ist falsch eingerichtet: %1</translation>
    </message>
    <message>
        <source>%1 cannot be installed: %2</source>
        <translation>%1 kann nicht installiert werden: %2</translation>
    </message>
    <message>
        <source>%1 is left out: %2</source>
        <translation>%1 wird ausgelassen: %2</translation>
    </message>
    <message>
        <source>%1 is not chosen by default: its script decides that, and mentions %2, which is left out</source>
        <translation>%1 ist nicht vorausgewählt: Darüber entscheidet sein Skript, und es erwähnt %2, das ausgelassen wird</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) are not offered: only an installer checks their licenses.</source>
        <translation>
            <numerusform>%n Komponente wird nicht angeboten: Nur ein Installationsprogramm prüft ihre Lizenz.</numerusform>
            <numerusform>%n Komponenten werden nicht angeboten: Nur ein Installationsprogramm prüft ihre Lizenzen.</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no updates that can be installed.</source>
        <translation>Es gibt keine Aktualisierungen, die installiert werden können.</translation>
    </message>
    <message>
        <source>%1 is not offered: %2</source>
        <translation>%1 wird nicht angeboten: %2</translation>
    </message>
    <message numerus="yes">
        <source>And %n more; the log says why.</source>
        <translation>
            <numerusform>Und %n weitere; warum, steht im Protokoll.</numerusform>
            <numerusform>Und %n weitere; warum, steht im Protokoll.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your licenses could not be checked: %1</source>
        <translation>Ihre Lizenzen konnten nicht geprüft werden: %1</translation>
    </message>
</context>
<context>
    <name>LicenseList</name>
    <message>
        <source>Licenses</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>License</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>Gültigkeit</translation>
    </message>
    <message>
        <source>This license names nothing in this installer.</source>
        <translation>Diese Lizenz nennt nichts aus diesem Installationsprogramm.</translation>
    </message>
    <message>
        <source>This license names: %1</source>
        <translation>Diese Lizenz nennt: %1</translation>
    </message>
    <message>
        <source>Manage licenses</source>
        <translation>Lizenzen verwalten</translation>
    </message>
    <message>
        <source>Contact sales</source>
        <translation>Vertrieb kontaktieren</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>Support</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>kind of contact, address</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>LicensePage</name>
    <message>
        <source>License Check</source>
        <translation>Lizenzprüfung</translation>
    </message>
</context>
<context>
    <name>LicenseReport</name>
    <message>
        <source>Which components do your licenses cover?</source>
        <translation>Welche Komponenten decken Ihre Lizenzen ab?</translation>
    </message>
    <message numerus="yes">
        <source>A license server will be asked. It learns from your token who you are, and it is told about %n component(s) of this installer.</source>
        <translation>
            <numerusform>Dazu wird ein Lizenzserver befragt. Durch Ihr Token erfährt er, wer Sie sind, und er erhält Angaben zu %n Komponente.</numerusform>
            <numerusform>Dazu wird ein Lizenzserver befragt. Durch Ihr Token erfährt er, wer Sie sind, und er erhält Angaben zu %n Komponenten.</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking which components your licenses cover...</source>
        <translation>Es wird geprüft, welche Komponenten Ihre Lizenzen abdecken...</translation>
    </message>
    <message>
        <source>Without an answer, components that need a license cannot be installed.</source>
        <translation>Ohne Antwort können Komponenten, die eine Lizenz benötigen, nicht installiert werden.</translation>
    </message>
    <message>
        <source>Without an answer nothing can be installed.</source>
        <translation>Ohne Antwort kann nichts installiert werden.</translation>
    </message>
    <message>
        <source>Nothing can be installed.</source>
        <translation>Es kann nichts installiert werden.</translation>
    </message>
    <message>
        <source>There is a mistake in this installer, or in how it was started.</source>
        <translation>Dieses Installationsprogramm hat einen Fehler, oder es wurde falsch gestartet.</translation>
    </message>
    <message>
        <source>Your licenses could not be checked again: %1 The earlier answer counts.</source>
        <translation>Ihre Lizenzen konnten nicht erneut geprüft werden: %1 Die frühere Antwort gilt.</translation>
    </message>
    <message>
        <source>Components that need a license are left out: your licenses could not be checked.</source>
        <translation>Komponenten, die eine Lizenz brauchen, sind ausgelassen: Ihre Lizenzen konnten nicht geprüft werden.</translation>
    </message>
    <message>
        <source>Your licenses cover all components that need one.</source>
        <translation>Ihre Lizenzen decken alle Komponenten ab, die eine benötigen.</translation>
    </message>
    <message>
        <source>None of the components that need a license is covered by your licenses.</source>
        <translation>Ihre Lizenzen decken keine der Komponenten ab, die eine Lizenz benötigen.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n component(s) are covered by your licenses.</source>
        <translation>
            <numerusform>Ihre Lizenzen decken %1 von %n Komponente ab.</numerusform>
            <numerusform>Ihre Lizenzen decken %1 von %n Komponenten ab.</numerusform>
        </translation>
    </message>
    <message>
        <source>Server: %1, with %2</source>
        <translation>Server: %1, mit %2</translation>
    </message>
    <message>
        <source>Server: %1, with %2, for the user %3</source>
        <translation>Server: %1, mit %2, für den Benutzer %3</translation>
    </message>
    <message>
        <source>Not covered by your licenses</source>
        <translation>Nicht durch Ihre Lizenzen abgedeckt</translation>
    </message>
    <message>
        <source>The server said nothing about these</source>
        <translation>Darüber hat der Server nichts gesagt</translation>
    </message>
    <message>
        <source>The server is asked about these</source>
        <translation>Zu diesen wird der Server befragt</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>Their scripts expect something that is left out</source>
        <translation>Deren Skripte erwarten etwas, das ausgelassen wird</translation>
    </message>
    <message>
        <source>Covered by your licenses</source>
        <translation>Durch Ihre Lizenzen abgedeckt</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>Abgedeckt</translation>
    </message>
    <message>
        <source>Not covered</source>
        <translation>Nicht abgedeckt</translation>
    </message>
    <message>
        <source>no end date</source>
        <translation>unbefristet</translation>
    </message>
    <message>
        <source>for builds until %1</source>
        <translation>für Builds bis %1</translation>
    </message>
    <message>
        <source>expired on %1</source>
        <translation>abgelaufen am %1</translation>
    </message>
    <message>
        <source>valid until %1</source>
        <translation>gültig bis %1</translation>
    </message>
</context>
<context>
    <name>LicenseTree</name>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Komponenten</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>Komponente</translation>
    </message>
    <message>
        <source>License</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>title of a group, number of components</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>component, reason</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>LicenseView</name>
    <message>
        <source>Waiting for the license server</source>
        <translation>Warten auf den Lizenzserver</translation>
    </message>
    <message>
        <source>What happened in detail</source>
        <translation>Was im Einzelnen geschah</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Komponenten</translation>
    </message>
    <message>
        <source>Licenses</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>Noch einmal &amp;prüfen</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>St&amp;oppen</translation>
    </message>
    <message>
        <source>Choose &amp;token file...</source>
        <translation>&amp;Token-Datei wählen...</translation>
    </message>
    <message>
        <source>Copy &amp;details</source>
        <translation>&amp;Details kopieren</translation>
    </message>
    <message>
        <source>Continue &amp;without them</source>
        <translation>&amp;Ohne sie fortfahren</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>Jetzt &amp;prüfen</translation>
    </message>
    <message>
        <source>Choose Token File</source>
        <translation>Token-Datei wählen</translation>
    </message>
    <message>
        <source>&amp;Details copied</source>
        <translation>&amp;Details kopiert</translation>
    </message>
</context>
<context>
    <name>LinkedLibrary</name>
    <message>
        <source>The maintenance tool will not start, so that nothing can be removed with it: %1 cannot be copied to %2: %3. Copy this file there yourself.</source>
        <translation>Das Wartungsprogramm wird nicht starten, sodass damit nichts entfernt werden kann: %1 kann nicht nach %2 kopiert werden: %3. Kopieren Sie diese Datei selbst dorthin.</translation>
    </message>
    <message>
        <source>License Check</source>
        <translation>Lizenzprüfung</translation>
    </message>
</context>
</TS>

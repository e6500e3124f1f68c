<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pl">
<context>
    <name>FailureTexts</name>
    <message>
        <source>Your token cannot be used.</source>
        <translation>Nie można użyć Twojego tokenu.</translation>
    </message>
    <message>
        <source>There is no token with which the license server can be asked.</source>
        <translation>Nie ma tokenu, z którym można zapytać serwer licencji.</translation>
    </message>
    <message>
        <source>A setting cannot be used on this computer.</source>
        <translation>Pewnego ustawienia nie można użyć na tym komputerze.</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be found.</source>
        <translation>Nie znaleziono nazwy serwera licencji.</translation>
    </message>
    <message>
        <source>The license server could not be reached.</source>
        <translation>Nie udało się połączyć z serwerem licencji.</translation>
    </message>
    <message>
        <source>The proxy did not connect to the license server.</source>
        <translation>Serwer proxy nie połączył się z serwerem licencji.</translation>
    </message>
    <message>
        <source>The license server could not be verified.</source>
        <translation>Nie udało się zweryfikować serwera licencji.</translation>
    </message>
    <message>
        <source>No secure connection to the license server could be made.</source>
        <translation>Nie udało się nawiązać bezpiecznego połączenia z serwerem licencji.</translation>
    </message>
    <message>
        <source>The license server did not answer in time.</source>
        <translation>Serwer licencji nie odpowiedział na czas.</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>Sprawdzanie zostało zatrzymane.</translation>
    </message>
    <message>
        <source>The connection broke before the answer was complete.</source>
        <translation>Połączenie zostało przerwane, zanim odpowiedź była kompletna.</translation>
    </message>
    <message>
        <source>The license server refused to answer.</source>
        <translation>Serwer licencji odmówił odpowiedzi.</translation>
    </message>
    <message>
        <source>The license server did not understand the question.</source>
        <translation>Serwer licencji nie zrozumiał pytania.</translation>
    </message>
    <message>
        <source>The license server does not accept your token.</source>
        <translation>Serwer licencji nie przyjmuje Twojego tokenu.</translation>
    </message>
    <message>
        <source>There is no license check at the server&apos;s address.</source>
        <translation>Pod adresem serwera nie ma sprawdzania licencji.</translation>
    </message>
    <message>
        <source>The license server has too much to do at the moment.</source>
        <translation>Serwer licencji ma w tej chwili zbyt dużo pracy.</translation>
    </message>
    <message>
        <source>The license server has a problem of its own.</source>
        <translation>Serwer licencji sam ma problem.</translation>
    </message>
    <message>
        <source>The answer is not that of a license server.</source>
        <translation>To nie jest odpowiedź serwera licencji.</translation>
    </message>
    <message>
        <source>The answer is too large.</source>
        <translation>Odpowiedź jest zbyt duża.</translation>
    </message>
    <message>
        <source>The license server could not be asked: there is a mistake in this installer.</source>
        <translation>Nie udało się zapytać serwera licencji: w tym instalatorze jest błąd.</translation>
    </message>
    <message>
        <source>Sign in to your Qt account, and check again.</source>
        <translation>Zaloguj się na swoje konto Qt i sprawdź jeszcze raz.</translation>
    </message>
    <message>
        <source>Choose a file that has a token for this server.</source>
        <translation>Wybierz plik z tokenem dla tego serwera.</translation>
    </message>
    <message>
        <source>Ask the administrator of this computer for help.</source>
        <translation>Poproś o pomoc administratora tego komputera.</translation>
    </message>
    <message>
        <source>See whether this computer is connected to the right network, and check again.</source>
        <translation>Sprawdź, czy ten komputer jest połączony z właściwą siecią, i powtórz sprawdzanie.</translation>
    </message>
    <message>
        <source>Close other programs, and check again.</source>
        <translation>Zamknij inne programy i sprawdź jeszcze raz.</translation>
    </message>
    <message>
        <source>Ask whether the server is running, and whether a firewall is in the way.</source>
        <translation>Zapytaj, czy serwer działa i czy nie przeszkadza zapora sieciowa.</translation>
    </message>
    <message>
        <source>See whether the proxy is set correctly.</source>
        <translation>Sprawdź, czy serwer proxy jest poprawnie ustawiony.</translation>
    </message>
    <message>
        <source>Sign in to this network, or see whether the user name and the password for the proxy are correct.</source>
        <translation>Zaloguj się do tej sieci albo sprawdź, czy nazwa użytkownika i hasło serwera proxy są poprawne.</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator to let this installer connect to the server.</source>
        <translation>Poproś administratora sieci, aby pozwolił temu instalatorowi połączyć się z serwerem.</translation>
    </message>
    <message>
        <source>See whether the date and the time of this computer are correct.</source>
        <translation>Sprawdź, czy data i godzina na tym komputerze są poprawne.</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator whether encrypted connections are inspected here.</source>
        <translation>Zapytaj administratora sieci, czy szyfrowane połączenia są tu kontrolowane.</translation>
    </message>
    <message>
        <source>Open a browser, sign in to this network, and check again.</source>
        <translation>Otwórz przeglądarkę, zaloguj się do tej sieci i sprawdź jeszcze raz.</translation>
    </message>
    <message>
        <source>Wait a moment, and check again.</source>
        <translation>Poczekaj chwilę i sprawdź jeszcze raz.</translation>
    </message>
    <message>
        <source>Check again when you are ready.</source>
        <translation>Sprawdź jeszcze raz, kiedy zechcesz.</translation>
    </message>
    <message>
        <source>Ask whoever manages your licenses.</source>
        <translation>Zapytaj osobę, która zarządza Twoimi licencjami.</translation>
    </message>
    <message>
        <source>See whether the server&apos;s address is correct.</source>
        <translation>Sprawdź, czy adres serwera jest poprawny.</translation>
    </message>
    <message>
        <source>Report this to whoever runs the license server.</source>
        <translation>Zgłoś to osobie, która prowadzi serwer licencji.</translation>
    </message>
    <message>
        <source>Report this to whoever made this installer.</source>
        <translation>Zgłoś to twórcy tego instalatora.</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>Brakuje pamięci.</translation>
    </message>
    <message>
        <source>The license server&apos;s address cannot be used.</source>
        <translation>Nie można użyć adresu serwera licencji.</translation>
    </message>
    <message>
        <source>The proxy setting cannot be used.</source>
        <translation>Nie można użyć ustawienia serwera proxy.</translation>
    </message>
    <message>
        <source>The token file cannot be used.</source>
        <translation>Nie można użyć pliku tokenu.</translation>
    </message>
    <message>
        <source>The CA certificates cannot be used.</source>
        <translation>Nie można użyć certyfikatów urzędów certyfikacji.</translation>
    </message>
    <message>
        <source>There are no CA certificates with which the license server could be verified.</source>
        <translation>Nie ma certyfikatów urzędów certyfikacji, którymi można by zweryfikować serwer licencji.</translation>
    </message>
    <message>
        <source>A part of this installer could not be loaded.</source>
        <translation>Nie udało się wczytać części tego instalatora.</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be looked up.</source>
        <translation>Nie udało się sprawdzić nazwy serwera licencji.</translation>
    </message>
    <message>
        <source>The license server does not allow you to ask it.</source>
        <translation>Serwer licencji nie pozwala Ci na to zapytanie.</translation>
    </message>
    <message>
        <source>Your token has expired.</source>
        <translation>Twój token wygasł.</translation>
    </message>
    <message>
        <source>The answer cannot be read.</source>
        <translation>Nie można odczytać odpowiedzi.</translation>
    </message>
    <message>
        <source>No secure connection to the proxy could be made.</source>
        <translation>Nie udało się nawiązać bezpiecznego połączenia z serwerem proxy.</translation>
    </message>
    <message>
        <source>The proxy could not be reached.</source>
        <translation>Nie udało się połączyć z serwerem proxy.</translation>
    </message>
    <message>
        <source>See whether the CA file is the right one.</source>
        <translation>Sprawdź, czy plik urzędów certyfikacji jest właściwy.</translation>
    </message>
    <message>
        <source>Get the whole installer again, or ask the administrator of this computer for help.</source>
        <translation>Pobierz cały instalator jeszcze raz albo poproś o pomoc administratora tego komputera.</translation>
    </message>
    <message>
        <source>Its certificate was revoked: do not trust this server, and report this to whoever runs it.</source>
        <translation>Jego certyfikat został unieważniony: nie ufaj temu serwerowi i zgłoś to osobie, która go prowadzi.</translation>
    </message>
    <message>
        <source>Report this to the administrator of this network.</source>
        <translation>Zgłoś to administratorowi tej sieci.</translation>
    </message>
    <message>
        <source>The license server could not be reached, and the script that chooses a proxy could not be asked.</source>
        <translation>Nie udało się połączyć z serwerem licencji ani odpytać skryptu, który wybiera serwer proxy.</translation>
    </message>
</context>
<context>
    <name>GateTexts</name>
    <message>
        <source>The list of packages %1 cannot be used: %2</source>
        <translation>Nie można użyć listy pakietów %1: %2</translation>
    </message>
    <message>
        <source>The token file %1 cannot be used: %2</source>
        <translation>Nie można użyć pliku tokenu %1: %2</translation>
    </message>
    <message>
        <source>The CA file %1 cannot be used: %2</source>
        <translation>Nie można użyć pliku urzędów certyfikacji %1: %2</translation>
    </message>
    <message>
        <source>the token in QT_INSTALLER_JWT_TOKEN</source>
        <translation>token z QT_INSTALLER_JWT_TOKEN</translation>
    </message>
    <message>
        <source>the signed-in Qt account</source>
        <translation>zalogowane konto Qt</translation>
    </message>
    <message>
        <source>the token in %1</source>
        <translation>token z %1</translation>
    </message>
    <message>
        <source>its script fails, probably since it expects a package that is left out: %1</source>
        <translation>jego skrypt kończy się błędem, prawdopodobnie dlatego, że oczekuje pominiętego pakietu: %1</translation>
    </message>
    <message>
        <source>its script fails, since it expects %1, which is left out: %2</source>
        <translation>jego skrypt kończy się błędem, ponieważ oczekuje %1, który jest pominięty: %2</translation>
    </message>
    <message>
        <source>its script fails, and mentions %1, which is left out: %2</source>
        <translation>jego skrypt kończy się błędem i wymienia %1, który jest pominięty: %2</translation>
    </message>
    <message>
        <source>needs %1, whose script fails</source>
        <translation>wymaga %1, którego skrypt kończy się błędem</translation>
    </message>
    <message>
        <source>needs %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>wymaga %1, którego licencję sprawdza instalator, a narzędzie do konserwacji nie</translation>
    </message>
    <message>
        <source>needs %1, which your license does not cover</source>
        <translation>wymaga %1, którego Twoja licencja nie obejmuje</translation>
    </message>
    <message>
        <source>needs %1, whose license could not be checked</source>
        <translation>wymaga %1, którego licencji nie udało się sprawdzić</translation>
    </message>
    <message>
        <source>belongs to %1, whose script fails</source>
        <translation>należy do %1, którego skrypt kończy się błędem</translation>
    </message>
    <message>
        <source>belongs to %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>należy do %1, którego licencję sprawdza instalator, a narzędzie do konserwacji nie</translation>
    </message>
    <message>
        <source>belongs to %1, which your license does not cover</source>
        <translation>należy do %1, którego Twoja licencja nie obejmuje</translation>
    </message>
    <message>
        <source>belongs to %1, whose license could not be checked</source>
        <translation>należy do %1, którego licencji nie udało się sprawdzić</translation>
    </message>
    <message>
        <source>%1 (built %2)</source>
        <translation>%1 (z %2)</translation>
    </message>
    <message>
        <source>your license does not cover %1, says %2 for %3</source>
        <translation>Twoja licencja nie obejmuje %1 (odpowiedź %2; użyto: %3)</translation>
    </message>
    <message>
        <source>%2 said nothing about %1 when asked with %3</source>
        <translation>%2 nie podał nic o %1 (użyto: %3)</translation>
    </message>
    <message>
        <source>the license for %1 was not checked, since the package came from elsewhere later</source>
        <translation>licencja na %1 nie została sprawdzona, ponieważ pakiet nadszedł później skądinąd</translation>
    </message>
    <message>
        <source>it needs a license for %1, which an installer checks, and a maintenance tool does not</source>
        <translation>wymaga licencji na %1, którą sprawdza instalator, a narzędzie do konserwacji nie</translation>
    </message>
    <message>
        <source>the license for %1 could not be checked</source>
        <translation>nie udało się sprawdzić licencji na %1</translation>
    </message>
</context>
<context>
    <name>InstallerCheck</name>
    <message>
        <source>This installer&apos;s license check is set up wrongly: %1</source>
        <translation>Sprawdzanie licencji w tym instalatorze jest błędnie ustawione: %1</translation>
    </message>
    <message>
        <source>%1 cannot be installed: %2</source>
        <translation>Nie można zainstalować %1: %2</translation>
    </message>
    <message>
        <source>%1 is left out: %2</source>
        <translation>Pominięto %1: %2</translation>
    </message>
    <message>
        <source>%1 is not chosen by default: its script decides that, and mentions %2, which is left out</source>
        <translation>%1 nie jest wybrany domyślnie: decyduje o tym jego skrypt, który wymienia %2, a ten jest pominięty</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) are not offered: only an installer checks their licenses.</source>
        <translation>
            <numerusform>%n komponent nie jest oferowany: jego licencję sprawdza tylko instalator.</numerusform>
            <numerusform>%n komponenty nie są oferowane: ich licencje sprawdza tylko instalator.</numerusform>
            <numerusform>%n komponentów nie jest oferowanych: ich licencje sprawdza tylko instalator.</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no updates that can be installed.</source>
        <translation>Nie ma aktualizacji, które można zainstalować.</translation>
    </message>
    <message>
        <source>%1 is not offered: %2</source>
        <translation>%1 nie jest oferowany: %2</translation>
    </message>
    <message numerus="yes">
        <source>And %n more; the log says why.</source>
        <translation>
            <numerusform>I jeszcze %n; powód jest w dzienniku.</numerusform>
            <numerusform>I jeszcze %n; powody są w dzienniku.</numerusform>
            <numerusform>I jeszcze %n; powody są w dzienniku.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your licenses could not be checked: %1</source>
        <translation>Nie udało się sprawdzić Twoich licencji: %1</translation>
    </message>
</context>
<context>
    <name>LicenseList</name>
    <message>
        <source>Licenses</source>
        <translation>Licencje</translation>
    </message>
    <message>
        <source>License</source>
        <translation>Licencja</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>Ważność</translation>
    </message>
    <message>
        <source>This license names nothing in this installer.</source>
        <translation>Ta licencja nie wymienia niczego z tego instalatora.</translation>
    </message>
    <message>
        <source>This license names: %1</source>
        <translation>Ta licencja wymienia: %1</translation>
    </message>
    <message>
        <source>Manage licenses</source>
        <translation>Zarządzaj licencjami</translation>
    </message>
    <message>
        <source>Contact sales</source>
        <translation>Kontakt ze sprzedażą</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>Pomoc techniczna</translation>
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
        <translation>Sprawdzanie licencji</translation>
    </message>
</context>
<context>
    <name>LicenseReport</name>
    <message>
        <source>Which components do your licenses cover?</source>
        <translation>Które komponenty obejmują Twoje licencje?</translation>
    </message>
    <message numerus="yes">
        <source>A license server will be asked. It learns from your token who you are, and it is told about %n component(s) of this installer.</source>
        <translation>
            <numerusform>O to zostanie zapytany serwer licencji. Z tokenu dowie się, kim jesteś, i otrzyma dane %n komponentu.</numerusform>
            <numerusform>O to zostanie zapytany serwer licencji. Z tokenu dowie się, kim jesteś, i otrzyma dane %n komponentów.</numerusform>
            <numerusform>O to zostanie zapytany serwer licencji. Z tokenu dowie się, kim jesteś, i otrzyma dane %n komponentów.</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking which components your licenses cover...</source>
        <translation>Sprawdzanie, które komponenty obejmują Twoje licencje...</translation>
    </message>
    <message>
        <source>Without an answer, components that need a license cannot be installed.</source>
        <translation>Bez odpowiedzi nie można zainstalować komponentów, które wymagają licencji.</translation>
    </message>
    <message>
        <source>Without an answer nothing can be installed.</source>
        <translation>Bez odpowiedzi nie można niczego zainstalować.</translation>
    </message>
    <message>
        <source>Nothing can be installed.</source>
        <translation>Nie można niczego zainstalować.</translation>
    </message>
    <message>
        <source>There is a mistake in this installer, or in how it was started.</source>
        <translation>Jest błąd w tym instalatorze albo w sposobie jego uruchomienia.</translation>
    </message>
    <message>
        <source>Your licenses could not be checked again: %1 The earlier answer counts.</source>
        <translation>Nie udało się ponownie sprawdzić Twoich licencji: %1 Obowiązuje wcześniejsza odpowiedź.</translation>
    </message>
    <message>
        <source>Components that need a license are left out: your licenses could not be checked.</source>
        <translation>Składniki wymagające licencji są pominięte: nie udało się sprawdzić Twoich licencji.</translation>
    </message>
    <message>
        <source>Your licenses cover all components that need one.</source>
        <translation>Twoje licencje obejmują wszystkie komponenty, które ich wymagają.</translation>
    </message>
    <message>
        <source>None of the components that need a license is covered by your licenses.</source>
        <translation>Twoje licencje nie obejmują żadnego z komponentów, które wymagają licencji.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n component(s) are covered by your licenses.</source>
        <translation>
            <numerusform>Twoje licencje obejmują %1 z %n komponentu.</numerusform>
            <numerusform>Twoje licencje obejmują %1 z %n komponentów.</numerusform>
            <numerusform>Twoje licencje obejmują %1 z %n komponentów.</numerusform>
        </translation>
    </message>
    <message>
        <source>Server: %1, with %2</source>
        <translation>Serwer: %1, za pomocą: %2</translation>
    </message>
    <message>
        <source>Server: %1, with %2, for the user %3</source>
        <translation>Serwer: %1, za pomocą: %2, użytkownik: %3</translation>
    </message>
    <message>
        <source>Not covered by your licenses</source>
        <translation>Nieobjęte Twoimi licencjami</translation>
    </message>
    <message>
        <source>The server said nothing about these</source>
        <translation>Serwer nic o nich nie powiedział</translation>
    </message>
    <message>
        <source>The server is asked about these</source>
        <translation>O nie pytany jest serwer</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Niesprawdzone</translation>
    </message>
    <message>
        <source>Their scripts expect something that is left out</source>
        <translation>Ich skrypty oczekują czegoś, co jest pominięte</translation>
    </message>
    <message>
        <source>Covered by your licenses</source>
        <translation>Objęte Twoimi licencjami</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Pominięty</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Nieznany</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>Objęty</translation>
    </message>
    <message>
        <source>Not covered</source>
        <translation>Nieobjęty</translation>
    </message>
    <message>
        <source>no end date</source>
        <translation>bezterminowo</translation>
    </message>
    <message>
        <source>for builds until %1</source>
        <translation>dla kompilacji do %1</translation>
    </message>
    <message>
        <source>expired on %1</source>
        <translation>wygasła %1</translation>
    </message>
    <message>
        <source>valid until %1</source>
        <translation>ważna do %1</translation>
    </message>
</context>
<context>
    <name>LicenseTree</name>
    <message>
        <source>Filter</source>
        <translation>Filtr</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Komponenty</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>Komponent</translation>
    </message>
    <message>
        <source>License</source>
        <translation>Licencja</translation>
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
        <translation>Oczekiwanie na serwer licencji</translation>
    </message>
    <message>
        <source>What happened in detail</source>
        <translation>Szczegóły zdarzenia</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Komponenty</translation>
    </message>
    <message>
        <source>Licenses</source>
        <translation>Licencje</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>Sprawdź &amp;ponownie</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>&amp;Zatrzymaj</translation>
    </message>
    <message>
        <source>Choose &amp;token file...</source>
        <translation>Wybierz plik &amp;tokenu...</translation>
    </message>
    <message>
        <source>Copy &amp;details</source>
        <translation>Kopiuj &amp;szczegóły</translation>
    </message>
    <message>
        <source>Continue &amp;without them</source>
        <translation>Kontynuuj &amp;bez nich</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>&amp;Sprawdź teraz</translation>
    </message>
    <message>
        <source>Choose Token File</source>
        <translation>Wybierz plik tokenu</translation>
    </message>
    <message>
        <source>&amp;Details copied</source>
        <translation>&amp;Szczegóły skopiowane</translation>
    </message>
</context>
<context>
    <name>LinkedLibrary</name>
    <message>
        <source>The maintenance tool will not start, so that nothing can be removed with it: %1 cannot be copied to %2: %3. Copy this file there yourself.</source>
        <translation>Narzędzie do konserwacji nie uruchomi się, więc nie będzie można nim niczego usunąć: nie można skopiować %1 do %2: %3. Skopiuj tam ten plik samodzielnie.</translation>
    </message>
    <message>
        <source>License Check</source>
        <translation>Sprawdzanie licencji</translation>
    </message>
</context>
</TS>

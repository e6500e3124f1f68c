<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="it">
<context>
    <name>FailureTexts</name>
    <message>
        <source>Your token cannot be used.</source>
        <translation>Il token non può essere utilizzato.</translation>
    </message>
    <message>
        <source>There is no token with which the license server can be asked.</source>
        <translation>Non c&apos;è alcun token con cui interrogare il server delle licenze.</translation>
    </message>
    <message>
        <source>A setting cannot be used on this computer.</source>
        <translation>Un&apos;impostazione non può essere utilizzata su questo computer.</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be found.</source>
        <translation>Il nome del server delle licenze non è stato trovato.</translation>
    </message>
    <message>
        <source>The license server could not be reached.</source>
        <translation>Il server delle licenze non è raggiungibile.</translation>
    </message>
    <message>
        <source>The proxy did not connect to the license server.</source>
        <translation>Il proxy non ha stabilito la connessione con il server delle licenze.</translation>
    </message>
    <message>
        <source>The license server could not be verified.</source>
        <translation>Non è stato possibile verificare l&apos;identità del server delle licenze.</translation>
    </message>
    <message>
        <source>No secure connection to the license server could be made.</source>
        <translation>Non è stato possibile stabilire una connessione sicura con il server delle licenze.</translation>
    </message>
    <message>
        <source>The license server did not answer in time.</source>
        <translation>Il server delle licenze non ha risposto in tempo.</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>La verifica è stata interrotta.</translation>
    </message>
    <message>
        <source>The connection broke before the answer was complete.</source>
        <translation>La connessione si è interrotta prima che la risposta fosse completa.</translation>
    </message>
    <message>
        <source>The license server refused to answer.</source>
        <translation>Il server delle licenze ha rifiutato di rispondere.</translation>
    </message>
    <message>
        <source>The license server did not understand the question.</source>
        <translation>Il server delle licenze non ha capito la domanda.</translation>
    </message>
    <message>
        <source>The license server does not accept your token.</source>
        <translation>Il server delle licenze non accetta il token.</translation>
    </message>
    <message>
        <source>There is no license check at the server&apos;s address.</source>
        <translation>All&apos;indirizzo del server non c&apos;è alcuna verifica delle licenze.</translation>
    </message>
    <message>
        <source>The license server has too much to do at the moment.</source>
        <translation>Il server delle licenze è troppo occupato in questo momento.</translation>
    </message>
    <message>
        <source>The license server has a problem of its own.</source>
        <translation>Il server delle licenze ha un problema interno.</translation>
    </message>
    <message>
        <source>The answer is not that of a license server.</source>
        <translation>La risposta non è quella di un server delle licenze.</translation>
    </message>
    <message>
        <source>The answer is too large.</source>
        <translation>La risposta è troppo grande.</translation>
    </message>
    <message>
        <source>The license server could not be asked: there is a mistake in this installer.</source>
        <translation>Non è stato possibile interrogare il server delle licenze: c&apos;è un errore in questo programma di installazione.</translation>
    </message>
    <message>
        <source>Sign in to your Qt account, and check again.</source>
        <translation>Accedere al proprio account Qt e ripetere la verifica.</translation>
    </message>
    <message>
        <source>Choose a file that has a token for this server.</source>
        <translation>Scegliere un file che contenga un token per questo server.</translation>
    </message>
    <message>
        <source>Ask the administrator of this computer for help.</source>
        <translation>Chiedere aiuto all&apos;amministratore di questo computer.</translation>
    </message>
    <message>
        <source>See whether this computer is connected to the right network, and check again.</source>
        <translation>Controllare che questo computer sia collegato alla rete giusta e ripetere la verifica.</translation>
    </message>
    <message>
        <source>Close other programs, and check again.</source>
        <translation>Chiudere altri programmi e ripetere la verifica.</translation>
    </message>
    <message>
        <source>Ask whether the server is running, and whether a firewall is in the way.</source>
        <translation>Chiedere se il server è in funzione e se un firewall blocca la connessione.</translation>
    </message>
    <message>
        <source>See whether the proxy is set correctly.</source>
        <translation>Controllare che il proxy sia impostato correttamente.</translation>
    </message>
    <message>
        <source>Sign in to this network, or see whether the user name and the password for the proxy are correct.</source>
        <translation>Accedere a questa rete, o controllare che il nome utente e la password del proxy siano corretti.</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator to let this installer connect to the server.</source>
        <translation>Chiedere all&apos;amministratore della rete di consentire a questo programma di installazione di connettersi al server.</translation>
    </message>
    <message>
        <source>See whether the date and the time of this computer are correct.</source>
        <translation>Controllare che la data e l&apos;ora di questo computer siano corrette.</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator whether encrypted connections are inspected here.</source>
        <translation>Chiedere all&apos;amministratore della rete se qui le connessioni cifrate vengono ispezionate.</translation>
    </message>
    <message>
        <source>Open a browser, sign in to this network, and check again.</source>
        <translation>Aprire un browser, accedere a questa rete e ripetere la verifica.</translation>
    </message>
    <message>
        <source>Wait a moment, and check again.</source>
        <translation>Attendere un momento e ripetere la verifica.</translation>
    </message>
    <message>
        <source>Check again when you are ready.</source>
        <translation>Ripetere la verifica quando si è pronti.</translation>
    </message>
    <message>
        <source>Ask whoever manages your licenses.</source>
        <translation>Rivolgersi a chi gestisce le licenze.</translation>
    </message>
    <message>
        <source>See whether the server&apos;s address is correct.</source>
        <translation>Controllare che l&apos;indirizzo del server sia corretto.</translation>
    </message>
    <message>
        <source>Report this to whoever runs the license server.</source>
        <translation>Segnalarlo a chi gestisce il server delle licenze.</translation>
    </message>
    <message>
        <source>Report this to whoever made this installer.</source>
        <translation>Segnalarlo a chi ha creato questo programma di installazione.</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>La memoria non è sufficiente.</translation>
    </message>
    <message>
        <source>The license server&apos;s address cannot be used.</source>
        <translation>L&apos;indirizzo del server delle licenze non può essere utilizzato.</translation>
    </message>
    <message>
        <source>The proxy setting cannot be used.</source>
        <translation>L&apos;impostazione del proxy non può essere utilizzata.</translation>
    </message>
    <message>
        <source>The token file cannot be used.</source>
        <translation>Il file del token non può essere utilizzato.</translation>
    </message>
    <message>
        <source>The CA certificates cannot be used.</source>
        <translation>I certificati delle autorità di certificazione non possono essere utilizzati.</translation>
    </message>
    <message>
        <source>There are no CA certificates with which the license server could be verified.</source>
        <translation>Non ci sono certificati di autorità di certificazione con cui verificare il server delle licenze.</translation>
    </message>
    <message>
        <source>A part of this installer could not be loaded.</source>
        <translation>Non è stato possibile caricare una parte di questo programma di installazione.</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be looked up.</source>
        <translation>Non è stato possibile risolvere il nome del server delle licenze.</translation>
    </message>
    <message>
        <source>The license server does not allow you to ask it.</source>
        <translation>Il server delle licenze non consente all&apos;utente di interrogarlo.</translation>
    </message>
    <message>
        <source>Your token has expired.</source>
        <translation>Il token è scaduto.</translation>
    </message>
    <message>
        <source>The answer cannot be read.</source>
        <translation>La risposta non può essere letta.</translation>
    </message>
    <message>
        <source>No secure connection to the proxy could be made.</source>
        <translation>Non è stato possibile stabilire una connessione sicura con il proxy.</translation>
    </message>
    <message>
        <source>The proxy could not be reached.</source>
        <translation>Il proxy non è raggiungibile.</translation>
    </message>
    <message>
        <source>See whether the CA file is the right one.</source>
        <translation>Controllare che il file delle autorità di certificazione sia quello giusto.</translation>
    </message>
    <message>
        <source>Get the whole installer again, or ask the administrator of this computer for help.</source>
        <translation>Procurarsi di nuovo il programma di installazione completo o chiedere aiuto all&apos;amministratore di questo computer.</translation>
    </message>
    <message>
        <source>Its certificate was revoked: do not trust this server, and report this to whoever runs it.</source>
        <translation>Il suo certificato è stato revocato: non fidarsi di questo server e segnalarlo a chi lo gestisce.</translation>
    </message>
    <message>
        <source>Report this to the administrator of this network.</source>
        <translation>Segnalarlo all&apos;amministratore di questa rete.</translation>
    </message>
    <message>
        <source>The license server could not be reached, and the script that chooses a proxy could not be asked.</source>
        <translation>Il server delle licenze non è raggiungibile e non è stato possibile interrogare lo script che sceglie un proxy.</translation>
    </message>
</context>
<context>
    <name>GateTexts</name>
    <message>
        <source>The list of packages %1 cannot be used: %2</source>
        <translation>L&apos;elenco dei pacchetti %1 non può essere utilizzato: %2</translation>
    </message>
    <message>
        <source>The token file %1 cannot be used: %2</source>
        <translation>Il file del token %1 non può essere utilizzato: %2</translation>
    </message>
    <message>
        <source>The CA file %1 cannot be used: %2</source>
        <translation>Il file delle autorità di certificazione %1 non può essere utilizzato: %2</translation>
    </message>
    <message>
        <source>the token in QT_INSTALLER_JWT_TOKEN</source>
        <translation>il token in QT_INSTALLER_JWT_TOKEN</translation>
    </message>
    <message>
        <source>the signed-in Qt account</source>
        <translation>l&apos;account Qt connesso</translation>
    </message>
    <message>
        <source>the token in %1</source>
        <translation>il token in %1</translation>
    </message>
    <message>
        <source>its script fails, probably since it expects a package that is left out: %1</source>
        <translation>il suo script fallisce, probabilmente perché si aspetta un pacchetto che viene omesso: %1</translation>
    </message>
    <message>
        <source>its script fails, since it expects %1, which is left out: %2</source>
        <translation>il suo script fallisce, perché si aspetta %1, che viene omesso: %2</translation>
    </message>
    <message>
        <source>its script fails, and mentions %1, which is left out: %2</source>
        <translation>il suo script fallisce e menziona %1, che viene omesso: %2</translation>
    </message>
    <message>
        <source>needs %1, whose script fails</source>
        <translation>richiede %1, il cui script fallisce</translation>
    </message>
    <message>
        <source>needs %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>richiede %1, la cui licenza viene verificata da un programma di installazione, ma non da uno strumento di manutenzione</translation>
    </message>
    <message>
        <source>needs %1, which your license does not cover</source>
        <translation>richiede %1, che la licenza non copre</translation>
    </message>
    <message>
        <source>needs %1, whose license could not be checked</source>
        <translation>richiede %1, la cui licenza non è stata verificata</translation>
    </message>
    <message>
        <source>belongs to %1, whose script fails</source>
        <translation>appartiene a %1, il cui script fallisce</translation>
    </message>
    <message>
        <source>belongs to %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>appartiene a %1, la cui licenza viene verificata da un programma di installazione, ma non da uno strumento di manutenzione</translation>
    </message>
    <message>
        <source>belongs to %1, which your license does not cover</source>
        <translation>appartiene a %1, che la licenza non copre</translation>
    </message>
    <message>
        <source>belongs to %1, whose license could not be checked</source>
        <translation>appartiene a %1, la cui licenza non è stata verificata</translation>
    </message>
    <message>
        <source>%1 (built %2)</source>
        <translation>%1 (del %2)</translation>
    </message>
    <message>
        <source>your license does not cover %1, says %2 for %3</source>
        <translation>la licenza non copre %1, secondo %2, interrogato con %3</translation>
    </message>
    <message>
        <source>%2 said nothing about %1 when asked with %3</source>
        <translation>%2 non ha detto nulla su %1 (interrogato con %3)</translation>
    </message>
    <message>
        <source>the license for %1 was not checked, since the package came from elsewhere later</source>
        <translation>la licenza per %1 non è stata verificata, perché il pacchetto è arrivato in seguito da un&apos;altra parte</translation>
    </message>
    <message>
        <source>it needs a license for %1, which an installer checks, and a maintenance tool does not</source>
        <translation>richiede una licenza per %1, che un programma di installazione verifica, ma uno strumento di manutenzione no</translation>
    </message>
    <message>
        <source>the license for %1 could not be checked</source>
        <translation>non è stato possibile verificare la licenza per %1</translation>
    </message>
</context>
<context>
    <name>InstallerCheck</name>
    <message>
        <source>This installer&apos;s license check is set up wrongly: %1</source>
        <translation>La verifica delle licenze di questo programma di installazione è impostata in modo errato: %1</translation>
    </message>
    <message>
        <source>%1 cannot be installed: %2</source>
        <translation>%1 non può essere installato: %2</translation>
    </message>
    <message>
        <source>%1 is left out: %2</source>
        <translation>%1 viene omesso: %2</translation>
    </message>
    <message>
        <source>%1 is not chosen by default: its script decides that, and mentions %2, which is left out</source>
        <translation>%1 non è selezionato per impostazione predefinita: lo decide il suo script, che menziona %2, che viene omesso</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) are not offered: only an installer checks their licenses.</source>
        <translation>
            <numerusform>%n componente non viene proposto: solo un programma di installazione ne verifica la licenza.</numerusform>
            <numerusform>%n componenti non vengono proposti: solo un programma di installazione ne verifica le licenze.</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no updates that can be installed.</source>
        <translation>Non ci sono aggiornamenti che possano essere installati.</translation>
    </message>
    <message>
        <source>%1 is not offered: %2</source>
        <translation>%1 non viene proposto: %2</translation>
    </message>
    <message numerus="yes">
        <source>And %n more; the log says why.</source>
        <translation>
            <numerusform>E %n altro; il registro dice perché.</numerusform>
            <numerusform>E altri %n; il registro dice perché.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your licenses could not be checked: %1</source>
        <translation>Non è stato possibile verificare le licenze: %1</translation>
    </message>
</context>
<context>
    <name>LicenseList</name>
    <message>
        <source>Licenses</source>
        <translation>Licenze</translation>
    </message>
    <message>
        <source>License</source>
        <translation>Licenza</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>Validità</translation>
    </message>
    <message>
        <source>This license names nothing in this installer.</source>
        <translation>Questa licenza non menziona nulla di questo programma di installazione.</translation>
    </message>
    <message>
        <source>This license names: %1</source>
        <translation>Questa licenza menziona: %1</translation>
    </message>
    <message>
        <source>Manage licenses</source>
        <translation>Gestisci le licenze</translation>
    </message>
    <message>
        <source>Contact sales</source>
        <translation>Contatta l&apos;ufficio vendite</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>Assistenza</translation>
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
        <translation>Verifica delle licenze</translation>
    </message>
</context>
<context>
    <name>LicenseReport</name>
    <message>
        <source>Which components do your licenses cover?</source>
        <translation>Quali componenti coprono le licenze?</translation>
    </message>
    <message numerus="yes">
        <source>A license server will be asked. It learns from your token who you are, and it is told about %n component(s) of this installer.</source>
        <translation>
            <numerusform>La domanda verrà posta a un server delle licenze: dal token saprà chi è l&apos;utente, e riceverà dati su %n componente.</numerusform>
            <numerusform>La domanda verrà posta a un server delle licenze: dal token saprà chi è l&apos;utente, e riceverà dati su %n componenti.</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking which components your licenses cover...</source>
        <translation>Verifica dei componenti coperti dalle licenze...</translation>
    </message>
    <message>
        <source>Without an answer, components that need a license cannot be installed.</source>
        <translation>Senza una risposta i componenti che richiedono una licenza non possono essere installati.</translation>
    </message>
    <message>
        <source>Without an answer nothing can be installed.</source>
        <translation>Senza una risposta non può essere installato nulla.</translation>
    </message>
    <message>
        <source>Nothing can be installed.</source>
        <translation>Non può essere installato nulla.</translation>
    </message>
    <message>
        <source>There is a mistake in this installer, or in how it was started.</source>
        <translation>C&apos;è un errore in questo programma di installazione o nel modo in cui è stato avviato.</translation>
    </message>
    <message>
        <source>Your licenses could not be checked again: %1 The earlier answer counts.</source>
        <translation>Non è stato possibile verificare di nuovo le licenze: %1 Vale la risposta precedente.</translation>
    </message>
    <message>
        <source>Components that need a license are left out: your licenses could not be checked.</source>
        <translation>I componenti che richiedono una licenza sono esclusi: non è stato possibile verificare le licenze.</translation>
    </message>
    <message>
        <source>Your licenses cover all components that need one.</source>
        <translation>Le licenze coprono tutti i componenti che ne richiedono una.</translation>
    </message>
    <message>
        <source>None of the components that need a license is covered by your licenses.</source>
        <translation>Nessuno dei componenti che richiedono una licenza è coperto dalle licenze.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n component(s) are covered by your licenses.</source>
        <translation>
            <numerusform>Le licenze coprono %1 componente su %n.</numerusform>
            <numerusform>Le licenze coprono %1 dei %n componenti.</numerusform>
        </translation>
    </message>
    <message>
        <source>Server: %1, with %2</source>
        <translation>Server: %1, con %2</translation>
    </message>
    <message>
        <source>Server: %1, with %2, for the user %3</source>
        <translation>Server: %1, con %2, per l&apos;utente %3</translation>
    </message>
    <message>
        <source>Not covered by your licenses</source>
        <translation>Non coperti dalle licenze</translation>
    </message>
    <message>
        <source>The server said nothing about these</source>
        <translation>Il server non ha detto nulla su questi</translation>
    </message>
    <message>
        <source>The server is asked about these</source>
        <translation>Per questi si interroga il server</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Non verificati</translation>
    </message>
    <message>
        <source>Their scripts expect something that is left out</source>
        <translation>I loro script si aspettano qualcosa che viene omesso</translation>
    </message>
    <message>
        <source>Covered by your licenses</source>
        <translation>Coperti dalle licenze</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Omesso</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Sconosciuto</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>Coperto</translation>
    </message>
    <message>
        <source>Not covered</source>
        <translation>Non coperto</translation>
    </message>
    <message>
        <source>no end date</source>
        <translation>senza scadenza</translation>
    </message>
    <message>
        <source>for builds until %1</source>
        <translation>per le build fino al %1</translation>
    </message>
    <message>
        <source>expired on %1</source>
        <translation>scaduta il %1</translation>
    </message>
    <message>
        <source>valid until %1</source>
        <translation>valida fino al %1</translation>
    </message>
</context>
<context>
    <name>LicenseTree</name>
    <message>
        <source>Filter</source>
        <translation>Filtra</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Componenti</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>Componente</translation>
    </message>
    <message>
        <source>License</source>
        <translation>Licenza</translation>
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
        <translation>In attesa del server delle licenze</translation>
    </message>
    <message>
        <source>What happened in detail</source>
        <translation>Dettagli dell&apos;accaduto</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Componenti</translation>
    </message>
    <message>
        <source>Licenses</source>
        <translation>Licenze</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>&amp;Verifica di nuovo</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>Inte&amp;rrompi</translation>
    </message>
    <message>
        <source>Choose &amp;token file...</source>
        <translation>Scegli file del &amp;token...</translation>
    </message>
    <message>
        <source>Copy &amp;details</source>
        <translation>&amp;Copia i dettagli</translation>
    </message>
    <message>
        <source>Continue &amp;without them</source>
        <translation>Continua sen&amp;za</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>&amp;Verifica ora</translation>
    </message>
    <message>
        <source>Choose Token File</source>
        <translation>Scegli file del token</translation>
    </message>
    <message>
        <source>&amp;Details copied</source>
        <translation>Dettagli &amp;copiati</translation>
    </message>
</context>
<context>
    <name>LinkedLibrary</name>
    <message>
        <source>The maintenance tool will not start, so that nothing can be removed with it: %1 cannot be copied to %2: %3. Copy this file there yourself.</source>
        <translation>Lo strumento di manutenzione non si avvierà, per cui non sarà possibile rimuovere nulla con esso: %1 non può essere copiato in %2: %3. Copiare lì questo file manualmente.</translation>
    </message>
    <message>
        <source>License Check</source>
        <translation>Verifica delle licenze</translation>
    </message>
</context>
</TS>

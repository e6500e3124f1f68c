<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr">
<context>
    <name>FailureTexts</name>
    <message>
        <source>Your token cannot be used.</source>
        <translation>Votre jeton ne peut pas être utilisé.</translation>
    </message>
    <message>
        <source>There is no token with which the license server can be asked.</source>
        <translation>Il n&apos;y a pas de jeton avec lequel interroger le serveur de licences.</translation>
    </message>
    <message>
        <source>A setting cannot be used on this computer.</source>
        <translation>Un paramètre ne peut pas être utilisé sur cet ordinateur.</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be found.</source>
        <translation>Le nom du serveur de licences est introuvable.</translation>
    </message>
    <message>
        <source>The license server could not be reached.</source>
        <translation>Le serveur de licences n&apos;a pas pu être joint.</translation>
    </message>
    <message>
        <source>The proxy did not connect to the license server.</source>
        <translation>Le proxy n&apos;a pas établi de connexion avec le serveur de licences.</translation>
    </message>
    <message>
        <source>The license server could not be verified.</source>
        <translation>L&apos;identité du serveur de licences n&apos;a pas pu être vérifiée.</translation>
    </message>
    <message>
        <source>No secure connection to the license server could be made.</source>
        <translation>Aucune connexion sécurisée avec le serveur de licences n&apos;a pu être établie.</translation>
    </message>
    <message>
        <source>The license server did not answer in time.</source>
        <translation>Le serveur de licences n&apos;a pas répondu à temps.</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>La vérification a été arrêtée.</translation>
    </message>
    <message>
        <source>The connection broke before the answer was complete.</source>
        <translation>La connexion a été coupée avant la fin de la réponse.</translation>
    </message>
    <message>
        <source>The license server refused to answer.</source>
        <translation>Le serveur de licences a refusé de répondre.</translation>
    </message>
    <message>
        <source>The license server did not understand the question.</source>
        <translation>Le serveur de licences n&apos;a pas compris la question.</translation>
    </message>
    <message>
        <source>The license server does not accept your token.</source>
        <translation>Le serveur de licences n&apos;accepte pas votre jeton.</translation>
    </message>
    <message>
        <source>There is no license check at the server&apos;s address.</source>
        <translation>Il n&apos;y a pas de vérification de licences à l&apos;adresse du serveur.</translation>
    </message>
    <message>
        <source>The license server has too much to do at the moment.</source>
        <translation>Le serveur de licences est trop occupé en ce moment.</translation>
    </message>
    <message>
        <source>The license server has a problem of its own.</source>
        <translation>Le serveur de licences a lui-même un problème.</translation>
    </message>
    <message>
        <source>The answer is not that of a license server.</source>
        <translation>La réponse n&apos;est pas celle d&apos;un serveur de licences.</translation>
    </message>
    <message>
        <source>The answer is too large.</source>
        <translation>La réponse est trop volumineuse.</translation>
    </message>
    <message>
        <source>The license server could not be asked: there is a mistake in this installer.</source>
        <translation>Le serveur de licences n&apos;a pas pu être interrogé : il y a une erreur dans ce programme d&apos;installation.</translation>
    </message>
    <message>
        <source>Sign in to your Qt account, and check again.</source>
        <translation>Connectez-vous à votre compte Qt, puis relancez la vérification.</translation>
    </message>
    <message>
        <source>Choose a file that has a token for this server.</source>
        <translation>Choisissez un fichier contenant un jeton pour ce serveur.</translation>
    </message>
    <message>
        <source>Ask the administrator of this computer for help.</source>
        <translation>Demandez de l&apos;aide à l&apos;administrateur de cet ordinateur.</translation>
    </message>
    <message>
        <source>See whether this computer is connected to the right network, and check again.</source>
        <translation>Assurez-vous que cet ordinateur est connecté au bon réseau, puis relancez la vérification.</translation>
    </message>
    <message>
        <source>Close other programs, and check again.</source>
        <translation>Fermez d&apos;autres programmes, puis relancez la vérification.</translation>
    </message>
    <message>
        <source>Ask whether the server is running, and whether a firewall is in the way.</source>
        <translation>Demandez si le serveur fonctionne et si un pare-feu fait obstacle.</translation>
    </message>
    <message>
        <source>See whether the proxy is set correctly.</source>
        <translation>Vérifiez que le proxy est correctement configuré.</translation>
    </message>
    <message>
        <source>Sign in to this network, or see whether the user name and the password for the proxy are correct.</source>
        <translation>Identifiez-vous sur ce réseau, ou vérifiez le nom d&apos;utilisateur et le mot de passe du proxy.</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator to let this installer connect to the server.</source>
        <translation>Demandez à l&apos;administrateur du réseau de laisser ce programme d&apos;installation se connecter au serveur.</translation>
    </message>
    <message>
        <source>See whether the date and the time of this computer are correct.</source>
        <translation>Vérifiez la date et l&apos;heure de cet ordinateur.</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator whether encrypted connections are inspected here.</source>
        <translation>Demandez à l&apos;administrateur du réseau si les connexions chiffrées sont inspectées ici.</translation>
    </message>
    <message>
        <source>Open a browser, sign in to this network, and check again.</source>
        <translation>Ouvrez un navigateur, identifiez-vous sur ce réseau, puis relancez la vérification.</translation>
    </message>
    <message>
        <source>Wait a moment, and check again.</source>
        <translation>Attendez un moment, puis relancez la vérification.</translation>
    </message>
    <message>
        <source>Check again when you are ready.</source>
        <translation>Relancez la vérification quand vous le souhaitez.</translation>
    </message>
    <message>
        <source>Ask whoever manages your licenses.</source>
        <translation>Adressez-vous à la personne qui gère vos licences.</translation>
    </message>
    <message>
        <source>See whether the server&apos;s address is correct.</source>
        <translation>Vérifiez que l&apos;adresse du serveur est correcte.</translation>
    </message>
    <message>
        <source>Report this to whoever runs the license server.</source>
        <translation>Signalez-le au responsable du serveur de licences.</translation>
    </message>
    <message>
        <source>Report this to whoever made this installer.</source>
        <translation>Signalez-le à l&apos;auteur de ce programme d&apos;installation.</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>La mémoire est insuffisante.</translation>
    </message>
    <message>
        <source>The license server&apos;s address cannot be used.</source>
        <translation>L&apos;adresse du serveur de licences ne peut pas être utilisée.</translation>
    </message>
    <message>
        <source>The proxy setting cannot be used.</source>
        <translation>Le réglage du proxy ne peut pas être utilisé.</translation>
    </message>
    <message>
        <source>The token file cannot be used.</source>
        <translation>Le fichier de jeton ne peut pas être utilisé.</translation>
    </message>
    <message>
        <source>The CA certificates cannot be used.</source>
        <translation>Les certificats d&apos;autorité de certification ne peuvent pas être utilisés.</translation>
    </message>
    <message>
        <source>There are no CA certificates with which the license server could be verified.</source>
        <translation>Aucun certificat d&apos;autorité de certification ne permet de vérifier le serveur de licences.</translation>
    </message>
    <message>
        <source>A part of this installer could not be loaded.</source>
        <translation>Une partie de ce programme d&apos;installation n&apos;a pas pu être chargée.</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be looked up.</source>
        <translation>Le nom du serveur de licences n&apos;a pas pu être recherché.</translation>
    </message>
    <message>
        <source>The license server does not allow you to ask it.</source>
        <translation>Le serveur de licences ne vous autorise pas à l&apos;interroger.</translation>
    </message>
    <message>
        <source>Your token has expired.</source>
        <translation>Votre jeton a expiré.</translation>
    </message>
    <message>
        <source>The answer cannot be read.</source>
        <translation>La réponse ne peut pas être lue.</translation>
    </message>
    <message>
        <source>No secure connection to the proxy could be made.</source>
        <translation>Aucune connexion sécurisée avec le proxy n&apos;a pu être établie.</translation>
    </message>
    <message>
        <source>The proxy could not be reached.</source>
        <translation>Le proxy n&apos;a pas pu être joint.</translation>
    </message>
    <message>
        <source>See whether the CA file is the right one.</source>
        <translation>Vérifiez que le fichier d&apos;autorités de certification est le bon.</translation>
    </message>
    <message>
        <source>Get the whole installer again, or ask the administrator of this computer for help.</source>
        <translation>Procurez-vous à nouveau le programme d&apos;installation complet, ou demandez de l&apos;aide à l&apos;administrateur de cet ordinateur.</translation>
    </message>
    <message>
        <source>Its certificate was revoked: do not trust this server, and report this to whoever runs it.</source>
        <translation>Son certificat a été révoqué : ne faites pas confiance à ce serveur et signalez-le à son responsable.</translation>
    </message>
    <message>
        <source>Report this to the administrator of this network.</source>
        <translation>Signalez-le à l&apos;administrateur de ce réseau.</translation>
    </message>
    <message>
        <source>The license server could not be reached, and the script that chooses a proxy could not be asked.</source>
        <translation>Le serveur de licences n&apos;a pas pu être joint, et le script qui choisit un proxy n&apos;a pas pu être interrogé.</translation>
    </message>
</context>
<context>
    <name>GateTexts</name>
    <message>
        <source>The list of packages %1 cannot be used: %2</source>
        <translation>La liste de paquets %1 ne peut pas être utilisée : %2</translation>
    </message>
    <message>
        <source>The token file %1 cannot be used: %2</source>
        <translation>Le fichier de jeton %1 ne peut pas être utilisé : %2</translation>
    </message>
    <message>
        <source>The CA file %1 cannot be used: %2</source>
        <translation>Le fichier d&apos;autorités de certification %1 ne peut pas être utilisé : %2</translation>
    </message>
    <message>
        <source>the token in QT_INSTALLER_JWT_TOKEN</source>
        <translation>le jeton de QT_INSTALLER_JWT_TOKEN</translation>
    </message>
    <message>
        <source>the signed-in Qt account</source>
        <translation>le compte Qt connecté</translation>
    </message>
    <message>
        <source>the token in %1</source>
        <translation>le jeton dans %1</translation>
    </message>
    <message>
        <source>its script fails, probably since it expects a package that is left out: %1</source>
        <translation>son script échoue, sans doute parce qu&apos;il attend un paquet qui est omis : %1</translation>
    </message>
    <message>
        <source>its script fails, since it expects %1, which is left out: %2</source>
        <translation>son script échoue, car il attend %1, qui est omis : %2</translation>
    </message>
    <message>
        <source>its script fails, and mentions %1, which is left out: %2</source>
        <translation>son script échoue et mentionne %1, qui est omis : %2</translation>
    </message>
    <message>
        <source>needs %1, whose script fails</source>
        <translation>nécessite %1, dont le script échoue</translation>
    </message>
    <message>
        <source>needs %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>nécessite %1, dont la licence est vérifiée par un programme d&apos;installation, mais pas par un outil de maintenance</translation>
    </message>
    <message>
        <source>needs %1, which your license does not cover</source>
        <translation>nécessite %1, que votre licence ne couvre pas</translation>
    </message>
    <message>
        <source>needs %1, whose license could not be checked</source>
        <translation>nécessite %1, dont la licence n&apos;a pas pu être vérifiée</translation>
    </message>
    <message>
        <source>belongs to %1, whose script fails</source>
        <translation>fait partie de %1, dont le script échoue</translation>
    </message>
    <message>
        <source>belongs to %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>fait partie de %1, dont la licence est vérifiée par un programme d&apos;installation, mais pas par un outil de maintenance</translation>
    </message>
    <message>
        <source>belongs to %1, which your license does not cover</source>
        <translation>fait partie de %1, que votre licence ne couvre pas</translation>
    </message>
    <message>
        <source>belongs to %1, whose license could not be checked</source>
        <translation>fait partie de %1, dont la licence n&apos;a pas pu être vérifiée</translation>
    </message>
    <message>
        <source>%1 (built %2)</source>
        <translation>%1 (du %2)</translation>
    </message>
    <message>
        <source>your license does not cover %1, says %2 for %3</source>
        <translation>votre licence ne couvre pas %1, selon %2, interrogé avec %3</translation>
    </message>
    <message>
        <source>%2 said nothing about %1 when asked with %3</source>
        <translation>%2 n&apos;a rien indiqué sur %1 (interrogé avec %3)</translation>
    </message>
    <message>
        <source>the license for %1 was not checked, since the package came from elsewhere later</source>
        <translation>la licence pour %1 n&apos;a pas été vérifiée, car le paquet est arrivé plus tard d&apos;une autre source</translation>
    </message>
    <message>
        <source>it needs a license for %1, which an installer checks, and a maintenance tool does not</source>
        <translation>nécessite une licence pour %1, qu&apos;un programme d&apos;installation vérifie, mais pas un outil de maintenance</translation>
    </message>
    <message>
        <source>the license for %1 could not be checked</source>
        <translation>la licence pour %1 n&apos;a pas pu être vérifiée</translation>
    </message>
</context>
<context>
    <name>InstallerCheck</name>
    <message>
        <source>This installer&apos;s license check is set up wrongly: %1</source>
        <translation>La vérification des licences de ce programme d&apos;installation est mal configurée : %1</translation>
    </message>
    <message>
        <source>%1 cannot be installed: %2</source>
        <translation>%1 ne peut pas être installé : %2</translation>
    </message>
    <message>
        <source>%1 is left out: %2</source>
        <translation>%1 est omis : %2</translation>
    </message>
    <message>
        <source>%1 is not chosen by default: its script decides that, and mentions %2, which is left out</source>
        <translation>%1 n&apos;est pas sélectionné par défaut : son script en décide et mentionne %2, qui est omis</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) are not offered: only an installer checks their licenses.</source>
        <translation>
            <numerusform>%n composant n&apos;est pas proposé : seul un programme d&apos;installation vérifie sa licence.</numerusform>
            <numerusform>%n composants ne sont pas proposés : seul un programme d&apos;installation vérifie leurs licences.</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no updates that can be installed.</source>
        <translation>Aucune mise à jour ne peut être installée.</translation>
    </message>
    <message>
        <source>%1 is not offered: %2</source>
        <translation>%1 n&apos;est pas proposé : %2</translation>
    </message>
    <message numerus="yes">
        <source>And %n more; the log says why.</source>
        <translation>
            <numerusform>Et %n autre ; le journal dit pourquoi.</numerusform>
            <numerusform>Et %n autres ; le journal dit pourquoi.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your licenses could not be checked: %1</source>
        <translation>Vos licences n&apos;ont pas pu être vérifiées : %1</translation>
    </message>
</context>
<context>
    <name>LicenseList</name>
    <message>
        <source>Licenses</source>
        <translation>Licences</translation>
    </message>
    <message>
        <source>License</source>
        <translation>Licence</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>Validité</translation>
    </message>
    <message>
        <source>This license names nothing in this installer.</source>
        <translation>Cette licence ne nomme rien de ce programme d&apos;installation.</translation>
    </message>
    <message>
        <source>This license names: %1</source>
        <translation>Cette licence nomme : %1</translation>
    </message>
    <message>
        <source>Manage licenses</source>
        <translation>Gérer les licences</translation>
    </message>
    <message>
        <source>Contact sales</source>
        <translation>Contacter le service commercial</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>Assistance</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>kind of contact, address</comment>
        <translation>%1 : %2</translation>
    </message>
</context>
<context>
    <name>LicensePage</name>
    <message>
        <source>License Check</source>
        <translation>Vérification des licences</translation>
    </message>
</context>
<context>
    <name>LicenseReport</name>
    <message>
        <source>Which components do your licenses cover?</source>
        <translation>Quels composants vos licences couvrent-elles ?</translation>
    </message>
    <message numerus="yes">
        <source>A license server will be asked. It learns from your token who you are, and it is told about %n component(s) of this installer.</source>
        <translation>
            <numerusform>C&apos;est ce qui sera demandé à un serveur de licences. Votre jeton lui indique qui vous êtes, et il reçoit des informations sur %n composant.</numerusform>
            <numerusform>C&apos;est ce qui sera demandé à un serveur de licences. Votre jeton lui indique qui vous êtes, et il reçoit des informations sur %n composants.</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking which components your licenses cover...</source>
        <translation>Vérification des composants couverts par vos licences...</translation>
    </message>
    <message>
        <source>Without an answer, components that need a license cannot be installed.</source>
        <translation>Sans réponse, les composants qui nécessitent une licence ne peuvent pas être installés.</translation>
    </message>
    <message>
        <source>Without an answer nothing can be installed.</source>
        <translation>Sans réponse, rien ne peut être installé.</translation>
    </message>
    <message>
        <source>Nothing can be installed.</source>
        <translation>Rien ne peut être installé.</translation>
    </message>
    <message>
        <source>There is a mistake in this installer, or in how it was started.</source>
        <translation>Il y a une erreur dans ce programme d&apos;installation ou dans la façon dont il a été lancé.</translation>
    </message>
    <message>
        <source>Your licenses could not be checked again: %1 The earlier answer counts.</source>
        <translation>Vos licences n&apos;ont pas pu être vérifiées à nouveau : %1 La réponse précédente reste valable.</translation>
    </message>
    <message>
        <source>Components that need a license are left out: your licenses could not be checked.</source>
        <translation>Les composants qui nécessitent une licence sont exclus : vos licences n&apos;ont pas pu être vérifiées.</translation>
    </message>
    <message>
        <source>Your licenses cover all components that need one.</source>
        <translation>Vos licences couvrent tous les composants qui en nécessitent une.</translation>
    </message>
    <message>
        <source>None of the components that need a license is covered by your licenses.</source>
        <translation>Aucun des composants nécessitant une licence n&apos;est couvert par vos licences.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n component(s) are covered by your licenses.</source>
        <translation>
            <numerusform>Vos licences couvrent %1 composant sur %n.</numerusform>
            <numerusform>Vos licences couvrent %1 des %n composants.</numerusform>
        </translation>
    </message>
    <message>
        <source>Server: %1, with %2</source>
        <translation>Serveur : %1, avec %2</translation>
    </message>
    <message>
        <source>Server: %1, with %2, for the user %3</source>
        <translation>Serveur : %1, avec %2, pour l&apos;utilisateur %3</translation>
    </message>
    <message>
        <source>Not covered by your licenses</source>
        <translation>Non couverts par vos licences</translation>
    </message>
    <message>
        <source>The server said nothing about these</source>
        <translation>Le serveur n&apos;a rien indiqué à leur sujet</translation>
    </message>
    <message>
        <source>The server is asked about these</source>
        <translation>Le serveur est interrogé à leur sujet</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Non vérifiés</translation>
    </message>
    <message>
        <source>Their scripts expect something that is left out</source>
        <translation>Leurs scripts attendent un élément omis</translation>
    </message>
    <message>
        <source>Covered by your licenses</source>
        <translation>Couverts par vos licences</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Omis</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Inconnu</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>Couvert</translation>
    </message>
    <message>
        <source>Not covered</source>
        <translation>Non couvert</translation>
    </message>
    <message>
        <source>no end date</source>
        <translation>sans date de fin</translation>
    </message>
    <message>
        <source>for builds until %1</source>
        <translation>pour les builds jusqu&apos;au %1</translation>
    </message>
    <message>
        <source>expired on %1</source>
        <translation>expirée le %1</translation>
    </message>
    <message>
        <source>valid until %1</source>
        <translation>valable jusqu&apos;au %1</translation>
    </message>
</context>
<context>
    <name>LicenseTree</name>
    <message>
        <source>Filter</source>
        <translation>Filtrer</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Composants</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>Composant</translation>
    </message>
    <message>
        <source>License</source>
        <translation>Licence</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>title of a group, number of components</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>component, reason</comment>
        <translation>%1 : %2</translation>
    </message>
</context>
<context>
    <name>LicenseView</name>
    <message>
        <source>Waiting for the license server</source>
        <translation>En attente du serveur de licences</translation>
    </message>
    <message>
        <source>What happened in detail</source>
        <translation>Détails de ce qui s&apos;est passé</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Composants</translation>
    </message>
    <message>
        <source>Licenses</source>
        <translation>Licences</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>Vérifier à &amp;nouveau</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>&amp;Arrêter</translation>
    </message>
    <message>
        <source>Choose &amp;token file...</source>
        <translation>Choisir un fichier de &amp;jeton...</translation>
    </message>
    <message>
        <source>Copy &amp;details</source>
        <translation>&amp;Copier les détails</translation>
    </message>
    <message>
        <source>Continue &amp;without them</source>
        <translation>Continuer sans &amp;eux</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>&amp;Vérifier maintenant</translation>
    </message>
    <message>
        <source>Choose Token File</source>
        <translation>Choisir un fichier de jeton</translation>
    </message>
    <message>
        <source>&amp;Details copied</source>
        <translation>Détails &amp;copiés</translation>
    </message>
</context>
<context>
    <name>LinkedLibrary</name>
    <message>
        <source>The maintenance tool will not start, so that nothing can be removed with it: %1 cannot be copied to %2: %3. Copy this file there yourself.</source>
        <translation>L&apos;outil de maintenance ne démarrera pas, si bien que rien ne pourra être supprimé avec lui : %1 ne peut pas être copié vers %2 : %3. Copiez-y ce fichier vous-même.</translation>
    </message>
    <message>
        <source>License Check</source>
        <translation>Vérification des licences</translation>
    </message>
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es">
<context>
    <name>FailureTexts</name>
    <message>
        <source>Your token cannot be used.</source>
        <translation>Su token no se puede utilizar.</translation>
    </message>
    <message>
        <source>There is no token with which the license server can be asked.</source>
        <translation>No hay ningún token con el que consultar al servidor de licencias.</translation>
    </message>
    <message>
        <source>A setting cannot be used on this computer.</source>
        <translation>Un ajuste no se puede utilizar en este equipo.</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be found.</source>
        <translation>No se encontró el nombre del servidor de licencias.</translation>
    </message>
    <message>
        <source>The license server could not be reached.</source>
        <translation>No se pudo acceder al servidor de licencias.</translation>
    </message>
    <message>
        <source>The proxy did not connect to the license server.</source>
        <translation>El proxy no estableció la conexión con el servidor de licencias.</translation>
    </message>
    <message>
        <source>The license server could not be verified.</source>
        <translation>No se pudo verificar la identidad del servidor de licencias.</translation>
    </message>
    <message>
        <source>No secure connection to the license server could be made.</source>
        <translation>No se pudo establecer una conexión segura con el servidor de licencias.</translation>
    </message>
    <message>
        <source>The license server did not answer in time.</source>
        <translation>El servidor de licencias no respondió a tiempo.</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>La comprobación se detuvo.</translation>
    </message>
    <message>
        <source>The connection broke before the answer was complete.</source>
        <translation>La conexión se interrumpió antes de que la respuesta estuviera completa.</translation>
    </message>
    <message>
        <source>The license server refused to answer.</source>
        <translation>El servidor de licencias se negó a responder.</translation>
    </message>
    <message>
        <source>The license server did not understand the question.</source>
        <translation>El servidor de licencias no entendió la pregunta.</translation>
    </message>
    <message>
        <source>The license server does not accept your token.</source>
        <translation>El servidor de licencias no acepta su token.</translation>
    </message>
    <message>
        <source>There is no license check at the server&apos;s address.</source>
        <translation>No hay comprobación de licencias en la dirección del servidor.</translation>
    </message>
    <message>
        <source>The license server has too much to do at the moment.</source>
        <translation>El servidor de licencias tiene demasiado trabajo en este momento.</translation>
    </message>
    <message>
        <source>The license server has a problem of its own.</source>
        <translation>El propio servidor de licencias tiene un problema.</translation>
    </message>
    <message>
        <source>The answer is not that of a license server.</source>
        <translation>La respuesta no es la de un servidor de licencias.</translation>
    </message>
    <message>
        <source>The answer is too large.</source>
        <translation>La respuesta es demasiado grande.</translation>
    </message>
    <message>
        <source>The license server could not be asked: there is a mistake in this installer.</source>
        <translation>No se pudo consultar al servidor de licencias: hay un error en este instalador.</translation>
    </message>
    <message>
        <source>Sign in to your Qt account, and check again.</source>
        <translation>Inicie sesión en su cuenta de Qt y repita la comprobación.</translation>
    </message>
    <message>
        <source>Choose a file that has a token for this server.</source>
        <translation>Elija un archivo que tenga un token para este servidor.</translation>
    </message>
    <message>
        <source>Ask the administrator of this computer for help.</source>
        <translation>Pida ayuda al administrador de este equipo.</translation>
    </message>
    <message>
        <source>See whether this computer is connected to the right network, and check again.</source>
        <translation>Asegúrese de que este equipo está conectado a la red correcta y repita la comprobación.</translation>
    </message>
    <message>
        <source>Close other programs, and check again.</source>
        <translation>Cierre otros programas y repita la comprobación.</translation>
    </message>
    <message>
        <source>Ask whether the server is running, and whether a firewall is in the way.</source>
        <translation>Pregunte si el servidor está en marcha y si un cortafuegos bloquea la conexión.</translation>
    </message>
    <message>
        <source>See whether the proxy is set correctly.</source>
        <translation>Compruebe que el proxy está configurado correctamente.</translation>
    </message>
    <message>
        <source>Sign in to this network, or see whether the user name and the password for the proxy are correct.</source>
        <translation>Inicie sesión en esta red, o compruebe que el nombre de usuario y la contraseña del proxy son correctos.</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator to let this installer connect to the server.</source>
        <translation>Pida al administrador de la red que permita a este instalador conectarse al servidor.</translation>
    </message>
    <message>
        <source>See whether the date and the time of this computer are correct.</source>
        <translation>Compruebe que la fecha y la hora de este equipo son correctas.</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator whether encrypted connections are inspected here.</source>
        <translation>Pregunte al administrador de la red si aquí se inspeccionan las conexiones cifradas.</translation>
    </message>
    <message>
        <source>Open a browser, sign in to this network, and check again.</source>
        <translation>Abra un navegador, inicie sesión en esta red y repita la comprobación.</translation>
    </message>
    <message>
        <source>Wait a moment, and check again.</source>
        <translation>Espere un momento y repita la comprobación.</translation>
    </message>
    <message>
        <source>Check again when you are ready.</source>
        <translation>Vuelva a comprobar cuando quiera.</translation>
    </message>
    <message>
        <source>Ask whoever manages your licenses.</source>
        <translation>Pregunte a quien administra sus licencias.</translation>
    </message>
    <message>
        <source>See whether the server&apos;s address is correct.</source>
        <translation>Compruebe que la dirección del servidor es correcta.</translation>
    </message>
    <message>
        <source>Report this to whoever runs the license server.</source>
        <translation>Informe de esto a quien administra el servidor de licencias.</translation>
    </message>
    <message>
        <source>Report this to whoever made this installer.</source>
        <translation>Informe de esto a quien hizo este instalador.</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>No hay memoria suficiente.</translation>
    </message>
    <message>
        <source>The license server&apos;s address cannot be used.</source>
        <translation>La dirección del servidor de licencias no se puede utilizar.</translation>
    </message>
    <message>
        <source>The proxy setting cannot be used.</source>
        <translation>La configuración del proxy no se puede utilizar.</translation>
    </message>
    <message>
        <source>The token file cannot be used.</source>
        <translation>El archivo de token no se puede utilizar.</translation>
    </message>
    <message>
        <source>The CA certificates cannot be used.</source>
        <translation>Los certificados de las autoridades de certificación no se pueden utilizar.</translation>
    </message>
    <message>
        <source>There are no CA certificates with which the license server could be verified.</source>
        <translation>No hay certificados de autoridades de certificación con los que verificar el servidor de licencias.</translation>
    </message>
    <message>
        <source>A part of this installer could not be loaded.</source>
        <translation>No se pudo cargar una parte de este instalador.</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be looked up.</source>
        <translation>No se pudo consultar el nombre del servidor de licencias.</translation>
    </message>
    <message>
        <source>The license server does not allow you to ask it.</source>
        <translation>El servidor de licencias no le permite consultarlo.</translation>
    </message>
    <message>
        <source>Your token has expired.</source>
        <translation>Su token ha caducado.</translation>
    </message>
    <message>
        <source>The answer cannot be read.</source>
        <translation>La respuesta no se puede leer.</translation>
    </message>
    <message>
        <source>No secure connection to the proxy could be made.</source>
        <translation>No se pudo establecer una conexión segura con el proxy.</translation>
    </message>
    <message>
        <source>The proxy could not be reached.</source>
        <translation>No se pudo acceder al proxy.</translation>
    </message>
    <message>
        <source>See whether the CA file is the right one.</source>
        <translation>Compruebe que el archivo de autoridades de certificación es el correcto.</translation>
    </message>
    <message>
        <source>Get the whole installer again, or ask the administrator of this computer for help.</source>
        <translation>Obtenga de nuevo el instalador completo o pida ayuda al administrador de este equipo.</translation>
    </message>
    <message>
        <source>Its certificate was revoked: do not trust this server, and report this to whoever runs it.</source>
        <translation>Su certificado fue revocado: no confíe en este servidor e informe de esto a quien lo administra.</translation>
    </message>
    <message>
        <source>Report this to the administrator of this network.</source>
        <translation>Informe de esto al administrador de esta red.</translation>
    </message>
    <message>
        <source>The license server could not be reached, and the script that chooses a proxy could not be asked.</source>
        <translation>No se pudo acceder al servidor de licencias ni consultar el script que elige un proxy.</translation>
    </message>
</context>
<context>
    <name>GateTexts</name>
    <message>
        <source>The list of packages %1 cannot be used: %2</source>
        <translation>La lista de paquetes %1 no se puede utilizar: %2</translation>
    </message>
    <message>
        <source>The token file %1 cannot be used: %2</source>
        <translation>El archivo de token %1 no se puede utilizar: %2</translation>
    </message>
    <message>
        <source>The CA file %1 cannot be used: %2</source>
        <translation>El archivo de autoridades de certificación %1 no se puede utilizar: %2</translation>
    </message>
    <message>
        <source>the token in QT_INSTALLER_JWT_TOKEN</source>
        <translation>el token de QT_INSTALLER_JWT_TOKEN</translation>
    </message>
    <message>
        <source>the signed-in Qt account</source>
        <translation>la cuenta de Qt con sesión iniciada</translation>
    </message>
    <message>
        <source>the token in %1</source>
        <translation>el token de %1</translation>
    </message>
    <message>
        <source>its script fails, probably since it expects a package that is left out: %1</source>
        <translation>su script falla, probablemente porque espera un paquete que se omite: %1</translation>
    </message>
    <message>
        <source>its script fails, since it expects %1, which is left out: %2</source>
        <translation>su script falla, porque espera %1, que se omite: %2</translation>
    </message>
    <message>
        <source>its script fails, and mentions %1, which is left out: %2</source>
        <translation>su script falla y menciona %1, que se omite: %2</translation>
    </message>
    <message>
        <source>needs %1, whose script fails</source>
        <translation>necesita %1, cuyo script falla</translation>
    </message>
    <message>
        <source>needs %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>necesita %1, cuya licencia comprueba un instalador, pero no una herramienta de mantenimiento</translation>
    </message>
    <message>
        <source>needs %1, which your license does not cover</source>
        <translation>necesita %1, que su licencia no cubre</translation>
    </message>
    <message>
        <source>needs %1, whose license could not be checked</source>
        <translation>necesita %1, cuya licencia no se pudo comprobar</translation>
    </message>
    <message>
        <source>belongs to %1, whose script fails</source>
        <translation>pertenece a %1, cuyo script falla</translation>
    </message>
    <message>
        <source>belongs to %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>pertenece a %1, cuya licencia comprueba un instalador, pero no una herramienta de mantenimiento</translation>
    </message>
    <message>
        <source>belongs to %1, which your license does not cover</source>
        <translation>pertenece a %1, que su licencia no cubre</translation>
    </message>
    <message>
        <source>belongs to %1, whose license could not be checked</source>
        <translation>pertenece a %1, cuya licencia no se pudo comprobar</translation>
    </message>
    <message>
        <source>%1 (built %2)</source>
        <translation>%1 (del %2)</translation>
    </message>
    <message>
        <source>your license does not cover %1, says %2 for %3</source>
        <translation>su licencia no cubre %1, según %2, consultado con %3</translation>
    </message>
    <message>
        <source>%2 said nothing about %1 when asked with %3</source>
        <translation>%2 no indicó nada sobre %1 (consultado con %3)</translation>
    </message>
    <message>
        <source>the license for %1 was not checked, since the package came from elsewhere later</source>
        <translation>la licencia de %1 no se comprobó, ya que el paquete llegó más tarde de otro lugar</translation>
    </message>
    <message>
        <source>it needs a license for %1, which an installer checks, and a maintenance tool does not</source>
        <translation>necesita una licencia de %1, que comprueba un instalador, pero no una herramienta de mantenimiento</translation>
    </message>
    <message>
        <source>the license for %1 could not be checked</source>
        <translation>la licencia de %1 no se pudo comprobar</translation>
    </message>
</context>
<context>
    <name>InstallerCheck</name>
    <message>
        <source>This installer&apos;s license check is set up wrongly: %1</source>
        <translation>La comprobación de licencias de este instalador está mal configurada: %1</translation>
    </message>
    <message>
        <source>%1 cannot be installed: %2</source>
        <translation>%1 no se puede instalar: %2</translation>
    </message>
    <message>
        <source>%1 is left out: %2</source>
        <translation>%1 se omite: %2</translation>
    </message>
    <message>
        <source>%1 is not chosen by default: its script decides that, and mentions %2, which is left out</source>
        <translation>%1 no está seleccionado de forma predeterminada: lo decide su script, que menciona %2, que se omite</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) are not offered: only an installer checks their licenses.</source>
        <translation>
            <numerusform>%n componente no se ofrece: solo un instalador comprueba su licencia.</numerusform>
            <numerusform>%n componentes no se ofrecen: solo un instalador comprueba sus licencias.</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no updates that can be installed.</source>
        <translation>No hay actualizaciones que se puedan instalar.</translation>
    </message>
    <message>
        <source>%1 is not offered: %2</source>
        <translation>%1 no se ofrece: %2</translation>
    </message>
    <message numerus="yes">
        <source>And %n more; the log says why.</source>
        <translation>
            <numerusform>Y %n más; el registro dice por qué.</numerusform>
            <numerusform>Y %n más; el registro dice por qué.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your licenses could not be checked: %1</source>
        <translation>No se pudieron comprobar sus licencias: %1</translation>
    </message>
</context>
<context>
    <name>LicenseList</name>
    <message>
        <source>Licenses</source>
        <translation>Licencias</translation>
    </message>
    <message>
        <source>License</source>
        <translation>Licencia</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>Validez</translation>
    </message>
    <message>
        <source>This license names nothing in this installer.</source>
        <translation>Esta licencia no menciona nada de este instalador.</translation>
    </message>
    <message>
        <source>This license names: %1</source>
        <translation>Esta licencia menciona: %1</translation>
    </message>
    <message>
        <source>Manage licenses</source>
        <translation>Administrar licencias</translation>
    </message>
    <message>
        <source>Contact sales</source>
        <translation>Contactar con ventas</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>Soporte</translation>
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
        <translation>Comprobación de licencias</translation>
    </message>
</context>
<context>
    <name>LicenseReport</name>
    <message>
        <source>Which components do your licenses cover?</source>
        <translation>¿Qué componentes cubren sus licencias?</translation>
    </message>
    <message numerus="yes">
        <source>A license server will be asked. It learns from your token who you are, and it is told about %n component(s) of this installer.</source>
        <translation>
            <numerusform>Se consultará a un servidor de licencias. Por su token sabrá quién es usted, y recibirá datos de %n componente.</numerusform>
            <numerusform>Se consultará a un servidor de licencias. Por su token sabrá quién es usted, y recibirá datos de %n componentes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking which components your licenses cover...</source>
        <translation>Comprobando qué componentes cubren sus licencias...</translation>
    </message>
    <message>
        <source>Without an answer, components that need a license cannot be installed.</source>
        <translation>Sin respuesta no se pueden instalar los componentes que necesitan una licencia.</translation>
    </message>
    <message>
        <source>Without an answer nothing can be installed.</source>
        <translation>Sin respuesta no se puede instalar nada.</translation>
    </message>
    <message>
        <source>Nothing can be installed.</source>
        <translation>No se puede instalar nada.</translation>
    </message>
    <message>
        <source>There is a mistake in this installer, or in how it was started.</source>
        <translation>Hay un error en este instalador o en la forma en que se inició.</translation>
    </message>
    <message>
        <source>Your licenses could not be checked again: %1 The earlier answer counts.</source>
        <translation>No se pudieron comprobar de nuevo sus licencias: %1 Se mantiene la respuesta anterior.</translation>
    </message>
    <message>
        <source>Components that need a license are left out: your licenses could not be checked.</source>
        <translation>Se omiten los componentes que necesitan una licencia: no se pudieron comprobar sus licencias.</translation>
    </message>
    <message>
        <source>Your licenses cover all components that need one.</source>
        <translation>Sus licencias cubren todos los componentes que necesitan una.</translation>
    </message>
    <message>
        <source>None of the components that need a license is covered by your licenses.</source>
        <translation>Sus licencias no cubren ninguno de los componentes que necesitan una licencia.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n component(s) are covered by your licenses.</source>
        <translation>
            <numerusform>Sus licencias cubren %1 de %n componente.</numerusform>
            <numerusform>Sus licencias cubren %1 de %n componentes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Server: %1, with %2</source>
        <translation>Servidor: %1, con %2</translation>
    </message>
    <message>
        <source>Server: %1, with %2, for the user %3</source>
        <translation>Servidor: %1, con %2, para el usuario %3</translation>
    </message>
    <message>
        <source>Not covered by your licenses</source>
        <translation>No cubiertos por sus licencias</translation>
    </message>
    <message>
        <source>The server said nothing about these</source>
        <translation>El servidor no dijo nada de estos</translation>
    </message>
    <message>
        <source>The server is asked about these</source>
        <translation>Se consulta al servidor por estos</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Sin comprobar</translation>
    </message>
    <message>
        <source>Their scripts expect something that is left out</source>
        <translation>Sus scripts esperan algo que se omite</translation>
    </message>
    <message>
        <source>Covered by your licenses</source>
        <translation>Cubiertos por sus licencias</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Omitido</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Desconocido</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>Cubierto</translation>
    </message>
    <message>
        <source>Not covered</source>
        <translation>No cubierto</translation>
    </message>
    <message>
        <source>no end date</source>
        <translation>sin fecha de caducidad</translation>
    </message>
    <message>
        <source>for builds until %1</source>
        <translation>para compilaciones hasta el %1</translation>
    </message>
    <message>
        <source>expired on %1</source>
        <translation>caducó el %1</translation>
    </message>
    <message>
        <source>valid until %1</source>
        <translation>válida hasta el %1</translation>
    </message>
</context>
<context>
    <name>LicenseTree</name>
    <message>
        <source>Filter</source>
        <translation>Filtrar</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Componentes</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>Componente</translation>
    </message>
    <message>
        <source>License</source>
        <translation>Licencia</translation>
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
        <translation>Esperando al servidor de licencias</translation>
    </message>
    <message>
        <source>What happened in detail</source>
        <translation>Detalles de lo ocurrido</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Componentes</translation>
    </message>
    <message>
        <source>Licenses</source>
        <translation>Licencias</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>&amp;Volver a comprobar</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>&amp;Detener</translation>
    </message>
    <message>
        <source>Choose &amp;token file...</source>
        <translation>Elegir archivo de &amp;token...</translation>
    </message>
    <message>
        <source>Copy &amp;details</source>
        <translation>Cop&amp;iar detalles</translation>
    </message>
    <message>
        <source>Continue &amp;without them</source>
        <translation>Continuar &amp;sin ellos</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>&amp;Comprobar ahora</translation>
    </message>
    <message>
        <source>Choose Token File</source>
        <translation>Elegir archivo de token</translation>
    </message>
    <message>
        <source>&amp;Details copied</source>
        <translation>Detalles cop&amp;iados</translation>
    </message>
</context>
<context>
    <name>LinkedLibrary</name>
    <message>
        <source>The maintenance tool will not start, so that nothing can be removed with it: %1 cannot be copied to %2: %3. Copy this file there yourself.</source>
        <translation>La herramienta de mantenimiento no se iniciará, así que no se podrá quitar nada con ella: %1 no se puede copiar a %2: %3. Copie usted mismo este archivo allí.</translation>
    </message>
    <message>
        <source>License Check</source>
        <translation>Comprobación de licencias</translation>
    </message>
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR">
<context>
    <name>FailureTexts</name>
    <message>
        <source>Your token cannot be used.</source>
        <translation>Seu token não pode ser usado.</translation>
    </message>
    <message>
        <source>There is no token with which the license server can be asked.</source>
        <translation>Não há token com o qual consultar o servidor de licenças.</translation>
    </message>
    <message>
        <source>A setting cannot be used on this computer.</source>
        <translation>Uma configuração não pode ser usada neste computador.</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be found.</source>
        <translation>O nome do servidor de licenças não foi encontrado.</translation>
    </message>
    <message>
        <source>The license server could not be reached.</source>
        <translation>Não foi possível acessar o servidor de licenças.</translation>
    </message>
    <message>
        <source>The proxy did not connect to the license server.</source>
        <translation>O proxy não se conectou ao servidor de licenças.</translation>
    </message>
    <message>
        <source>The license server could not be verified.</source>
        <translation>Não foi possível verificar a identidade do servidor de licenças.</translation>
    </message>
    <message>
        <source>No secure connection to the license server could be made.</source>
        <translation>Não foi possível estabelecer uma conexão segura com o servidor de licenças.</translation>
    </message>
    <message>
        <source>The license server did not answer in time.</source>
        <translation>O servidor de licenças não respondeu a tempo.</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>A verificação foi interrompida.</translation>
    </message>
    <message>
        <source>The connection broke before the answer was complete.</source>
        <translation>A conexão caiu antes que a resposta estivesse completa.</translation>
    </message>
    <message>
        <source>The license server refused to answer.</source>
        <translation>O servidor de licenças se recusou a responder.</translation>
    </message>
    <message>
        <source>The license server did not understand the question.</source>
        <translation>O servidor de licenças não entendeu a pergunta.</translation>
    </message>
    <message>
        <source>The license server does not accept your token.</source>
        <translation>O servidor de licenças não aceita seu token.</translation>
    </message>
    <message>
        <source>There is no license check at the server&apos;s address.</source>
        <translation>Não há verificação de licenças no endereço do servidor.</translation>
    </message>
    <message>
        <source>The license server has too much to do at the moment.</source>
        <translation>O servidor de licenças está muito ocupado no momento.</translation>
    </message>
    <message>
        <source>The license server has a problem of its own.</source>
        <translation>O próprio servidor de licenças está com um problema.</translation>
    </message>
    <message>
        <source>The answer is not that of a license server.</source>
        <translation>A resposta não é a de um servidor de licenças.</translation>
    </message>
    <message>
        <source>The answer is too large.</source>
        <translation>A resposta é grande demais.</translation>
    </message>
    <message>
        <source>The license server could not be asked: there is a mistake in this installer.</source>
        <translation>Não foi possível consultar o servidor de licenças: há um erro neste instalador.</translation>
    </message>
    <message>
        <source>Sign in to your Qt account, and check again.</source>
        <translation>Entre na sua conta Qt e verifique de novo.</translation>
    </message>
    <message>
        <source>Choose a file that has a token for this server.</source>
        <translation>Escolha um arquivo que tenha um token para este servidor.</translation>
    </message>
    <message>
        <source>Ask the administrator of this computer for help.</source>
        <translation>Peça ajuda ao administrador deste computador.</translation>
    </message>
    <message>
        <source>See whether this computer is connected to the right network, and check again.</source>
        <translation>Veja se este computador está conectado à rede certa e verifique de novo.</translation>
    </message>
    <message>
        <source>Close other programs, and check again.</source>
        <translation>Feche outros programas e verifique de novo.</translation>
    </message>
    <message>
        <source>Ask whether the server is running, and whether a firewall is in the way.</source>
        <translation>Pergunte se o servidor está funcionando e se um firewall está bloqueando a conexão.</translation>
    </message>
    <message>
        <source>See whether the proxy is set correctly.</source>
        <translation>Veja se o proxy está configurado corretamente.</translation>
    </message>
    <message>
        <source>Sign in to this network, or see whether the user name and the password for the proxy are correct.</source>
        <translation>Entre nesta rede ou veja se o nome de usuário e a senha do proxy estão corretos.</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator to let this installer connect to the server.</source>
        <translation>Peça ao administrador da rede que permita que este instalador se conecte ao servidor.</translation>
    </message>
    <message>
        <source>See whether the date and the time of this computer are correct.</source>
        <translation>Veja se a data e a hora deste computador estão corretas.</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator whether encrypted connections are inspected here.</source>
        <translation>Pergunte ao administrador da rede se as conexões criptografadas são inspecionadas aqui.</translation>
    </message>
    <message>
        <source>Open a browser, sign in to this network, and check again.</source>
        <translation>Abra um navegador, entre nesta rede e verifique de novo.</translation>
    </message>
    <message>
        <source>Wait a moment, and check again.</source>
        <translation>Espere um momento e verifique de novo.</translation>
    </message>
    <message>
        <source>Check again when you are ready.</source>
        <translation>Verifique de novo quando estiver pronto.</translation>
    </message>
    <message>
        <source>Ask whoever manages your licenses.</source>
        <translation>Pergunte a quem administra suas licenças.</translation>
    </message>
    <message>
        <source>See whether the server&apos;s address is correct.</source>
        <translation>Veja se o endereço do servidor está correto.</translation>
    </message>
    <message>
        <source>Report this to whoever runs the license server.</source>
        <translation>Informe isso a quem administra o servidor de licenças.</translation>
    </message>
    <message>
        <source>Report this to whoever made this installer.</source>
        <translation>Informe isso a quem fez este instalador.</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>Não há memória suficiente.</translation>
    </message>
    <message>
        <source>The license server&apos;s address cannot be used.</source>
        <translation>O endereço do servidor de licenças não pode ser usado.</translation>
    </message>
    <message>
        <source>The proxy setting cannot be used.</source>
        <translation>A configuração do proxy não pode ser usada.</translation>
    </message>
    <message>
        <source>The token file cannot be used.</source>
        <translation>O arquivo de token não pode ser usado.</translation>
    </message>
    <message>
        <source>The CA certificates cannot be used.</source>
        <translation>Os certificados das autoridades certificadoras não podem ser usados.</translation>
    </message>
    <message>
        <source>There are no CA certificates with which the license server could be verified.</source>
        <translation>Não há certificados de autoridades certificadoras com os quais verificar o servidor de licenças.</translation>
    </message>
    <message>
        <source>A part of this installer could not be loaded.</source>
        <translation>Não foi possível carregar uma parte deste instalador.</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be looked up.</source>
        <translation>Não foi possível consultar o nome do servidor de licenças.</translation>
    </message>
    <message>
        <source>The license server does not allow you to ask it.</source>
        <translation>O servidor de licenças não permite que você o consulte.</translation>
    </message>
    <message>
        <source>Your token has expired.</source>
        <translation>Seu token expirou.</translation>
    </message>
    <message>
        <source>The answer cannot be read.</source>
        <translation>A resposta não pode ser lida.</translation>
    </message>
    <message>
        <source>No secure connection to the proxy could be made.</source>
        <translation>Não foi possível estabelecer uma conexão segura com o proxy.</translation>
    </message>
    <message>
        <source>The proxy could not be reached.</source>
        <translation>Não foi possível acessar o proxy.</translation>
    </message>
    <message>
        <source>See whether the CA file is the right one.</source>
        <translation>Veja se o arquivo de autoridades certificadoras é o correto.</translation>
    </message>
    <message>
        <source>Get the whole installer again, or ask the administrator of this computer for help.</source>
        <translation>Obtenha o instalador completo novamente ou peça ajuda ao administrador deste computador.</translation>
    </message>
    <message>
        <source>Its certificate was revoked: do not trust this server, and report this to whoever runs it.</source>
        <translation>O certificado dele foi revogado: não confie neste servidor e informe isso a quem o administra.</translation>
    </message>
    <message>
        <source>Report this to the administrator of this network.</source>
        <translation>Informe isso ao administrador desta rede.</translation>
    </message>
    <message>
        <source>The license server could not be reached, and the script that chooses a proxy could not be asked.</source>
        <translation>Não foi possível acessar o servidor de licenças nem consultar o script que escolhe um proxy.</translation>
    </message>
</context>
<context>
    <name>GateTexts</name>
    <message>
        <source>The list of packages %1 cannot be used: %2</source>
        <translation>A lista de pacotes %1 não pode ser usada: %2</translation>
    </message>
    <message>
        <source>The token file %1 cannot be used: %2</source>
        <translation>O arquivo de token %1 não pode ser usado: %2</translation>
    </message>
    <message>
        <source>The CA file %1 cannot be used: %2</source>
        <translation>O arquivo de autoridades certificadoras %1 não pode ser usado: %2</translation>
    </message>
    <message>
        <source>the token in QT_INSTALLER_JWT_TOKEN</source>
        <translation>o token em QT_INSTALLER_JWT_TOKEN</translation>
    </message>
    <message>
        <source>the signed-in Qt account</source>
        <translation>a conta Qt conectada</translation>
    </message>
    <message>
        <source>the token in %1</source>
        <translation>o token em %1</translation>
    </message>
    <message>
        <source>its script fails, probably since it expects a package that is left out: %1</source>
        <translation>o script do pacote falha, provavelmente porque espera um pacote que é omitido: %1</translation>
    </message>
    <message>
        <source>its script fails, since it expects %1, which is left out: %2</source>
        <translation>o script do pacote falha, porque espera %1, que é omitido: %2</translation>
    </message>
    <message>
        <source>its script fails, and mentions %1, which is left out: %2</source>
        <translation>o script do pacote falha e menciona %1, que é omitido: %2</translation>
    </message>
    <message>
        <source>needs %1, whose script fails</source>
        <translation>precisa de %1, cujo script falha</translation>
    </message>
    <message>
        <source>needs %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>precisa de %1, cuja licença um instalador verifica, mas uma ferramenta de manutenção não</translation>
    </message>
    <message>
        <source>needs %1, which your license does not cover</source>
        <translation>precisa de %1, que sua licença não cobre</translation>
    </message>
    <message>
        <source>needs %1, whose license could not be checked</source>
        <translation>precisa de %1, cuja licença não pôde ser verificada</translation>
    </message>
    <message>
        <source>belongs to %1, whose script fails</source>
        <translation>pertence a %1, cujo script falha</translation>
    </message>
    <message>
        <source>belongs to %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>pertence a %1, cuja licença um instalador verifica, mas uma ferramenta de manutenção não</translation>
    </message>
    <message>
        <source>belongs to %1, which your license does not cover</source>
        <translation>pertence a %1, que sua licença não cobre</translation>
    </message>
    <message>
        <source>belongs to %1, whose license could not be checked</source>
        <translation>pertence a %1, cuja licença não pôde ser verificada</translation>
    </message>
    <message>
        <source>%1 (built %2)</source>
        <translation>%1 (de %2)</translation>
    </message>
    <message>
        <source>your license does not cover %1, says %2 for %3</source>
        <translation>sua licença não cobre %1, segundo %2, consultado com %3</translation>
    </message>
    <message>
        <source>%2 said nothing about %1 when asked with %3</source>
        <translation>%2 não disse nada sobre %1 (consultado com %3)</translation>
    </message>
    <message>
        <source>the license for %1 was not checked, since the package came from elsewhere later</source>
        <translation>a licença de %1 não foi verificada, pois o pacote foi acrescentado mais tarde, de outra origem</translation>
    </message>
    <message>
        <source>it needs a license for %1, which an installer checks, and a maintenance tool does not</source>
        <translation>precisa de uma licença de %1, que um instalador verifica, mas uma ferramenta de manutenção não</translation>
    </message>
    <message>
        <source>the license for %1 could not be checked</source>
        <translation>não foi possível verificar a licença de %1</translation>
    </message>
</context>
<context>
    <name>InstallerCheck</name>
    <message>
        <source>This installer&apos;s license check is set up wrongly: %1</source>
        <translation>A verificação de licenças deste instalador está mal configurada: %1</translation>
    </message>
    <message>
        <source>%1 cannot be installed: %2</source>
        <translation>%1 não pode ser instalado: %2</translation>
    </message>
    <message>
        <source>%1 is left out: %2</source>
        <translation>%1 é omitido: %2</translation>
    </message>
    <message>
        <source>%1 is not chosen by default: its script decides that, and mentions %2, which is left out</source>
        <translation>%1 não é escolhido por padrão: o script dele decide isso e menciona %2, que é omitido</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) are not offered: only an installer checks their licenses.</source>
        <translation>
            <numerusform>%n componente não é oferecido: só um instalador verifica sua licença.</numerusform>
            <numerusform>%n componentes não são oferecidos: só um instalador verifica suas licenças.</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no updates that can be installed.</source>
        <translation>Não há atualizações que possam ser instaladas.</translation>
    </message>
    <message>
        <source>%1 is not offered: %2</source>
        <translation>%1 não é oferecido: %2</translation>
    </message>
    <message numerus="yes">
        <source>And %n more; the log says why.</source>
        <translation>
            <numerusform>E mais %n; o log diz por quê.</numerusform>
            <numerusform>E mais %n; o log diz por quê.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your licenses could not be checked: %1</source>
        <translation>Não foi possível verificar suas licenças: %1</translation>
    </message>
</context>
<context>
    <name>LicenseList</name>
    <message>
        <source>Licenses</source>
        <translation>Licenças</translation>
    </message>
    <message>
        <source>License</source>
        <translation>Licença</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>Validade</translation>
    </message>
    <message>
        <source>This license names nothing in this installer.</source>
        <translation>Esta licença não cita nada deste instalador.</translation>
    </message>
    <message>
        <source>This license names: %1</source>
        <translation>Esta licença cita: %1</translation>
    </message>
    <message>
        <source>Manage licenses</source>
        <translation>Gerenciar licenças</translation>
    </message>
    <message>
        <source>Contact sales</source>
        <translation>Falar com vendas</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>Suporte</translation>
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
        <translation>Verificação de licenças</translation>
    </message>
</context>
<context>
    <name>LicenseReport</name>
    <message>
        <source>Which components do your licenses cover?</source>
        <translation>Quais componentes suas licenças cobrem?</translation>
    </message>
    <message numerus="yes">
        <source>A license server will be asked. It learns from your token who you are, and it is told about %n component(s) of this installer.</source>
        <translation>
            <numerusform>Um servidor de licenças será consultado. Pelo token ele saberá quem é você, e receberá dados de %n componente.</numerusform>
            <numerusform>Um servidor de licenças será consultado. Pelo token ele saberá quem é você, e receberá dados de %n componentes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking which components your licenses cover...</source>
        <translation>Verificando quais componentes suas licenças cobrem...</translation>
    </message>
    <message>
        <source>Without an answer, components that need a license cannot be installed.</source>
        <translation>Sem uma resposta, os componentes que precisam de licença não podem ser instalados.</translation>
    </message>
    <message>
        <source>Without an answer nothing can be installed.</source>
        <translation>Sem uma resposta, nada pode ser instalado.</translation>
    </message>
    <message>
        <source>Nothing can be installed.</source>
        <translation>Nada pode ser instalado.</translation>
    </message>
    <message>
        <source>There is a mistake in this installer, or in how it was started.</source>
        <translation>Há um erro neste instalador ou na forma como foi iniciado.</translation>
    </message>
    <message>
        <source>Your licenses could not be checked again: %1 The earlier answer counts.</source>
        <translation>Não foi possível verificar suas licenças novamente: %1 Vale a resposta anterior.</translation>
    </message>
    <message>
        <source>Components that need a license are left out: your licenses could not be checked.</source>
        <translation>Os componentes que precisam de licença são omitidos: não foi possível verificar suas licenças.</translation>
    </message>
    <message>
        <source>Your licenses cover all components that need one.</source>
        <translation>Suas licenças cobrem todos os componentes que precisam de uma.</translation>
    </message>
    <message>
        <source>None of the components that need a license is covered by your licenses.</source>
        <translation>Suas licenças não cobrem nenhum dos componentes que precisam de licença.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n component(s) are covered by your licenses.</source>
        <translation>
            <numerusform>Suas licenças cobrem %1 de %n componente.</numerusform>
            <numerusform>Suas licenças cobrem %1 de %n componentes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Server: %1, with %2</source>
        <translation>Servidor: %1, com %2</translation>
    </message>
    <message>
        <source>Server: %1, with %2, for the user %3</source>
        <translation>Servidor: %1, com %2, para o usuário %3</translation>
    </message>
    <message>
        <source>Not covered by your licenses</source>
        <translation>Não cobertos por suas licenças</translation>
    </message>
    <message>
        <source>The server said nothing about these</source>
        <translation>O servidor não disse nada sobre estes</translation>
    </message>
    <message>
        <source>The server is asked about these</source>
        <translation>O servidor é consultado sobre estes</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Não verificados</translation>
    </message>
    <message>
        <source>Their scripts expect something that is left out</source>
        <translation>Seus scripts esperam algo que é omitido</translation>
    </message>
    <message>
        <source>Covered by your licenses</source>
        <translation>Cobertos por suas licenças</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Omitido</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Desconhecido</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>Coberto</translation>
    </message>
    <message>
        <source>Not covered</source>
        <translation>Não coberto</translation>
    </message>
    <message>
        <source>no end date</source>
        <translation>sem data de término</translation>
    </message>
    <message>
        <source>for builds until %1</source>
        <translation>para builds até %1</translation>
    </message>
    <message>
        <source>expired on %1</source>
        <translation>expirou em %1</translation>
    </message>
    <message>
        <source>valid until %1</source>
        <translation>válida até %1</translation>
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
        <translation>Licença</translation>
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
        <translation>Aguardando o servidor de licenças</translation>
    </message>
    <message>
        <source>What happened in detail</source>
        <translation>Detalhes do que aconteceu</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Componentes</translation>
    </message>
    <message>
        <source>Licenses</source>
        <translation>Licenças</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>Verificar de &amp;novo</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>P&amp;arar</translation>
    </message>
    <message>
        <source>Choose &amp;token file...</source>
        <translation>Escolher arquivo de &amp;token...</translation>
    </message>
    <message>
        <source>Copy &amp;details</source>
        <translation>&amp;Copiar detalhes</translation>
    </message>
    <message>
        <source>Continue &amp;without them</source>
        <translation>Continuar &amp;sem eles</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>Verificar &amp;agora</translation>
    </message>
    <message>
        <source>Choose Token File</source>
        <translation>Escolher arquivo de token</translation>
    </message>
    <message>
        <source>&amp;Details copied</source>
        <translation>Detalhes &amp;copiados</translation>
    </message>
</context>
<context>
    <name>LinkedLibrary</name>
    <message>
        <source>The maintenance tool will not start, so that nothing can be removed with it: %1 cannot be copied to %2: %3. Copy this file there yourself.</source>
        <translation>A ferramenta de manutenção não vai iniciar, portanto nada poderá ser removido com ela: %1 não pode ser copiado para %2: %3. Copie você mesmo este arquivo para lá.</translation>
    </message>
    <message>
        <source>License Check</source>
        <translation>Verificação de licenças</translation>
    </message>
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru">
<context>
    <name>FailureTexts</name>
    <message>
        <source>Your token cannot be used.</source>
        <translation>Ваш токен использовать нельзя.</translation>
    </message>
    <message>
        <source>There is no token with which the license server can be asked.</source>
        <translation>Нет токена, с которым можно обратиться к серверу лицензий.</translation>
    </message>
    <message>
        <source>A setting cannot be used on this computer.</source>
        <translation>Один из параметров нельзя использовать на этом компьютере.</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be found.</source>
        <translation>Имя сервера лицензий не найдено.</translation>
    </message>
    <message>
        <source>The license server could not be reached.</source>
        <translation>Сервер лицензий недоступен.</translation>
    </message>
    <message>
        <source>The proxy did not connect to the license server.</source>
        <translation>Прокси-сервер не установил соединение с сервером лицензий.</translation>
    </message>
    <message>
        <source>The license server could not be verified.</source>
        <translation>Не удалось проверить подлинность сервера лицензий.</translation>
    </message>
    <message>
        <source>No secure connection to the license server could be made.</source>
        <translation>Не удалось установить защищённое соединение с сервером лицензий.</translation>
    </message>
    <message>
        <source>The license server did not answer in time.</source>
        <translation>Сервер лицензий не ответил вовремя.</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>Проверка остановлена.</translation>
    </message>
    <message>
        <source>The connection broke before the answer was complete.</source>
        <translation>Соединение прервалось до получения полного ответа.</translation>
    </message>
    <message>
        <source>The license server refused to answer.</source>
        <translation>Сервер лицензий отказался отвечать.</translation>
    </message>
    <message>
        <source>The license server did not understand the question.</source>
        <translation>Сервер лицензий не понял вопроса.</translation>
    </message>
    <message>
        <source>The license server does not accept your token.</source>
        <translation>Сервер лицензий не принимает ваш токен.</translation>
    </message>
    <message>
        <source>There is no license check at the server&apos;s address.</source>
        <translation>По адресу сервера нет проверки лицензий.</translation>
    </message>
    <message>
        <source>The license server has too much to do at the moment.</source>
        <translation>Сервер лицензий сейчас слишком занят.</translation>
    </message>
    <message>
        <source>The license server has a problem of its own.</source>
        <translation>У самого сервера лицензий возникла проблема.</translation>
    </message>
    <message>
        <source>The answer is not that of a license server.</source>
        <translation>Ответ получен не от сервера лицензий.</translation>
    </message>
    <message>
        <source>The answer is too large.</source>
        <translation>Ответ слишком велик.</translation>
    </message>
    <message>
        <source>The license server could not be asked: there is a mistake in this installer.</source>
        <translation>Не удалось обратиться к серверу лицензий: в этой программе установки есть ошибка.</translation>
    </message>
    <message>
        <source>Sign in to your Qt account, and check again.</source>
        <translation>Войдите в свою учётную запись Qt и повторите проверку.</translation>
    </message>
    <message>
        <source>Choose a file that has a token for this server.</source>
        <translation>Выберите файл с токеном для этого сервера.</translation>
    </message>
    <message>
        <source>Ask the administrator of this computer for help.</source>
        <translation>Обратитесь за помощью к администратору этого компьютера.</translation>
    </message>
    <message>
        <source>See whether this computer is connected to the right network, and check again.</source>
        <translation>Проверьте, подключён ли этот компьютер к нужной сети, и повторите проверку.</translation>
    </message>
    <message>
        <source>Close other programs, and check again.</source>
        <translation>Закройте другие программы и повторите проверку.</translation>
    </message>
    <message>
        <source>Ask whether the server is running, and whether a firewall is in the way.</source>
        <translation>Узнайте, работает ли сервер и не мешает ли межсетевой экран.</translation>
    </message>
    <message>
        <source>See whether the proxy is set correctly.</source>
        <translation>Проверьте, правильно ли настроен прокси-сервер.</translation>
    </message>
    <message>
        <source>Sign in to this network, or see whether the user name and the password for the proxy are correct.</source>
        <translation>Войдите в эту сеть или проверьте имя пользователя и пароль для прокси-сервера.</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator to let this installer connect to the server.</source>
        <translation>Попросите администратора сети разрешить этой программе установки соединение с сервером.</translation>
    </message>
    <message>
        <source>See whether the date and the time of this computer are correct.</source>
        <translation>Проверьте дату и время на этом компьютере.</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator whether encrypted connections are inspected here.</source>
        <translation>Узнайте у администратора сети, проверяются ли здесь зашифрованные соединения.</translation>
    </message>
    <message>
        <source>Open a browser, sign in to this network, and check again.</source>
        <translation>Откройте браузер, войдите в эту сеть и повторите проверку.</translation>
    </message>
    <message>
        <source>Wait a moment, and check again.</source>
        <translation>Подождите немного и повторите проверку.</translation>
    </message>
    <message>
        <source>Check again when you are ready.</source>
        <translation>Повторите проверку, когда будете готовы.</translation>
    </message>
    <message>
        <source>Ask whoever manages your licenses.</source>
        <translation>Обратитесь к тому, кто управляет вашими лицензиями.</translation>
    </message>
    <message>
        <source>See whether the server&apos;s address is correct.</source>
        <translation>Проверьте, верен ли адрес сервера.</translation>
    </message>
    <message>
        <source>Report this to whoever runs the license server.</source>
        <translation>Сообщите об этом тому, кто обслуживает сервер лицензий.</translation>
    </message>
    <message>
        <source>Report this to whoever made this installer.</source>
        <translation>Сообщите об этом автору этой программы установки.</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>Недостаточно памяти.</translation>
    </message>
    <message>
        <source>The license server&apos;s address cannot be used.</source>
        <translation>Адрес сервера лицензий использовать нельзя.</translation>
    </message>
    <message>
        <source>The proxy setting cannot be used.</source>
        <translation>Настройку прокси-сервера использовать нельзя.</translation>
    </message>
    <message>
        <source>The token file cannot be used.</source>
        <translation>Файл токена использовать нельзя.</translation>
    </message>
    <message>
        <source>The CA certificates cannot be used.</source>
        <translation>Сертификаты центров сертификации использовать нельзя.</translation>
    </message>
    <message>
        <source>There are no CA certificates with which the license server could be verified.</source>
        <translation>Нет сертификатов центров сертификации, с помощью которых можно проверить подлинность сервера лицензий.</translation>
    </message>
    <message>
        <source>A part of this installer could not be loaded.</source>
        <translation>Не удалось загрузить часть этой программы установки.</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be looked up.</source>
        <translation>Не удалось определить адрес сервера лицензий по имени.</translation>
    </message>
    <message>
        <source>The license server does not allow you to ask it.</source>
        <translation>Сервер лицензий не разрешает вам этот запрос.</translation>
    </message>
    <message>
        <source>Your token has expired.</source>
        <translation>Срок действия вашего токена истёк.</translation>
    </message>
    <message>
        <source>The answer cannot be read.</source>
        <translation>Ответ не удаётся прочитать.</translation>
    </message>
    <message>
        <source>No secure connection to the proxy could be made.</source>
        <translation>Не удалось установить защищённое соединение с прокси-сервером.</translation>
    </message>
    <message>
        <source>The proxy could not be reached.</source>
        <translation>Прокси-сервер недоступен.</translation>
    </message>
    <message>
        <source>See whether the CA file is the right one.</source>
        <translation>Проверьте, тот ли файл центров сертификации указан.</translation>
    </message>
    <message>
        <source>Get the whole installer again, or ask the administrator of this computer for help.</source>
        <translation>Загрузите программу установки целиком ещё раз или обратитесь за помощью к администратору этого компьютера.</translation>
    </message>
    <message>
        <source>Its certificate was revoked: do not trust this server, and report this to whoever runs it.</source>
        <translation>Его сертификат отозван: не доверяйте этому серверу и сообщите об этом тому, кто его обслуживает.</translation>
    </message>
    <message>
        <source>Report this to the administrator of this network.</source>
        <translation>Сообщите об этом администратору этой сети.</translation>
    </message>
    <message>
        <source>The license server could not be reached, and the script that chooses a proxy could not be asked.</source>
        <translation>Сервер лицензий недоступен, и не удалось обратиться к сценарию, который выбирает прокси-сервер.</translation>
    </message>
</context>
<context>
    <name>GateTexts</name>
    <message>
        <source>The list of packages %1 cannot be used: %2</source>
        <translation>Список пакетов %1 использовать нельзя: %2</translation>
    </message>
    <message>
        <source>The token file %1 cannot be used: %2</source>
        <translation>Файл токена %1 использовать нельзя: %2</translation>
    </message>
    <message>
        <source>The CA file %1 cannot be used: %2</source>
        <translation>Файл центров сертификации %1 использовать нельзя: %2</translation>
    </message>
    <message>
        <source>the token in QT_INSTALLER_JWT_TOKEN</source>
        <translation>токен из QT_INSTALLER_JWT_TOKEN</translation>
    </message>
    <message>
        <source>the signed-in Qt account</source>
        <translation>учётная запись Qt, в которую выполнен вход</translation>
    </message>
    <message>
        <source>the token in %1</source>
        <translation>токен из %1</translation>
    </message>
    <message>
        <source>its script fails, probably since it expects a package that is left out: %1</source>
        <translation>его сценарий завершается ошибкой, вероятно, потому что ожидает исключённый пакет: %1</translation>
    </message>
    <message>
        <source>its script fails, since it expects %1, which is left out: %2</source>
        <translation>его сценарий завершается ошибкой, потому что ожидает исключённый %1: %2</translation>
    </message>
    <message>
        <source>its script fails, and mentions %1, which is left out: %2</source>
        <translation>его сценарий завершается ошибкой и упоминает исключённый %1: %2</translation>
    </message>
    <message>
        <source>needs %1, whose script fails</source>
        <translation>требует %1, сценарий которого завершается ошибкой</translation>
    </message>
    <message>
        <source>needs %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>требует %1, лицензию на который проверяет программа установки, но не программа обслуживания</translation>
    </message>
    <message>
        <source>needs %1, which your license does not cover</source>
        <translation>требует %1, на который ваша лицензия не распространяется</translation>
    </message>
    <message>
        <source>needs %1, whose license could not be checked</source>
        <translation>требует %1, лицензию на который проверить не удалось</translation>
    </message>
    <message>
        <source>belongs to %1, whose script fails</source>
        <translation>относится к %1, сценарий которого завершается ошибкой</translation>
    </message>
    <message>
        <source>belongs to %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>относится к %1, лицензию на который проверяет программа установки, но не программа обслуживания</translation>
    </message>
    <message>
        <source>belongs to %1, which your license does not cover</source>
        <translation>относится к %1, на который ваша лицензия не распространяется</translation>
    </message>
    <message>
        <source>belongs to %1, whose license could not be checked</source>
        <translation>относится к %1, лицензию на который проверить не удалось</translation>
    </message>
    <message>
        <source>%1 (built %2)</source>
        <translation>%1 (от %2)</translation>
    </message>
    <message>
        <source>your license does not cover %1, says %2 for %3</source>
        <translation>ваша лицензия не распространяется на %1, сообщает %2; использовано: %3</translation>
    </message>
    <message>
        <source>%2 said nothing about %1 when asked with %3</source>
        <translation>%2 ничего не сообщил о %1; использовано: %3</translation>
    </message>
    <message>
        <source>the license for %1 was not checked, since the package came from elsewhere later</source>
        <translation>лицензия на %1 не проверена, так как пакет поступил позже из другого места</translation>
    </message>
    <message>
        <source>it needs a license for %1, which an installer checks, and a maintenance tool does not</source>
        <translation>требует лицензии на %1, которую проверяет программа установки, но не программа обслуживания</translation>
    </message>
    <message>
        <source>the license for %1 could not be checked</source>
        <translation>лицензию на %1 проверить не удалось</translation>
    </message>
</context>
<context>
    <name>InstallerCheck</name>
    <message>
        <source>This installer&apos;s license check is set up wrongly: %1</source>
        <translation>Проверка лицензий этой программы установки настроена неверно: %1</translation>
    </message>
    <message>
        <source>%1 cannot be installed: %2</source>
        <translation>Нельзя установить %1: %2</translation>
    </message>
    <message>
        <source>%1 is left out: %2</source>
        <translation>Исключён %1: %2</translation>
    </message>
    <message>
        <source>%1 is not chosen by default: its script decides that, and mentions %2, which is left out</source>
        <translation>%1 не выбран по умолчанию: это решает его сценарий, который упоминает исключённый %2</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) are not offered: only an installer checks their licenses.</source>
        <translation>
            <numerusform>%n компонент не предлагается: его лицензию проверяет только программа установки.</numerusform>
            <numerusform>%n компонента не предлагаются: их лицензии проверяет только программа установки.</numerusform>
            <numerusform>%n компонентов не предлагается: их лицензии проверяет только программа установки.</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no updates that can be installed.</source>
        <translation>Нет обновлений, которые можно установить.</translation>
    </message>
    <message>
        <source>%1 is not offered: %2</source>
        <translation>%1 не предлагается: %2</translation>
    </message>
    <message numerus="yes">
        <source>And %n more; the log says why.</source>
        <translation>
            <numerusform>И ещё %n; причина указана в журнале.</numerusform>
            <numerusform>И ещё %n; причины указаны в журнале.</numerusform>
            <numerusform>И ещё %n; причины указаны в журнале.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your licenses could not be checked: %1</source>
        <translation>Не удалось проверить ваши лицензии: %1</translation>
    </message>
</context>
<context>
    <name>LicenseList</name>
    <message>
        <source>Licenses</source>
        <translation>Лицензии</translation>
    </message>
    <message>
        <source>License</source>
        <translation>Лицензия</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>Срок действия</translation>
    </message>
    <message>
        <source>This license names nothing in this installer.</source>
        <translation>В этой лицензии ничего из этой программы установки не названо.</translation>
    </message>
    <message>
        <source>This license names: %1</source>
        <translation>В этой лицензии названы: %1</translation>
    </message>
    <message>
        <source>Manage licenses</source>
        <translation>Управление лицензиями</translation>
    </message>
    <message>
        <source>Contact sales</source>
        <translation>Отдел продаж</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>Поддержка</translation>
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
        <translation>Проверка лицензий</translation>
    </message>
</context>
<context>
    <name>LicenseReport</name>
    <message>
        <source>Which components do your licenses cover?</source>
        <translation>На какие компоненты распространяются ваши лицензии?</translation>
    </message>
    <message numerus="yes">
        <source>A license server will be asked. It learns from your token who you are, and it is told about %n component(s) of this installer.</source>
        <translation>
            <numerusform>С этим вопросом программа обратится к серверу лицензий. По токену он узнает, кто вы, и получит сведения о %n компоненте.</numerusform>
            <numerusform>С этим вопросом программа обратится к серверу лицензий. По токену он узнает, кто вы, и получит сведения о %n компонентах.</numerusform>
            <numerusform>С этим вопросом программа обратится к серверу лицензий. По токену он узнает, кто вы, и получит сведения о %n компонентах.</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking which components your licenses cover...</source>
        <translation>Проверка, на какие компоненты распространяются ваши лицензии...</translation>
    </message>
    <message>
        <source>Without an answer, components that need a license cannot be installed.</source>
        <translation>Без ответа компоненты, требующие лицензии, установить нельзя.</translation>
    </message>
    <message>
        <source>Without an answer nothing can be installed.</source>
        <translation>Без ответа ничего установить нельзя.</translation>
    </message>
    <message>
        <source>Nothing can be installed.</source>
        <translation>Ничего установить нельзя.</translation>
    </message>
    <message>
        <source>There is a mistake in this installer, or in how it was started.</source>
        <translation>Ошибка в этой программе установки или в том, как она была запущена.</translation>
    </message>
    <message>
        <source>Your licenses could not be checked again: %1 The earlier answer counts.</source>
        <translation>Не удалось снова проверить ваши лицензии: %1 Действует прежний ответ.</translation>
    </message>
    <message>
        <source>Components that need a license are left out: your licenses could not be checked.</source>
        <translation>Компоненты, которым нужна лицензия, исключены: не удалось проверить ваши лицензии.</translation>
    </message>
    <message>
        <source>Your licenses cover all components that need one.</source>
        <translation>Ваши лицензии распространяются на все компоненты, которым они нужны.</translation>
    </message>
    <message>
        <source>None of the components that need a license is covered by your licenses.</source>
        <translation>Ваши лицензии не распространяются ни на один из компонентов, требующих лицензии.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n component(s) are covered by your licenses.</source>
        <translation>
            <numerusform>Ваши лицензии распространяются на %1 из %n компонента.</numerusform>
            <numerusform>Ваши лицензии распространяются на %1 из %n компонентов.</numerusform>
            <numerusform>Ваши лицензии распространяются на %1 из %n компонентов.</numerusform>
        </translation>
    </message>
    <message>
        <source>Server: %1, with %2</source>
        <translation>Сервер: %1, с помощью: %2</translation>
    </message>
    <message>
        <source>Server: %1, with %2, for the user %3</source>
        <translation>Сервер: %1, с помощью: %2, пользователь: %3</translation>
    </message>
    <message>
        <source>Not covered by your licenses</source>
        <translation>Не покрыты вашими лицензиями</translation>
    </message>
    <message>
        <source>The server said nothing about these</source>
        <translation>Сервер ничего о них не сообщил</translation>
    </message>
    <message>
        <source>The server is asked about these</source>
        <translation>О них программа спрашивает сервер</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Не проверено</translation>
    </message>
    <message>
        <source>Their scripts expect something that is left out</source>
        <translation>Их сценарии ожидают то, что исключено</translation>
    </message>
    <message>
        <source>Covered by your licenses</source>
        <translation>Покрыты вашими лицензиями</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Исключён</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Неизвестно</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>Есть лицензия</translation>
    </message>
    <message>
        <source>Not covered</source>
        <translation>Нет лицензии</translation>
    </message>
    <message>
        <source>no end date</source>
        <translation>бессрочно</translation>
    </message>
    <message>
        <source>for builds until %1</source>
        <translation>для сборок до %1</translation>
    </message>
    <message>
        <source>expired on %1</source>
        <translation>истекла %1</translation>
    </message>
    <message>
        <source>valid until %1</source>
        <translation>действует до %1</translation>
    </message>
</context>
<context>
    <name>LicenseTree</name>
    <message>
        <source>Filter</source>
        <translation>Фильтр</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Компоненты</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>Компонент</translation>
    </message>
    <message>
        <source>License</source>
        <translation>Лицензия</translation>
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
        <translation>Ожидание сервера лицензий</translation>
    </message>
    <message>
        <source>What happened in detail</source>
        <translation>Подробности произошедшего</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Компоненты</translation>
    </message>
    <message>
        <source>Licenses</source>
        <translation>Лицензии</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>Проверить &amp;снова</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>&amp;Остановить</translation>
    </message>
    <message>
        <source>Choose &amp;token file...</source>
        <translation>Выбрать файл &amp;токена...</translation>
    </message>
    <message>
        <source>Copy &amp;details</source>
        <translation>&amp;Копировать подробности</translation>
    </message>
    <message>
        <source>Continue &amp;without them</source>
        <translation>Продолжить &amp;без них</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>&amp;Проверить сейчас</translation>
    </message>
    <message>
        <source>Choose Token File</source>
        <translation>Выбор файла токена</translation>
    </message>
    <message>
        <source>&amp;Details copied</source>
        <translation>Подробности с&amp;копированы</translation>
    </message>
</context>
<context>
    <name>LinkedLibrary</name>
    <message>
        <source>The maintenance tool will not start, so that nothing can be removed with it: %1 cannot be copied to %2: %3. Copy this file there yourself.</source>
        <translation>Программа обслуживания не запустится, и с её помощью ничего нельзя будет удалить: не удалось скопировать %1 в %2: %3. Скопируйте туда этот файл самостоятельно.</translation>
    </message>
    <message>
        <source>License Check</source>
        <translation>Проверка лицензий</translation>
    </message>
</context>
</TS>

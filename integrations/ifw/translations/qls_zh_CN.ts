<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>FailureTexts</name>
    <message>
        <source>Your token cannot be used.</source>
        <translation>您的令牌无法使用。</translation>
    </message>
    <message>
        <source>There is no token with which the license server can be asked.</source>
        <translation>没有可用于向许可证服务器查询的令牌。</translation>
    </message>
    <message>
        <source>A setting cannot be used on this computer.</source>
        <translation>有一项设置无法在此计算机上使用。</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be found.</source>
        <translation>无法解析许可证服务器的名称。</translation>
    </message>
    <message>
        <source>The license server could not be reached.</source>
        <translation>无法连接到许可证服务器。</translation>
    </message>
    <message>
        <source>The proxy did not connect to the license server.</source>
        <translation>代理未能连接到许可证服务器。</translation>
    </message>
    <message>
        <source>The license server could not be verified.</source>
        <translation>无法验证许可证服务器。</translation>
    </message>
    <message>
        <source>No secure connection to the license server could be made.</source>
        <translation>无法与许可证服务器建立安全连接。</translation>
    </message>
    <message>
        <source>The license server did not answer in time.</source>
        <translation>许可证服务器未及时应答。</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>检查已停止。</translation>
    </message>
    <message>
        <source>The connection broke before the answer was complete.</source>
        <translation>应答尚未完成，连接就中断了。</translation>
    </message>
    <message>
        <source>The license server refused to answer.</source>
        <translation>许可证服务器拒绝应答。</translation>
    </message>
    <message>
        <source>The license server did not understand the question.</source>
        <translation>许可证服务器没有理解该问题。</translation>
    </message>
    <message>
        <source>The license server does not accept your token.</source>
        <translation>许可证服务器不接受您的令牌。</translation>
    </message>
    <message>
        <source>There is no license check at the server&apos;s address.</source>
        <translation>该服务器地址不提供许可证检查。</translation>
    </message>
    <message>
        <source>The license server has too much to do at the moment.</source>
        <translation>许可证服务器目前过于繁忙。</translation>
    </message>
    <message>
        <source>The license server has a problem of its own.</source>
        <translation>许可证服务器自身出现问题。</translation>
    </message>
    <message>
        <source>The answer is not that of a license server.</source>
        <translation>这不是许可证服务器的应答。</translation>
    </message>
    <message>
        <source>The answer is too large.</source>
        <translation>应答过大。</translation>
    </message>
    <message>
        <source>The license server could not be asked: there is a mistake in this installer.</source>
        <translation>无法向许可证服务器查询：此安装程序有错误。</translation>
    </message>
    <message>
        <source>Sign in to your Qt account, and check again.</source>
        <translation>请登录您的 Qt 账户，然后再次检查。</translation>
    </message>
    <message>
        <source>Choose a file that has a token for this server.</source>
        <translation>请选择包含此服务器令牌的文件。</translation>
    </message>
    <message>
        <source>Ask the administrator of this computer for help.</source>
        <translation>请向此计算机的管理员求助。</translation>
    </message>
    <message>
        <source>See whether this computer is connected to the right network, and check again.</source>
        <translation>请查看此计算机是否已连接到正确的网络，然后再次检查。</translation>
    </message>
    <message>
        <source>Close other programs, and check again.</source>
        <translation>请关闭其他程序，然后再次检查。</translation>
    </message>
    <message>
        <source>Ask whether the server is running, and whether a firewall is in the way.</source>
        <translation>请询问服务器是否在运行，以及是否有防火墙阻挡。</translation>
    </message>
    <message>
        <source>See whether the proxy is set correctly.</source>
        <translation>请查看代理设置是否正确。</translation>
    </message>
    <message>
        <source>Sign in to this network, or see whether the user name and the password for the proxy are correct.</source>
        <translation>请登录此网络，或查看代理的用户名和密码是否正确。</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator to let this installer connect to the server.</source>
        <translation>请网络管理员允许此安装程序连接到服务器。</translation>
    </message>
    <message>
        <source>See whether the date and the time of this computer are correct.</source>
        <translation>请查看此计算机的日期和时间是否正确。</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator whether encrypted connections are inspected here.</source>
        <translation>请询问网络管理员此处是否检查加密连接。</translation>
    </message>
    <message>
        <source>Open a browser, sign in to this network, and check again.</source>
        <translation>请打开浏览器，登录此网络，然后再次检查。</translation>
    </message>
    <message>
        <source>Wait a moment, and check again.</source>
        <translation>请稍候片刻，然后再次检查。</translation>
    </message>
    <message>
        <source>Check again when you are ready.</source>
        <translation>请在准备好后再次检查。</translation>
    </message>
    <message>
        <source>Ask whoever manages your licenses.</source>
        <translation>请询问管理您的许可证的人员。</translation>
    </message>
    <message>
        <source>See whether the server&apos;s address is correct.</source>
        <translation>请查看服务器地址是否正确。</translation>
    </message>
    <message>
        <source>Report this to whoever runs the license server.</source>
        <translation>请将此情况报告给许可证服务器的运营者。</translation>
    </message>
    <message>
        <source>Report this to whoever made this installer.</source>
        <translation>请将此情况报告给此安装程序的制作者。</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>内存不足。</translation>
    </message>
    <message>
        <source>The license server&apos;s address cannot be used.</source>
        <translation>无法使用许可证服务器的地址。</translation>
    </message>
    <message>
        <source>The proxy setting cannot be used.</source>
        <translation>无法使用代理设置。</translation>
    </message>
    <message>
        <source>The token file cannot be used.</source>
        <translation>无法使用令牌文件。</translation>
    </message>
    <message>
        <source>The CA certificates cannot be used.</source>
        <translation>无法使用 CA 证书。</translation>
    </message>
    <message>
        <source>There are no CA certificates with which the license server could be verified.</source>
        <translation>没有可用于验证许可证服务器的 CA 证书。</translation>
    </message>
    <message>
        <source>A part of this installer could not be loaded.</source>
        <translation>无法加载此安装程序的一部分。</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be looked up.</source>
        <translation>无法查询许可证服务器的名称。</translation>
    </message>
    <message>
        <source>The license server does not allow you to ask it.</source>
        <translation>许可证服务器不允许您查询。</translation>
    </message>
    <message>
        <source>Your token has expired.</source>
        <translation>您的令牌已过期。</translation>
    </message>
    <message>
        <source>The answer cannot be read.</source>
        <translation>无法读取应答。</translation>
    </message>
    <message>
        <source>No secure connection to the proxy could be made.</source>
        <translation>无法与代理建立安全连接。</translation>
    </message>
    <message>
        <source>The proxy could not be reached.</source>
        <translation>无法连接到代理。</translation>
    </message>
    <message>
        <source>See whether the CA file is the right one.</source>
        <translation>请查看 CA 文件是否正确。</translation>
    </message>
    <message>
        <source>Get the whole installer again, or ask the administrator of this computer for help.</source>
        <translation>请重新获取完整的安装程序，或向此计算机的管理员求助。</translation>
    </message>
    <message>
        <source>Its certificate was revoked: do not trust this server, and report this to whoever runs it.</source>
        <translation>其证书已被吊销：请勿信任此服务器，并将此情况报告给其运营者。</translation>
    </message>
    <message>
        <source>Report this to the administrator of this network.</source>
        <translation>请将此情况报告给此网络的管理员。</translation>
    </message>
    <message>
        <source>The license server could not be reached, and the script that chooses a proxy could not be asked.</source>
        <translation>无法连接到许可证服务器，也无法查询选择代理的脚本。</translation>
    </message>
</context>
<context>
    <name>GateTexts</name>
    <message>
        <source>The list of packages %1 cannot be used: %2</source>
        <translation>无法使用软件包列表 %1：%2</translation>
    </message>
    <message>
        <source>The token file %1 cannot be used: %2</source>
        <translation>无法使用令牌文件 %1：%2</translation>
    </message>
    <message>
        <source>The CA file %1 cannot be used: %2</source>
        <translation>无法使用 CA 文件 %1：%2</translation>
    </message>
    <message>
        <source>the token in QT_INSTALLER_JWT_TOKEN</source>
        <translation>QT_INSTALLER_JWT_TOKEN 中的令牌</translation>
    </message>
    <message>
        <source>the signed-in Qt account</source>
        <translation>已登录的 Qt 账户</translation>
    </message>
    <message>
        <source>the token in %1</source>
        <translation>%1 中的令牌</translation>
    </message>
    <message>
        <source>its script fails, probably since it expects a package that is left out: %1</source>
        <translation>其脚本失败，可能是因为它需要一个被排除的软件包：%1</translation>
    </message>
    <message>
        <source>its script fails, since it expects %1, which is left out: %2</source>
        <translation>其脚本失败，因为它需要被排除的 %1：%2</translation>
    </message>
    <message>
        <source>its script fails, and mentions %1, which is left out: %2</source>
        <translation>其脚本失败，并且提到了被排除的 %1：%2</translation>
    </message>
    <message>
        <source>needs %1, whose script fails</source>
        <translation>需要脚本失败的 %1</translation>
    </message>
    <message>
        <source>needs %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>需要 %1，其许可证由安装程序检查，维护工具不检查</translation>
    </message>
    <message>
        <source>needs %1, which your license does not cover</source>
        <translation>需要您的许可证未涵盖的 %1</translation>
    </message>
    <message>
        <source>needs %1, whose license could not be checked</source>
        <translation>需要 %1，而其许可证无法检查</translation>
    </message>
    <message>
        <source>belongs to %1, whose script fails</source>
        <translation>属于脚本失败的 %1</translation>
    </message>
    <message>
        <source>belongs to %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>属于 %1，其许可证由安装程序检查，维护工具不检查</translation>
    </message>
    <message>
        <source>belongs to %1, which your license does not cover</source>
        <translation>属于您的许可证未涵盖的 %1</translation>
    </message>
    <message>
        <source>belongs to %1, whose license could not be checked</source>
        <translation>属于 %1，而其许可证无法检查</translation>
    </message>
    <message>
        <source>%1 (built %2)</source>
        <translation>%1（构建于 %2）</translation>
    </message>
    <message>
        <source>your license does not cover %1, says %2 for %3</source>
        <translation>您的许可证不涵盖 %1（%2 的应答，使用 %3）</translation>
    </message>
    <message>
        <source>%2 said nothing about %1 when asked with %3</source>
        <translation>%2 未提及 %1（使用 %3）</translation>
    </message>
    <message>
        <source>the license for %1 was not checked, since the package came from elsewhere later</source>
        <translation>未检查 %1 的许可证，因为该软件包是后来从别处添加的</translation>
    </message>
    <message>
        <source>it needs a license for %1, which an installer checks, and a maintenance tool does not</source>
        <translation>需要 %1 的许可证，由安装程序检查，维护工具不检查</translation>
    </message>
    <message>
        <source>the license for %1 could not be checked</source>
        <translation>无法检查 %1 的许可证</translation>
    </message>
</context>
<context>
    <name>InstallerCheck</name>
    <message>
        <source>This installer&apos;s license check is set up wrongly: %1</source>
        <translation>此安装程序的许可证检查设置有误：%1</translation>
    </message>
    <message>
        <source>%1 cannot be installed: %2</source>
        <translation>无法安装 %1：%2</translation>
    </message>
    <message>
        <source>%1 is left out: %2</source>
        <translation>已排除 %1：%2</translation>
    </message>
    <message>
        <source>%1 is not chosen by default: its script decides that, and mentions %2, which is left out</source>
        <translation>默认不选择 %1：由其脚本决定，而脚本提到了被排除的 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) are not offered: only an installer checks their licenses.</source>
        <translation>
            <numerusform>有 %n 个组件不提供：只有安装程序才检查其许可证。</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no updates that can be installed.</source>
        <translation>没有可以安装的更新。</translation>
    </message>
    <message>
        <source>%1 is not offered: %2</source>
        <translation>不提供 %1：%2</translation>
    </message>
    <message numerus="yes">
        <source>And %n more; the log says why.</source>
        <translation>
            <numerusform>另有 %n 个；原因见日志。</numerusform>
        </translation>
    </message>
    <message>
        <source>Your licenses could not be checked: %1</source>
        <translation>无法检查您的许可证：%1</translation>
    </message>
</context>
<context>
    <name>LicenseList</name>
    <message>
        <source>Licenses</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>License</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>This license names nothing in this installer.</source>
        <translation>此许可证未列出此安装程序中的任何内容。</translation>
    </message>
    <message>
        <source>This license names: %1</source>
        <translation>此许可证列出：%1</translation>
    </message>
    <message>
        <source>Manage licenses</source>
        <translation>管理许可证</translation>
    </message>
    <message>
        <source>Contact sales</source>
        <translation>联系销售</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>支持</translation>
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
        <translation>许可证检查</translation>
    </message>
</context>
<context>
    <name>LicenseReport</name>
    <message>
        <source>Which components do your licenses cover?</source>
        <translation>您的许可证涵盖哪些组件？</translation>
    </message>
    <message numerus="yes">
        <source>A license server will be asked. It learns from your token who you are, and it is told about %n component(s) of this installer.</source>
        <translation>
            <numerusform>将就此向许可证服务器查询。它会通过您的令牌得知您的身份，并获知 %n 个组件的信息。</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking which components your licenses cover...</source>
        <translation>正在检查您的许可证涵盖哪些组件...</translation>
    </message>
    <message>
        <source>Without an answer, components that need a license cannot be installed.</source>
        <translation>没有应答，就无法安装需要许可证的组件。</translation>
    </message>
    <message>
        <source>Without an answer nothing can be installed.</source>
        <translation>没有应答，就无法安装任何内容。</translation>
    </message>
    <message>
        <source>Nothing can be installed.</source>
        <translation>无法安装任何内容。</translation>
    </message>
    <message>
        <source>There is a mistake in this installer, or in how it was started.</source>
        <translation>此安装程序或其启动方式有错误。</translation>
    </message>
    <message>
        <source>Your licenses could not be checked again: %1 The earlier answer counts.</source>
        <translation>无法再次检查您的许可证：%1 以先前的应答为准。</translation>
    </message>
    <message>
        <source>Components that need a license are left out: your licenses could not be checked.</source>
        <translation>需要许可证的组件已被排除：无法检查您的许可证。</translation>
    </message>
    <message>
        <source>Your licenses cover all components that need one.</source>
        <translation>您的许可证涵盖所有需要许可证的组件。</translation>
    </message>
    <message>
        <source>None of the components that need a license is covered by your licenses.</source>
        <translation>需要许可证的组件均不在您的许可证涵盖范围内。</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n component(s) are covered by your licenses.</source>
        <translation>
            <numerusform>您的许可证涵盖 %n 个组件中的 %1 个。</numerusform>
        </translation>
    </message>
    <message>
        <source>Server: %1, with %2</source>
        <translation>服务器：%1，使用 %2</translation>
    </message>
    <message>
        <source>Server: %1, with %2, for the user %3</source>
        <translation>服务器：%1，使用 %2，用户：%3</translation>
    </message>
    <message>
        <source>Not covered by your licenses</source>
        <translation>您的许可证未涵盖</translation>
    </message>
    <message>
        <source>The server said nothing about these</source>
        <translation>服务器未提及</translation>
    </message>
    <message>
        <source>The server is asked about these</source>
        <translation>将向服务器询问</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>Their scripts expect something that is left out</source>
        <translation>其脚本需要被排除的内容</translation>
    </message>
    <message>
        <source>Covered by your licenses</source>
        <translation>您的许可证已涵盖</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>已涵盖</translation>
    </message>
    <message>
        <source>Not covered</source>
        <translation>未涵盖</translation>
    </message>
    <message>
        <source>no end date</source>
        <translation>无期限</translation>
    </message>
    <message>
        <source>for builds until %1</source>
        <translation>适用于 %1 及之前的构建</translation>
    </message>
    <message>
        <source>expired on %1</source>
        <translation>已于 %1 过期</translation>
    </message>
    <message>
        <source>valid until %1</source>
        <translation>有效期至 %1</translation>
    </message>
</context>
<context>
    <name>LicenseTree</name>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>组件</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>组件</translation>
    </message>
    <message>
        <source>License</source>
        <translation>许可证</translation>
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
        <translation>正在等待许可证服务器</translation>
    </message>
    <message>
        <source>What happened in detail</source>
        <translation>详细情况</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>组件</translation>
    </message>
    <message>
        <source>Licenses</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>再次检查(&amp;A)</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Choose &amp;token file...</source>
        <translation>选择令牌文件(&amp;T)...</translation>
    </message>
    <message>
        <source>Copy &amp;details</source>
        <translation>复制详细信息(&amp;D)</translation>
    </message>
    <message>
        <source>Continue &amp;without them</source>
        <translation>跳过它们并继续(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>立即检查(&amp;C)</translation>
    </message>
    <message>
        <source>Choose Token File</source>
        <translation>选择令牌文件</translation>
    </message>
    <message>
        <source>&amp;Details copied</source>
        <translation>已复制详细信息(&amp;D)</translation>
    </message>
</context>
<context>
    <name>LinkedLibrary</name>
    <message>
        <source>The maintenance tool will not start, so that nothing can be removed with it: %1 cannot be copied to %2: %3. Copy this file there yourself.</source>
        <translation>维护工具将无法启动，因而无法用它移除任何内容：无法将 %1 复制到 %2：%3。请自行将此文件复制到该处。</translation>
    </message>
    <message>
        <source>License Check</source>
        <translation>许可证检查</translation>
    </message>
</context>
</TS>

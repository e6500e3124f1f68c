<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
<context>
    <name>FailureTexts</name>
    <message>
        <source>Your token cannot be used.</source>
        <translation>토큰을 사용할 수 없습니다.</translation>
    </message>
    <message>
        <source>There is no token with which the license server can be asked.</source>
        <translation>라이선스 서버에 문의하는 데 사용할 토큰이 없습니다.</translation>
    </message>
    <message>
        <source>A setting cannot be used on this computer.</source>
        <translation>이 컴퓨터에서 사용할 수 없는 설정이 있습니다.</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be found.</source>
        <translation>라이선스 서버의 이름을 찾을 수 없습니다.</translation>
    </message>
    <message>
        <source>The license server could not be reached.</source>
        <translation>라이선스 서버에 연결할 수 없습니다.</translation>
    </message>
    <message>
        <source>The proxy did not connect to the license server.</source>
        <translation>프록시가 라이선스 서버에 연결하지 않았습니다.</translation>
    </message>
    <message>
        <source>The license server could not be verified.</source>
        <translation>라이선스 서버를 검증할 수 없습니다.</translation>
    </message>
    <message>
        <source>No secure connection to the license server could be made.</source>
        <translation>라이선스 서버와 보안 연결을 맺을 수 없습니다.</translation>
    </message>
    <message>
        <source>The license server did not answer in time.</source>
        <translation>라이선스 서버가 제시간에 응답하지 않았습니다.</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>확인이 중지되었습니다.</translation>
    </message>
    <message>
        <source>The connection broke before the answer was complete.</source>
        <translation>응답이 완료되기 전에 연결이 끊어졌습니다.</translation>
    </message>
    <message>
        <source>The license server refused to answer.</source>
        <translation>라이선스 서버가 응답을 거부했습니다.</translation>
    </message>
    <message>
        <source>The license server did not understand the question.</source>
        <translation>라이선스 서버가 질문을 이해하지 못했습니다.</translation>
    </message>
    <message>
        <source>The license server does not accept your token.</source>
        <translation>라이선스 서버가 토큰을 받아들이지 않습니다.</translation>
    </message>
    <message>
        <source>There is no license check at the server&apos;s address.</source>
        <translation>서버 주소에 라이선스 확인 기능이 없습니다.</translation>
    </message>
    <message>
        <source>The license server has too much to do at the moment.</source>
        <translation>라이선스 서버가 지금 너무 바쁩니다.</translation>
    </message>
    <message>
        <source>The license server has a problem of its own.</source>
        <translation>라이선스 서버 자체에 문제가 있습니다.</translation>
    </message>
    <message>
        <source>The answer is not that of a license server.</source>
        <translation>라이선스 서버의 응답이 아닙니다.</translation>
    </message>
    <message>
        <source>The answer is too large.</source>
        <translation>응답이 너무 큽니다.</translation>
    </message>
    <message>
        <source>The license server could not be asked: there is a mistake in this installer.</source>
        <translation>라이선스 서버에 문의할 수 없습니다. 이 설치 프로그램에 오류가 있습니다.</translation>
    </message>
    <message>
        <source>Sign in to your Qt account, and check again.</source>
        <translation>Qt 계정에 로그인한 다음 다시 확인하십시오.</translation>
    </message>
    <message>
        <source>Choose a file that has a token for this server.</source>
        <translation>이 서버용 토큰이 있는 파일을 선택하십시오.</translation>
    </message>
    <message>
        <source>Ask the administrator of this computer for help.</source>
        <translation>이 컴퓨터의 관리자에게 도움을 요청하십시오.</translation>
    </message>
    <message>
        <source>See whether this computer is connected to the right network, and check again.</source>
        <translation>이 컴퓨터가 올바른 네트워크에 연결되어 있는지 살펴보고 다시 확인하십시오.</translation>
    </message>
    <message>
        <source>Close other programs, and check again.</source>
        <translation>다른 프로그램을 닫고 다시 확인하십시오.</translation>
    </message>
    <message>
        <source>Ask whether the server is running, and whether a firewall is in the way.</source>
        <translation>서버가 실행 중인지, 방화벽이 막고 있지 않은지 문의하십시오.</translation>
    </message>
    <message>
        <source>See whether the proxy is set correctly.</source>
        <translation>프록시가 올바르게 설정되어 있는지 살펴보십시오.</translation>
    </message>
    <message>
        <source>Sign in to this network, or see whether the user name and the password for the proxy are correct.</source>
        <translation>이 네트워크에 로그인하거나 프록시의 사용자 이름과 암호가 올바른지 살펴보십시오.</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator to let this installer connect to the server.</source>
        <translation>이 설치 프로그램이 서버에 연결할 수 있도록 네트워크 관리자에게 요청하십시오.</translation>
    </message>
    <message>
        <source>See whether the date and the time of this computer are correct.</source>
        <translation>이 컴퓨터의 날짜와 시간이 올바른지 살펴보십시오.</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator whether encrypted connections are inspected here.</source>
        <translation>암호화된 연결을 검사하는지 네트워크 관리자에게 문의하십시오.</translation>
    </message>
    <message>
        <source>Open a browser, sign in to this network, and check again.</source>
        <translation>브라우저를 열어 이 네트워크에 로그인한 다음 다시 확인하십시오.</translation>
    </message>
    <message>
        <source>Wait a moment, and check again.</source>
        <translation>잠시 기다린 다음 다시 확인하십시오.</translation>
    </message>
    <message>
        <source>Check again when you are ready.</source>
        <translation>준비가 되면 다시 확인하십시오.</translation>
    </message>
    <message>
        <source>Ask whoever manages your licenses.</source>
        <translation>라이선스 관리자에게 문의하십시오.</translation>
    </message>
    <message>
        <source>See whether the server&apos;s address is correct.</source>
        <translation>서버 주소가 올바른지 살펴보십시오.</translation>
    </message>
    <message>
        <source>Report this to whoever runs the license server.</source>
        <translation>라이선스 서버 운영자에게 알리십시오.</translation>
    </message>
    <message>
        <source>Report this to whoever made this installer.</source>
        <translation>이 설치 프로그램의 제작자에게 알리십시오.</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>메모리가 부족합니다.</translation>
    </message>
    <message>
        <source>The license server&apos;s address cannot be used.</source>
        <translation>라이선스 서버의 주소를 사용할 수 없습니다.</translation>
    </message>
    <message>
        <source>The proxy setting cannot be used.</source>
        <translation>프록시 설정을 사용할 수 없습니다.</translation>
    </message>
    <message>
        <source>The token file cannot be used.</source>
        <translation>토큰 파일을 사용할 수 없습니다.</translation>
    </message>
    <message>
        <source>The CA certificates cannot be used.</source>
        <translation>CA 인증서를 사용할 수 없습니다.</translation>
    </message>
    <message>
        <source>There are no CA certificates with which the license server could be verified.</source>
        <translation>라이선스 서버를 검증할 CA 인증서가 없습니다.</translation>
    </message>
    <message>
        <source>A part of this installer could not be loaded.</source>
        <translation>이 설치 프로그램의 일부를 불러올 수 없습니다.</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be looked up.</source>
        <translation>라이선스 서버의 이름을 조회할 수 없습니다.</translation>
    </message>
    <message>
        <source>The license server does not allow you to ask it.</source>
        <translation>라이선스 서버에 문의할 권한이 없습니다.</translation>
    </message>
    <message>
        <source>Your token has expired.</source>
        <translation>토큰이 만료되었습니다.</translation>
    </message>
    <message>
        <source>The answer cannot be read.</source>
        <translation>응답을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>No secure connection to the proxy could be made.</source>
        <translation>프록시와 보안 연결을 맺을 수 없습니다.</translation>
    </message>
    <message>
        <source>The proxy could not be reached.</source>
        <translation>프록시에 연결할 수 없습니다.</translation>
    </message>
    <message>
        <source>See whether the CA file is the right one.</source>
        <translation>CA 파일이 올바른지 살펴보십시오.</translation>
    </message>
    <message>
        <source>Get the whole installer again, or ask the administrator of this computer for help.</source>
        <translation>전체 설치 프로그램을 다시 받거나 이 컴퓨터의 관리자에게 도움을 요청하십시오.</translation>
    </message>
    <message>
        <source>Its certificate was revoked: do not trust this server, and report this to whoever runs it.</source>
        <translation>인증서가 해지되었습니다. 이 서버를 신뢰하지 말고 운영자에게 알리십시오.</translation>
    </message>
    <message>
        <source>Report this to the administrator of this network.</source>
        <translation>이 네트워크의 관리자에게 알리십시오.</translation>
    </message>
    <message>
        <source>The license server could not be reached, and the script that chooses a proxy could not be asked.</source>
        <translation>라이선스 서버에 연결할 수 없고, 프록시를 선택하는 스크립트에도 문의할 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>GateTexts</name>
    <message>
        <source>The list of packages %1 cannot be used: %2</source>
        <translation>패키지 목록 %1을(를) 사용할 수 없습니다: %2</translation>
    </message>
    <message>
        <source>The token file %1 cannot be used: %2</source>
        <translation>토큰 파일 %1을(를) 사용할 수 없습니다: %2</translation>
    </message>
    <message>
        <source>The CA file %1 cannot be used: %2</source>
        <translation>CA 파일 %1을(를) 사용할 수 없습니다: %2</translation>
    </message>
    <message>
        <source>the token in QT_INSTALLER_JWT_TOKEN</source>
        <translation>QT_INSTALLER_JWT_TOKEN의 토큰</translation>
    </message>
    <message>
        <source>the signed-in Qt account</source>
        <translation>로그인한 Qt 계정</translation>
    </message>
    <message>
        <source>the token in %1</source>
        <translation>%1의 토큰</translation>
    </message>
    <message>
        <source>its script fails, probably since it expects a package that is left out: %1</source>
        <translation>스크립트가 실패합니다. 제외된 패키지가 필요하기 때문일 수 있습니다: %1</translation>
    </message>
    <message>
        <source>its script fails, since it expects %1, which is left out: %2</source>
        <translation>제외된 %1이(가) 필요하여 스크립트가 실패합니다: %2</translation>
    </message>
    <message>
        <source>its script fails, and mentions %1, which is left out: %2</source>
        <translation>스크립트가 실패하며, 제외된 %1을(를) 언급합니다: %2</translation>
    </message>
    <message>
        <source>needs %1, whose script fails</source>
        <translation>스크립트가 실패하는 %1이(가) 필요합니다</translation>
    </message>
    <message>
        <source>needs %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>%1이(가) 필요한데, 그 라이선스는 설치 프로그램이 확인하고 유지 관리 도구는 확인하지 않습니다</translation>
    </message>
    <message>
        <source>needs %1, which your license does not cover</source>
        <translation>라이선스에 포함되지 않는 %1이(가) 필요합니다</translation>
    </message>
    <message>
        <source>needs %1, whose license could not be checked</source>
        <translation>라이선스를 확인할 수 없었던 %1이(가) 필요합니다</translation>
    </message>
    <message>
        <source>belongs to %1, whose script fails</source>
        <translation>스크립트가 실패하는 %1에 속합니다</translation>
    </message>
    <message>
        <source>belongs to %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>%1에 속하는데, 그 라이선스는 설치 프로그램이 확인하고 유지 관리 도구는 확인하지 않습니다</translation>
    </message>
    <message>
        <source>belongs to %1, which your license does not cover</source>
        <translation>라이선스에 포함되지 않는 %1에 속합니다</translation>
    </message>
    <message>
        <source>belongs to %1, whose license could not be checked</source>
        <translation>라이선스를 확인할 수 없었던 %1에 속합니다</translation>
    </message>
    <message>
        <source>%1 (built %2)</source>
        <translation>%1(%2 빌드)</translation>
    </message>
    <message>
        <source>your license does not cover %1, says %2 for %3</source>
        <translation>라이선스에 %1이(가) 포함되지 않습니다(%2의 답변, 사용: %3)</translation>
    </message>
    <message>
        <source>%2 said nothing about %1 when asked with %3</source>
        <translation>%2이(가) %1에 대해 답하지 않았습니다(사용: %3)</translation>
    </message>
    <message>
        <source>the license for %1 was not checked, since the package came from elsewhere later</source>
        <translation>패키지가 나중에 다른 곳에서 왔으므로 %1의 라이선스를 확인하지 않았습니다</translation>
    </message>
    <message>
        <source>it needs a license for %1, which an installer checks, and a maintenance tool does not</source>
        <translation>%1의 라이선스가 필요한데, 설치 프로그램이 확인하고 유지 관리 도구는 확인하지 않습니다</translation>
    </message>
    <message>
        <source>the license for %1 could not be checked</source>
        <translation>%1의 라이선스를 확인할 수 없었습니다</translation>
    </message>
</context>
<context>
    <name>InstallerCheck</name>
    <message>
        <source>This installer&apos;s license check is set up wrongly: %1</source>
        <translation>이 설치 프로그램의 라이선스 확인이 잘못 설정되어 있습니다: %1</translation>
    </message>
    <message>
        <source>%1 cannot be installed: %2</source>
        <translation>%1을(를) 설치할 수 없습니다: %2</translation>
    </message>
    <message>
        <source>%1 is left out: %2</source>
        <translation>%1이(가) 제외됩니다: %2</translation>
    </message>
    <message>
        <source>%1 is not chosen by default: its script decides that, and mentions %2, which is left out</source>
        <translation>%1은(는) 기본으로 선택되지 않습니다. 스크립트가 결정하며, 제외된 %2을(를) 언급합니다</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) are not offered: only an installer checks their licenses.</source>
        <translation>
            <numerusform>구성 요소 %n개가 제공되지 않습니다. 설치 프로그램만 라이선스를 확인합니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no updates that can be installed.</source>
        <translation>설치할 수 있는 업데이트가 없습니다.</translation>
    </message>
    <message>
        <source>%1 is not offered: %2</source>
        <translation>%1이(가) 제공되지 않습니다: %2</translation>
    </message>
    <message numerus="yes">
        <source>And %n more; the log says why.</source>
        <translation>
            <numerusform>그 외 %n개. 이유는 로그에 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your licenses could not be checked: %1</source>
        <translation>라이선스를 확인할 수 없습니다: %1</translation>
    </message>
</context>
<context>
    <name>LicenseList</name>
    <message>
        <source>Licenses</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <source>License</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>유효 기간</translation>
    </message>
    <message>
        <source>This license names nothing in this installer.</source>
        <translation>이 라이선스에는 이 설치 프로그램의 항목이 없습니다.</translation>
    </message>
    <message>
        <source>This license names: %1</source>
        <translation>이 라이선스의 항목: %1</translation>
    </message>
    <message>
        <source>Manage licenses</source>
        <translation>라이선스 관리</translation>
    </message>
    <message>
        <source>Contact sales</source>
        <translation>영업팀 문의</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>지원</translation>
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
        <translation>라이선스 확인</translation>
    </message>
</context>
<context>
    <name>LicenseReport</name>
    <message>
        <source>Which components do your licenses cover?</source>
        <translation>라이선스에 어떤 구성 요소가 포함됩니까?</translation>
    </message>
    <message numerus="yes">
        <source>A license server will be asked. It learns from your token who you are, and it is told about %n component(s) of this installer.</source>
        <translation>
            <numerusform>라이선스 서버에 문의합니다. 서버는 토큰으로 사용자가 누구인지, 그리고 구성 요소 %n개가 무엇인지 알게 됩니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking which components your licenses cover...</source>
        <translation>라이선스에 포함된 구성 요소를 확인하는 중...</translation>
    </message>
    <message>
        <source>Without an answer, components that need a license cannot be installed.</source>
        <translation>응답이 없으면 라이선스가 필요한 구성 요소를 설치할 수 없습니다.</translation>
    </message>
    <message>
        <source>Without an answer nothing can be installed.</source>
        <translation>응답이 없으면 아무것도 설치할 수 없습니다.</translation>
    </message>
    <message>
        <source>Nothing can be installed.</source>
        <translation>아무것도 설치할 수 없습니다.</translation>
    </message>
    <message>
        <source>There is a mistake in this installer, or in how it was started.</source>
        <translation>이 설치 프로그램 또는 그 실행 방법에 오류가 있습니다.</translation>
    </message>
    <message>
        <source>Your licenses could not be checked again: %1 The earlier answer counts.</source>
        <translation>라이선스를 다시 확인할 수 없습니다: %1 이전 답변이 유효합니다.</translation>
    </message>
    <message>
        <source>Components that need a license are left out: your licenses could not be checked.</source>
        <translation>라이선스가 필요한 구성 요소는 제외됩니다. 라이선스를 확인할 수 없었습니다.</translation>
    </message>
    <message>
        <source>Your licenses cover all components that need one.</source>
        <translation>라이선스가 필요한 모든 구성 요소가 라이선스에 포함됩니다.</translation>
    </message>
    <message>
        <source>None of the components that need a license is covered by your licenses.</source>
        <translation>라이선스가 필요한 구성 요소가 하나도 라이선스에 포함되지 않습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n component(s) are covered by your licenses.</source>
        <translation>
            <numerusform>구성 요소 %n개 중 %1개가 라이선스에 포함됩니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Server: %1, with %2</source>
        <translation>서버: %1, 사용: %2</translation>
    </message>
    <message>
        <source>Server: %1, with %2, for the user %3</source>
        <translation>서버: %1, 사용: %2, 사용자: %3</translation>
    </message>
    <message>
        <source>Not covered by your licenses</source>
        <translation>라이선스에 포함되지 않음</translation>
    </message>
    <message>
        <source>The server said nothing about these</source>
        <translation>서버가 답하지 않은 항목</translation>
    </message>
    <message>
        <source>The server is asked about these</source>
        <translation>서버에 문의할 항목</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>확인되지 않음</translation>
    </message>
    <message>
        <source>Their scripts expect something that is left out</source>
        <translation>스크립트에 제외된 항목이 필요함</translation>
    </message>
    <message>
        <source>Covered by your licenses</source>
        <translation>라이선스에 포함됨</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>제외됨</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>포함됨</translation>
    </message>
    <message>
        <source>Not covered</source>
        <translation>포함 안 됨</translation>
    </message>
    <message>
        <source>no end date</source>
        <translation>기한 없음</translation>
    </message>
    <message>
        <source>for builds until %1</source>
        <translation>%1까지의 빌드용</translation>
    </message>
    <message>
        <source>expired on %1</source>
        <translation>%1에 만료됨</translation>
    </message>
    <message>
        <source>valid until %1</source>
        <translation>%1까지 유효</translation>
    </message>
</context>
<context>
    <name>LicenseTree</name>
    <message>
        <source>Filter</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>구성 요소</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>구성 요소</translation>
    </message>
    <message>
        <source>License</source>
        <translation>라이선스</translation>
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
        <translation>라이선스 서버를 기다리는 중</translation>
    </message>
    <message>
        <source>What happened in detail</source>
        <translation>자세한 내용</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>구성 요소</translation>
    </message>
    <message>
        <source>Licenses</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>다시 확인(&amp;A)</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>중지(&amp;S)</translation>
    </message>
    <message>
        <source>Choose &amp;token file...</source>
        <translation>토큰 파일 선택(&amp;T)...</translation>
    </message>
    <message>
        <source>Copy &amp;details</source>
        <translation>자세한 내용 복사(&amp;D)</translation>
    </message>
    <message>
        <source>Continue &amp;without them</source>
        <translation>제외하고 계속(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>지금 확인(&amp;C)</translation>
    </message>
    <message>
        <source>Choose Token File</source>
        <translation>토큰 파일 선택</translation>
    </message>
    <message>
        <source>&amp;Details copied</source>
        <translation>자세한 내용 복사됨(&amp;D)</translation>
    </message>
</context>
<context>
    <name>LinkedLibrary</name>
    <message>
        <source>The maintenance tool will not start, so that nothing can be removed with it: %1 cannot be copied to %2: %3. Copy this file there yourself.</source>
        <translation>유지 관리 도구가 시작되지 않아 아무것도 제거할 수 없게 됩니다. %1을(를) %2(으)로 복사할 수 없습니다: %3. 이 파일을 그곳에 직접 복사하십시오.</translation>
    </message>
    <message>
        <source>License Check</source>
        <translation>라이선스 확인</translation>
    </message>
</context>
</TS>

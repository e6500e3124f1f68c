<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja">
<context>
    <name>FailureTexts</name>
    <message>
        <source>Your token cannot be used.</source>
        <translation>トークンを使用できません。</translation>
    </message>
    <message>
        <source>There is no token with which the license server can be asked.</source>
        <translation>ライセンスサーバーに問い合わせるためのトークンがありません。</translation>
    </message>
    <message>
        <source>A setting cannot be used on this computer.</source>
        <translation>このコンピューターでは使用できない設定があります。</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be found.</source>
        <translation>ライセンスサーバーの名前が見つかりませんでした。</translation>
    </message>
    <message>
        <source>The license server could not be reached.</source>
        <translation>ライセンスサーバーに接続できませんでした。</translation>
    </message>
    <message>
        <source>The proxy did not connect to the license server.</source>
        <translation>プロキシがライセンスサーバーに接続しませんでした。</translation>
    </message>
    <message>
        <source>The license server could not be verified.</source>
        <translation>ライセンスサーバーを検証できませんでした。</translation>
    </message>
    <message>
        <source>No secure connection to the license server could be made.</source>
        <translation>ライセンスサーバーとの安全な接続を確立できませんでした。</translation>
    </message>
    <message>
        <source>The license server did not answer in time.</source>
        <translation>ライセンスサーバーが時間内に応答しませんでした。</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>確認が中止されました。</translation>
    </message>
    <message>
        <source>The connection broke before the answer was complete.</source>
        <translation>応答が完了する前に接続が切れました。</translation>
    </message>
    <message>
        <source>The license server refused to answer.</source>
        <translation>ライセンスサーバーが応答を拒否しました。</translation>
    </message>
    <message>
        <source>The license server did not understand the question.</source>
        <translation>ライセンスサーバーが質問を理解できませんでした。</translation>
    </message>
    <message>
        <source>The license server does not accept your token.</source>
        <translation>ライセンスサーバーがトークンを受け付けません。</translation>
    </message>
    <message>
        <source>There is no license check at the server&apos;s address.</source>
        <translation>サーバーのアドレスにライセンス確認の機能がありません。</translation>
    </message>
    <message>
        <source>The license server has too much to do at the moment.</source>
        <translation>ライセンスサーバーは現在混み合っています。</translation>
    </message>
    <message>
        <source>The license server has a problem of its own.</source>
        <translation>ライセンスサーバー自体に問題があります。</translation>
    </message>
    <message>
        <source>The answer is not that of a license server.</source>
        <translation>ライセンスサーバーの応答ではありません。</translation>
    </message>
    <message>
        <source>The answer is too large.</source>
        <translation>応答が大きすぎます。</translation>
    </message>
    <message>
        <source>The license server could not be asked: there is a mistake in this installer.</source>
        <translation>ライセンスサーバーに問い合わせできませんでした。このインストーラーに誤りがあります。</translation>
    </message>
    <message>
        <source>Sign in to your Qt account, and check again.</source>
        <translation>Qt アカウントにサインインして、再確認してください。</translation>
    </message>
    <message>
        <source>Choose a file that has a token for this server.</source>
        <translation>このサーバー用のトークンを含むファイルを選択してください。</translation>
    </message>
    <message>
        <source>Ask the administrator of this computer for help.</source>
        <translation>このコンピューターの管理者に相談してください。</translation>
    </message>
    <message>
        <source>See whether this computer is connected to the right network, and check again.</source>
        <translation>このコンピューターが正しいネットワークに接続されているか調べて、再確認してください。</translation>
    </message>
    <message>
        <source>Close other programs, and check again.</source>
        <translation>ほかのプログラムを閉じて、再確認してください。</translation>
    </message>
    <message>
        <source>Ask whether the server is running, and whether a firewall is in the way.</source>
        <translation>サーバーが動作しているか、ファイアウォールに遮られていないかを問い合わせてください。</translation>
    </message>
    <message>
        <source>See whether the proxy is set correctly.</source>
        <translation>プロキシが正しく設定されているか調べてください。</translation>
    </message>
    <message>
        <source>Sign in to this network, or see whether the user name and the password for the proxy are correct.</source>
        <translation>このネットワークにサインインするか、プロキシのユーザー名とパスワードが正しいか調べてください。</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator to let this installer connect to the server.</source>
        <translation>このインストーラーがサーバーに接続できるよう、ネットワークの管理者に依頼してください。</translation>
    </message>
    <message>
        <source>See whether the date and the time of this computer are correct.</source>
        <translation>このコンピューターの日付と時刻が正しいか調べてください。</translation>
    </message>
    <message>
        <source>Ask the network&apos;s administrator whether encrypted connections are inspected here.</source>
        <translation>暗号化された接続が検査されているかどうか、ネットワークの管理者に問い合わせてください。</translation>
    </message>
    <message>
        <source>Open a browser, sign in to this network, and check again.</source>
        <translation>ブラウザーを開いてこのネットワークにサインインし、再確認してください。</translation>
    </message>
    <message>
        <source>Wait a moment, and check again.</source>
        <translation>しばらく待ってから、再確認してください。</translation>
    </message>
    <message>
        <source>Check again when you are ready.</source>
        <translation>準備ができたら、再確認してください。</translation>
    </message>
    <message>
        <source>Ask whoever manages your licenses.</source>
        <translation>ライセンスの管理者に問い合わせてください。</translation>
    </message>
    <message>
        <source>See whether the server&apos;s address is correct.</source>
        <translation>サーバーのアドレスが正しいか調べてください。</translation>
    </message>
    <message>
        <source>Report this to whoever runs the license server.</source>
        <translation>ライセンスサーバーの運用者に報告してください。</translation>
    </message>
    <message>
        <source>Report this to whoever made this installer.</source>
        <translation>このインストーラーの作成者に報告してください。</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>メモリが足りません。</translation>
    </message>
    <message>
        <source>The license server&apos;s address cannot be used.</source>
        <translation>ライセンスサーバーのアドレスを使用できません。</translation>
    </message>
    <message>
        <source>The proxy setting cannot be used.</source>
        <translation>プロキシの設定を使用できません。</translation>
    </message>
    <message>
        <source>The token file cannot be used.</source>
        <translation>トークンファイルを使用できません。</translation>
    </message>
    <message>
        <source>The CA certificates cannot be used.</source>
        <translation>CA 証明書を使用できません。</translation>
    </message>
    <message>
        <source>There are no CA certificates with which the license server could be verified.</source>
        <translation>ライセンスサーバーを検証するための CA 証明書がありません。</translation>
    </message>
    <message>
        <source>A part of this installer could not be loaded.</source>
        <translation>このインストーラーの一部を読み込めませんでした。</translation>
    </message>
    <message>
        <source>The license server&apos;s name could not be looked up.</source>
        <translation>ライセンスサーバーの名前を調べられませんでした。</translation>
    </message>
    <message>
        <source>The license server does not allow you to ask it.</source>
        <translation>ライセンスサーバーへの問い合わせが許可されていません。</translation>
    </message>
    <message>
        <source>Your token has expired.</source>
        <translation>トークンの有効期限が切れています。</translation>
    </message>
    <message>
        <source>The answer cannot be read.</source>
        <translation>応答を読み取れません。</translation>
    </message>
    <message>
        <source>No secure connection to the proxy could be made.</source>
        <translation>プロキシとの安全な接続を確立できませんでした。</translation>
    </message>
    <message>
        <source>The proxy could not be reached.</source>
        <translation>プロキシに接続できませんでした。</translation>
    </message>
    <message>
        <source>See whether the CA file is the right one.</source>
        <translation>CA ファイルが正しいか調べてください。</translation>
    </message>
    <message>
        <source>Get the whole installer again, or ask the administrator of this computer for help.</source>
        <translation>インストーラー全体をもう一度入手するか、このコンピューターの管理者に相談してください。</translation>
    </message>
    <message>
        <source>Its certificate was revoked: do not trust this server, and report this to whoever runs it.</source>
        <translation>証明書が失効しています。このサーバーを信頼せず、運用者に報告してください。</translation>
    </message>
    <message>
        <source>Report this to the administrator of this network.</source>
        <translation>このネットワークの管理者に報告してください。</translation>
    </message>
    <message>
        <source>The license server could not be reached, and the script that chooses a proxy could not be asked.</source>
        <translation>ライセンスサーバーに接続できず、プロキシを選ぶスクリプトにも問い合わせできませんでした。</translation>
    </message>
</context>
<context>
    <name>GateTexts</name>
    <message>
        <source>The list of packages %1 cannot be used: %2</source>
        <translation>パッケージの一覧 %1 を使用できません: %2</translation>
    </message>
    <message>
        <source>The token file %1 cannot be used: %2</source>
        <translation>トークンファイル %1 を使用できません: %2</translation>
    </message>
    <message>
        <source>The CA file %1 cannot be used: %2</source>
        <translation>CA ファイル %1 を使用できません: %2</translation>
    </message>
    <message>
        <source>the token in QT_INSTALLER_JWT_TOKEN</source>
        <translation>QT_INSTALLER_JWT_TOKEN のトークン</translation>
    </message>
    <message>
        <source>the signed-in Qt account</source>
        <translation>サインイン中の Qt アカウント</translation>
    </message>
    <message>
        <source>the token in %1</source>
        <translation>%1 のトークン</translation>
    </message>
    <message>
        <source>its script fails, probably since it expects a package that is left out: %1</source>
        <translation>除外されたパッケージを必要とするためか、スクリプトが失敗します: %1</translation>
    </message>
    <message>
        <source>its script fails, since it expects %1, which is left out: %2</source>
        <translation>除外された %1 を必要とするため、スクリプトが失敗します: %2</translation>
    </message>
    <message>
        <source>its script fails, and mentions %1, which is left out: %2</source>
        <translation>スクリプトが失敗します。スクリプトには除外された %1 が含まれています: %2</translation>
    </message>
    <message>
        <source>needs %1, whose script fails</source>
        <translation>スクリプトが失敗する %1 が必要です</translation>
    </message>
    <message>
        <source>needs %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>%1 が必要ですが、そのライセンスはインストーラーが確認し、メンテナンスツールは確認しません</translation>
    </message>
    <message>
        <source>needs %1, which your license does not cover</source>
        <translation>ライセンスの対象外である %1 が必要です</translation>
    </message>
    <message>
        <source>needs %1, whose license could not be checked</source>
        <translation>ライセンスを確認できなかった %1 が必要です</translation>
    </message>
    <message>
        <source>belongs to %1, whose script fails</source>
        <translation>スクリプトが失敗する %1 に属しています</translation>
    </message>
    <message>
        <source>belongs to %1, whose license an installer checks, and a maintenance tool does not</source>
        <translation>%1 に属していますが、そのライセンスはインストーラーが確認し、メンテナンスツールは確認しません</translation>
    </message>
    <message>
        <source>belongs to %1, which your license does not cover</source>
        <translation>ライセンスの対象外である %1 に属しています</translation>
    </message>
    <message>
        <source>belongs to %1, whose license could not be checked</source>
        <translation>ライセンスを確認できなかった %1 に属しています</translation>
    </message>
    <message>
        <source>%1 (built %2)</source>
        <translation>%1 (%2 作成)</translation>
    </message>
    <message>
        <source>your license does not cover %1, says %2 for %3</source>
        <translation>%1 はライセンスの対象外です (%2 の回答、%3 を使用)</translation>
    </message>
    <message>
        <source>%2 said nothing about %1 when asked with %3</source>
        <translation>%2 は %1 について回答しませんでした (%3 を使用)</translation>
    </message>
    <message>
        <source>the license for %1 was not checked, since the package came from elsewhere later</source>
        <translation>パッケージが後から別の場所から追加されたため、%1 のライセンスは確認されていません</translation>
    </message>
    <message>
        <source>it needs a license for %1, which an installer checks, and a maintenance tool does not</source>
        <translation>%1 のライセンスが必要ですが、インストーラーが確認し、メンテナンスツールは確認しません</translation>
    </message>
    <message>
        <source>the license for %1 could not be checked</source>
        <translation>%1 のライセンスを確認できませんでした</translation>
    </message>
</context>
<context>
    <name>InstallerCheck</name>
    <message>
        <source>This installer&apos;s license check is set up wrongly: %1</source>
        <translation>このインストーラーのライセンス確認の設定に誤りがあります: %1</translation>
    </message>
    <message>
        <source>%1 cannot be installed: %2</source>
        <translation>%1 をインストールできません: %2</translation>
    </message>
    <message>
        <source>%1 is left out: %2</source>
        <translation>%1 は除外されます: %2</translation>
    </message>
    <message>
        <source>%1 is not chosen by default: its script decides that, and mentions %2, which is left out</source>
        <translation>%1 は既定では選択されません。スクリプトがそれを決め、除外された %2 を含んでいます</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) are not offered: only an installer checks their licenses.</source>
        <translation>
            <numerusform>%n 個のコンポーネントは提供されません。ライセンスを確認するのはインストーラーだけです。</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no updates that can be installed.</source>
        <translation>インストールできる更新はありません。</translation>
    </message>
    <message>
        <source>%1 is not offered: %2</source>
        <translation>%1 は提供されません: %2</translation>
    </message>
    <message numerus="yes">
        <source>And %n more; the log says why.</source>
        <translation>
            <numerusform>ほか %n 個。理由はログにあります。</numerusform>
        </translation>
    </message>
    <message>
        <source>Your licenses could not be checked: %1</source>
        <translation>ライセンスを確認できませんでした: %1</translation>
    </message>
</context>
<context>
    <name>LicenseList</name>
    <message>
        <source>Licenses</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>License</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>有効期間</translation>
    </message>
    <message>
        <source>This license names nothing in this installer.</source>
        <translation>このライセンスには、このインストーラーのものは含まれていません。</translation>
    </message>
    <message>
        <source>This license names: %1</source>
        <translation>このライセンスに含まれるもの: %1</translation>
    </message>
    <message>
        <source>Manage licenses</source>
        <translation>ライセンスの管理</translation>
    </message>
    <message>
        <source>Contact sales</source>
        <translation>営業への連絡</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>サポート</translation>
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
        <translation>ライセンスの確認</translation>
    </message>
</context>
<context>
    <name>LicenseReport</name>
    <message>
        <source>Which components do your licenses cover?</source>
        <translation>ライセンスの対象となるコンポーネントはどれですか？</translation>
    </message>
    <message numerus="yes">
        <source>A license server will be asked. It learns from your token who you are, and it is told about %n component(s) of this installer.</source>
        <translation>
            <numerusform>これをライセンスサーバーに問い合わせます。トークンによって利用者が、また %n 個のコンポーネントの情報がサーバーに伝わります。</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking which components your licenses cover...</source>
        <translation>ライセンスの対象となるコンポーネントを確認しています...</translation>
    </message>
    <message>
        <source>Without an answer, components that need a license cannot be installed.</source>
        <translation>回答が得られなければ、ライセンスが必要なコンポーネントはインストールできません。</translation>
    </message>
    <message>
        <source>Without an answer nothing can be installed.</source>
        <translation>回答が得られなければ、何もインストールできません。</translation>
    </message>
    <message>
        <source>Nothing can be installed.</source>
        <translation>何もインストールできません。</translation>
    </message>
    <message>
        <source>There is a mistake in this installer, or in how it was started.</source>
        <translation>このインストーラー、またはその起動方法に誤りがあります。</translation>
    </message>
    <message>
        <source>Your licenses could not be checked again: %1 The earlier answer counts.</source>
        <translation>ライセンスを再確認できませんでした: %1 以前の回答が有効です。</translation>
    </message>
    <message>
        <source>Components that need a license are left out: your licenses could not be checked.</source>
        <translation>ライセンスが必要なコンポーネントは除外されています。ライセンスを確認できませんでした。</translation>
    </message>
    <message>
        <source>Your licenses cover all components that need one.</source>
        <translation>ライセンスを必要とするすべてのコンポーネントがライセンスの対象です。</translation>
    </message>
    <message>
        <source>None of the components that need a license is covered by your licenses.</source>
        <translation>ライセンスが必要なコンポーネントは、いずれもライセンスの対象外です。</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n component(s) are covered by your licenses.</source>
        <translation>
            <numerusform>%n 個中 %1 個のコンポーネントがライセンスの対象です。</numerusform>
        </translation>
    </message>
    <message>
        <source>Server: %1, with %2</source>
        <translation>サーバー: %1、使用: %2</translation>
    </message>
    <message>
        <source>Server: %1, with %2, for the user %3</source>
        <translation>サーバー: %1、使用: %2、ユーザー: %3</translation>
    </message>
    <message>
        <source>Not covered by your licenses</source>
        <translation>ライセンスの対象外</translation>
    </message>
    <message>
        <source>The server said nothing about these</source>
        <translation>サーバーが回答しなかったもの</translation>
    </message>
    <message>
        <source>The server is asked about these</source>
        <translation>サーバーに問い合わせるもの</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>未確認</translation>
    </message>
    <message>
        <source>Their scripts expect something that is left out</source>
        <translation>スクリプトが除外されたものを必要とするもの</translation>
    </message>
    <message>
        <source>Covered by your licenses</source>
        <translation>ライセンスの対象</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>除外</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>対象</translation>
    </message>
    <message>
        <source>Not covered</source>
        <translation>対象外</translation>
    </message>
    <message>
        <source>no end date</source>
        <translation>無期限</translation>
    </message>
    <message>
        <source>for builds until %1</source>
        <translation>%1 までのビルド用</translation>
    </message>
    <message>
        <source>expired on %1</source>
        <translation>%1 に期限切れ</translation>
    </message>
    <message>
        <source>valid until %1</source>
        <translation>%1 まで有効</translation>
    </message>
</context>
<context>
    <name>LicenseTree</name>
    <message>
        <source>Filter</source>
        <translation>絞り込み</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>コンポーネント</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>コンポーネント</translation>
    </message>
    <message>
        <source>License</source>
        <translation>ライセンス</translation>
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
        <translation>ライセンスサーバーを待っています</translation>
    </message>
    <message>
        <source>What happened in detail</source>
        <translation>起きたことの詳細</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>コンポーネント</translation>
    </message>
    <message>
        <source>Licenses</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>再確認(&amp;A)</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>中止(&amp;S)</translation>
    </message>
    <message>
        <source>Choose &amp;token file...</source>
        <translation>トークンファイルを選択(&amp;T)...</translation>
    </message>
    <message>
        <source>Copy &amp;details</source>
        <translation>詳細をコピー(&amp;D)</translation>
    </message>
    <message>
        <source>Continue &amp;without them</source>
        <translation>それらを除いて続行(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>今すぐ確認(&amp;C)</translation>
    </message>
    <message>
        <source>Choose Token File</source>
        <translation>トークンファイルの選択</translation>
    </message>
    <message>
        <source>&amp;Details copied</source>
        <translation>詳細をコピーしました(&amp;D)</translation>
    </message>
</context>
<context>
    <name>LinkedLibrary</name>
    <message>
        <source>The maintenance tool will not start, so that nothing can be removed with it: %1 cannot be copied to %2: %3. Copy this file there yourself.</source>
        <translation>メンテナンスツールが起動せず、何も削除できなくなります。%1 を %2 にコピーできません: %3。このファイルをそこへ手動でコピーしてください。</translation>
    </message>
    <message>
        <source>License Check</source>
        <translation>ライセンスの確認</translation>
    </message>
</context>
</TS>
